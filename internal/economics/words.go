package economics

import "strconv"

// Euro writes an amount in cents to the cent: "−1.250,50 €".
func Euro(cents int64) string {
	sign := ""
	if cents < 0 {
		sign, cents = "−", -cents
	}
	return sign + Number(cents/100) + "," + twoDigits(cents%100) + " €"
}

// Percent writes hundredths of a percent: "2,50 %".
func Percent(bp int64) string { return Number(bp/100) + "," + twoDigits(bp%100) + " %" }

// Number writes a number that is not negative: "1.250".
func Number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return digits
}

func twoDigits(n int64) string { return strconv.FormatInt(100+n, 10)[1:] }
