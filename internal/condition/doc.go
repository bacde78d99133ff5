// Package condition follows an Auflage after its decision: who sees to it, and what became of it.
//
//	open -> reported (by its owner, with evidence) -> confirmed
//	        reported -> open (sent back with a reason)
//	open | reported -> waived (with a reason)
//
// The decided text and its day never change; they stand with the decision. The owner reports. The ministry that set the
// Auflage confirms, sends back or waives, and never by the person who reported. An Auflage ends with its decision: it
// counts no more when that is superseded or revoked.
package condition
