// Package profile keeps what a body says about itself once, for all services: contacts, the technical inventory,
// certificates, addresses, Fachverfahren.
//
// A profile is a list of facts. What a fact says is told by its kind (see Kinds); each has its own version, and says who
// confirmed it and when:
//
//	missing -> stated -> confirmed again … -> removed
//	certificate: stated -> 28 days before its end announced -> on the day itself it proves nothing
//
// Facts prove basis steps, in every onboarding of the body, present and future (see proof.go). The steps themselves are
// package onboarding's; a fact that is saved, confirmed or removed changes them in the same transaction, and Sweep does
// once a day what time does to certificates.
//
// The body and the Land see all of it, an assigned provider what its steps need, another body a contact that was
// released. A private key, a PKCS#12 file or a password is refused and never reaches the database or the log.
//
// Every change raises the version of the profile, which orders the writers of a body and says what a confirmation saw.
package profile
