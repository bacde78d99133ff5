// Package kept holds on to what was read, as long as nothing is another that it follows from (ADR 0033).
//
//	asked -> read -> kept -> shown again, to the same reader, until something of the Land changes or a day begins
//
// A shelf is a room's own. What stands on it is shared by all requests that are shown it: nobody changes anything in it,
// and what depends on the hour, on what a person has read elsewhere, or on somebody's name is added to a copy.
package kept
