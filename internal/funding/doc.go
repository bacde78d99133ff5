// Package funding keeps who pays for a service, and what ends.
//
// The Land and the ministry in charge write down fundings and contracts: who pays how much, from when to when, under
// which Haushaltsvorbehalt, by which source. Bodies read only who pays for what until when, and who pays afterwards in
// words that were written for them; the Wirtschaftlichkeitsbetrachtung stays with its ministry.
//
// What does not come is withdrawn with a reason; its keepers go on reading it.
//
// A deadline is the end of a funding, of a contract or of a price binding. Sixty and fourteen days before it, ministry
// and Land are told, once for each day that it had.
package funding
