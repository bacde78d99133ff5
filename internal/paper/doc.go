// Package paper is what goes on file: sections of texts, facts and tables, in finished words.
//
//	write -> Encode -> bytes that never change -> Decode -> a page, a PDF (Press)
//
// The words are frozen with the figures. A label that the portal changes next year does not change what somebody
// signed today; and whoever shows a paper needs nothing but its bytes. They are canonical: the same paper always has the
// same bytes, so one hash stands for the whole of it.
package paper
