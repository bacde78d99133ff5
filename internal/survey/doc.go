// Package survey asks all bodies of a Land in rounds what they run and what they plan.
//
//	round     draft -> open -> closed -> published -> archived
//	response  none -> draft -> submitted -> accepted
//	                    ^          |
//	                    +----- returned, with a reason by the Land
//	          none, draft -> confirmed_unchanged: nothing differs from the last round, so nobody has to check it
//
// The survey keeps no inventory of its own (ADR 0035). Its blocks are views on the profile of a body: a block is answered in
// a round when the body confirmed or changed that fact since the round opened, here or in the profile. Only the block
// "Ausblick" asks for what no profile says. When a body submits, its answers are copied, so that rounds can be compared
// however the profile goes on; closing a round freezes them.
//
// Answers keep the words of the body. Figures count products: the Land says which spelling counts as which product.
//
// Who runs which product is a map for attackers. Single answers are for the body itself and the Land; everybody else
// reads what the Land published, without bodies and with small groups merged.
package survey
