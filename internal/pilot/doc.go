// Package pilot finds the bodies that try a service first.
//
// The Land publishes a call for a service: what it looks for, until when, how many. Every body may apply with a
// sentence. When the Land chooses, each applicant hears the result with its reason, all others who were called hear who
// it is, and the call is over. The chosen bodies are the pilots that a roll-in proposes.
//
//	call         open -> (its last day passes) -> decided
//	application  applied <-> withdrawn, while the call is open
//	             applied -> selected | declined, with a reason, by the Land
//
// A body sees its own application and no other, and not how many there are.
package pilot
