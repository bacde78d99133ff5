// Package decision records whether a Land co-uses an EfA service (Nachnutzungsentscheidung).
//
// The ministry in charge of a service examines it in four reviews, submits the case and decides. The Land may ask for
// a decision; it never takes one, and it never reads the reviews.
//
//	draft -> in_review -> submitted -> approved
//	  |          |  ^         |  |  \-> approved_with_conditions (conditions are mandatory)
//	  |          |  \-return--/  |  \-> rejected
//	  |          |               |  \-> deferred (until a date)
//	  \----------+---------------+----> withdrawn
//
// The first section that is saved moves a draft to in_review; all four reviews and the figures of the
// Wirtschaftlichkeitsbetrachtung are needed to submit, unless a reason is given to do without. Each section has its own
// version, so that people in different sections never meet. Others may be asked for their opinion: TLRZ, KIV, the
// Spitzenverbände. They see the question and the service; what they say binds nobody.
//
// Four eyes: who requested or submitted a case does not decide it, and nobody decides in their name. A decided case
// never changes. Deciding the service anew is a new case with the next number; the older one becomes superseded and keeps
// its outcome. Deferring decides nothing and leaves an earlier approval in force. An approval may be revoked by another
// person than the one who decided, and one that was given a last day expires after it; package onboarding then halts what
// runs on it. Whoever wants it to go on decides anew before: nothing about a decided case changes, its end included.
package decision
