// Package migrations carries the SQL files that build the portal's database.
//
// A file has one purpose and runs in one transaction as portal_owner, the role that owns everything and that
// nobody signs in as. Merged files are never edited; the newest runs up, down and up again in the tests.
package migrations

import "embed"

// Files holds every migration, named 000001_verb_object.up.sql and .down.sql.
//
//go:embed *.sql
var Files embed.FS
