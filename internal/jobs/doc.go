// Package jobs does the work that nobody waits for: mails, reminders, expiries, purges.
//
//	act in a transaction -> Insert -> commit ... a worker takes the job -> done
//	                                                 | error: again after 1 s, 16 s, 81 s … (attempt⁴), 25 times
//	                                                 v
//	                                              discarded, logged, kept for a week
//
// Who waits for somebody else, a mail server for instance, answers with Later: again at a time of its own choice, and
// never discarded. Then its own rule ends the waiting. A job whose database is away waits in the same way.
//
// A job is inserted in the transaction of the act, so there is no act without its job and no job without its act. It
// may run twice, after a crash for instance: write it so that the second run changes nothing. It carries ids and no
// personal data.
//
// Rounds recur: each runs for each Land as a job of its own, so that one failure holds up nothing else. Which rounds
// there are stands in one list, in cmd/portal.
//
// A worker acts for a Land through the same door as a person (see Actor): permission, row security, trail. What it does
// takes its time from the transaction, so a test moves the clock and the rounds follow. River (Postgres) keeps the
// jobs; its tables stand in schema river, which portal_app cannot see.
package jobs
