// Package evidence keeps the files that show that a step of a body is done, that a review leans on, or that show that an
// Auflage is fulfilled. What they belong to says who reads them and until when they change: the papers of a review are
// its ministry's alone, and they stay once the case is submitted.
//
// A file is received before it is judged, and judged before it is stored:
//
//	received -> stored -> deleted          received: a temporary file without a name that ends with the request
//	         -> refused                    stored:   a row and its bytes in pieces, in one transaction
//	                                       deleted:  the row stays for the trail, nobody sees the file any more;
//	                                                 its bytes go after a while (see Purge)
//
// What counts is the content, never the name or what the browser says of it: PDF, PNG, JPEG, ODT, DOCX and XLSX of at
// most 20 MiB. Keys are refused; they never belong in the portal. A stored file does not change: a newer one with the
// same name becomes the next version beside it, and the same bytes are kept once for a step.
//
// No more than a piece of a file is in memory at a time, on the way in and on the way out, and no connection to the
// database waits for a slow line. ADR 0012 says why the bytes lie in Postgres.
package evidence
