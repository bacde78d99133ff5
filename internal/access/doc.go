// Package access knows who acts and what each role may do.
//
// The permission table is rechte.csv: a row for each action, a column for each role, and in the cell how far the
// role reaches. Code and tests read the same file; an action without a row does not compile into a route.
//
//	L  the whole Land            O  the own organisation      Z  what one is responsible for
//	P  published parts           G  aggregates only           S  one's own
//	X  all Länder, no contents   *  everybody                 -  refused
//
// An Actor is a person in one role of one organisation. Sessions make Actors; everything below the web takes them
// as an argument.
package access
