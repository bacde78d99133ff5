// Package postgres is the only door to the database.
//
// Nobody gets a pool. Work happens inside Read or Write, in the name of a person and of a permission:
//
//	permission? -> begin + ctx.enter(token) -> fn(tx) -> audited? -> commit -> translate the error
//
// ctx.enter looks the session up in the database and sets Land, organisation and scope for this transaction; the
// row-level security policies compare with that. Go code never says which tenant it wants, it only shows who asks.
// A write that left no audit entry is rolled back: forgetting the trail is a programming mistake, not an option.
// Workers come through the same door: they have no session, but a database role of their own that may call
// ctx.enter_work (see package jobs).
//
// Open refuses a role that row security would not bind (superuser, BYPASSRLS, member of the owner).
package postgres
