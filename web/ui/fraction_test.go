package ui

import "testing"

func TestNothingLeadsNowhere(t *testing.T) {
	t.Parallel()
	if got := Counted(0, "/aufgaben"); got.URL != "" || got.Text != "0" {
		t.Errorf("0 leads to %q", got.URL)
	}
	if got := Counted(1250, "/aufgaben"); got.URL == "" || got.Text != "1.250" {
		t.Errorf("1.250 is %q and leads to %q", got.Text, got.URL)
	}
}
