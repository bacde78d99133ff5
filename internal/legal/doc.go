// Package legal keeps what every public body must say and hear: Impressum, Datenschutz and Erklärung zur
// Barrierefreiheit of each Land, and the barriers that people report.
//
// A Land words its pages in Markdown. What is published is never changed; the next version takes its place, and the old
// ones stay readable with who published them when. Until a Land has published a page, the portal's own wording stands
// there. Strangers read them too: they name their Land, unless there is only one.
//
//	version 1 -> version 2 -> version 3 (what everybody reads)
//
// A report of a barrier needs no account. It is bounded, so that nobody fills the list of a Land:
//
//	taken -> answered
package legal
