// Package notify lets people know what concerns them: in the portal at once, by mail once a day.
//
//	act in a transaction -> Tell -> a notice for each person -> inbox (/mitteilungen)
//	                                     |
//	                      urgent: at once | else: the day's mail, at the hour the person chose, on working days
//	                                     v
//	             Collect makes the mail, once -> waiting -> sent
//	                                                |  ^
//	                                     failing <--+  | server away or busy: every ten minutes, for five days
//	                                        |
//	                                        +-> refused, and the Land sees it (/mitteilungen/versand)
//
// A notice says what happened in one sentence, leads to the page where one does something about it, and says why one
// hears of it. Urgent is only what keeps others from working, and what is about to happen to the person. A notice belongs to
// the person it is for; nobody else reads it, and whether it was read is nobody's business.
//
// A mail exists once for each day and person, or for each urgent notice and person: the unique key of its row says so.
// A crash between the server's yes and our note of it sends the same mail again, with the same Message-ID (ADR 0014).
package notify
