package postgres

// MigrateFiles is Migrate with files of a test.
var MigrateFiles = migrateFiles
