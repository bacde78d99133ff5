// Package organisation keeps the bodies, ministries, providers and committees of a Land.
//
// An organisation is never deleted. Ministries are re-cut and districts merge: it gets a last day and names its
// successor, and what it once decided stays attributable to it.
//
// The 22 of Thüringen are data: which organisations are bodies is said by their kind, how many there are by a count.
package organisation
