// Package backup takes a copy of everything, and brings it back.
//
//	Take:    one snapshot -> pg_dump and, in the same snapshot, rows and digest of each table -> portal.dump, manifest.json
//	Restore: manifest and dump unchanged? database empty, roles there? -> pg_restore in one transaction -> every table as
//	         the manifest says? -> all sessions end
//
// A backup is a folder that appears only when it is whole. Everything of the portal is in the database, so nothing else
// is in it. The manifest finds what was damaged or forgotten; it is no signature: keep backups where only operators write.
//
// It runs with the rights of portal_migrate: past row security, because pg_dump stops at what it cannot see.
package backup
