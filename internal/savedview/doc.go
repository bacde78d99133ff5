// Package savedview keeps views of the matrix under a name: which filters, which columns, in which order.
//
//	own -> shared with the own organisation -> own
//
// A view is an address with a name. It belongs to the person who saved it; nobody else changes or deletes it, and beyond
// the organisation nobody learns of it. Whoever opens a shared view sees through it what they may see, nothing more.
package savedview
