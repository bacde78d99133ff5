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
// The first review moves a draft to in_review; all four are needed to submit. Four eyes: who requested or submitted a
// case does not decide it. A decided case never changes. Deciding the service anew is a new case with the next number;
// the older one becomes superseded and keeps its outcome.
package decision
