package economics

import "testing"

func TestAmountsAreWrittenToTheCent(t *testing.T) {
	t.Parallel()
	for cents, want := range map[int64]string{0: "0,00 €", 5: "0,05 €", 125050: "1.250,50 €", -180005: "−1.800,05 €", 100000000: "1.000.000,00 €"} {
		if got := Euro(cents); got != want {
			t.Errorf("%d cents are %q, want %q", cents, got, want)
		}
	}
	if got := Percent(250); got != "2,50 %" {
		t.Errorf("250 hundredths of a percent are %q", got)
	}
}
