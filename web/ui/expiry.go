package ui

import "time"

// Expiry says that something ends, or has ended: "Zertifikat läuft ab am 30.11.2026". From the day itself on it counts
// as ended.
func Expiry(what string, end, today time.Time) string {
	if end.After(today) {
		return what + " läuft ab am " + Date(end)
	}
	return what + " ist am " + Date(end) + " abgelaufen"
}

// ExpiryStatus is the same in short, where it is clear what ends.
func ExpiryStatus(end, today time.Time) StatusProps {
	if end.After(today) {
		return StatusProps{Kind: Waiting, Text: "läuft ab am " + Date(end)}
	}
	return StatusProps{Kind: Overdue, Text: "abgelaufen am " + Date(end)}
}
