package ui

import "strconv"

// RoundEuro writes an amount without cents where it is large: nobody reads them there.
func RoundEuro(cents int64) string {
	if cents < 100_000 && cents > -100_000 {
		return Euro(cents)
	}
	half := int64(50)
	if cents < 0 {
		half = -half
	}
	return Euro((cents + half) / 100 * 100)
}

// CapitalValue says what a capital value of the Nachnutzung in cents means over a term.
func CapitalValue(cents int64, years int) string {
	start := "Die Nachnutzung kostet in " + strconv.Itoa(years) + " Jahren "
	switch {
	case cents > 0:
		return start + RoundEuro(cents) + " weniger als weiter wie bisher."
	case cents < 0:
		return start + RoundEuro(-cents) + " mehr als weiter wie bisher."
	}
	return start + "so viel wie weiter wie bisher."
}
