// Package calendar lets the calendar program of a town's desk show what is due.
//
// Calendar programs cannot sign in. So a person opens an address with a secret in it; whoever knows it reads the due
// dates of that person's body and the events it is registered for, and nothing else. The database keeps only a hash of
// the secret. Opening a new address ends the old one; the address also ends with the person's membership.
//
//	closed -> open -> open (new address, the old one is dead) -> closed
package calendar
