// Package privacy keeps the promises about people's data: what the portal holds on a person, and that it goes in time.
//
// Everybody takes their own data along (Art. 15 DSGVO). The Land's coordination does it for a person who asks, and sets
// right a name or an address (Art. 16); the provider's word counts again at the next sign-in. Which columns name people
// is registered in the database, in the migration that makes the table: CALL portal.person(...).
//
//	has a role -> has left -> after the Land's period: name and address are gone, "Sachbearbeitung, TMIKL" stays
//
//	asked (KK, LK) -> approved (the other of them; out at once) -> done: a worker erases before the period ends
//	   +-> withdrawn (who asked), refused
//
// Nothing of this is in the trail but that it happened.
package privacy
