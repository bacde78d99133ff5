// Package identity knows people: how they sign in, which organisation and role they act for, and when that ends.
//
//	/login -> attempt (state, nonce, verifier; once, ten minutes) -> provider -> session (ten hours, 30 idle minutes)
//	                                                  | also over: sign-out, logout of the provider, membership ended
//
//	invitation: waiting -> sent -> accepted           a rule on claims gives and ends memberships at sign-in,
//	               |          +-> withdrawn, expired  if the Land turned rules on
//
// A person is what the provider says, issuer and subject. A membership gives a person a role in an organisation; a
// session acts under one membership. The database keeps only hashes of tokens and decides by itself whether a
// session counts (schema auth, which the application cannot read).
package identity
