package searchpage

import (
	"slices"
	"strings"
	"testing"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/web/ui"
)

func TestAViewSaysHowManyAndWhatToDo(t *testing.T) {
	t.Parallel()
	if v := newView("", nil, access.Actor{}); v.Total != "" || !strings.Contains(v.Empty, "mindestens zwei Zeichen") {
		t.Errorf("nothing asked: %+v", v)
	}
	if v := newView("xyz", nil, access.Actor{}); v.Total != "Kein Treffer" || !strings.Contains(v.Empty, "kürzeres") || len(v.Ways) == 0 {
		t.Errorf("nothing found: %+v", v)
	}
	v := newView("geld", []dashboard.Hits{
		{Kind: dashboard.HitService, Total: 12, Found: []dashboard.Hit{{Key: "wohngeld", Title: "Wohngeld", Note: "Arbeit & Ruhestand", Via: "Mietzuschuss", State: "rolling_in"}}},
		{Kind: dashboard.HitBody, Total: 1, Found: []dashboard.Hit{{Key: "16051", Title: "Erfurt", Part: 3, Whole: 12}}},
	}, access.Actor{})
	if v.Total != "13 Treffer" || v.Groups[0].Heading != "12 Leistungen" || !strings.HasPrefix(v.Groups[0].More, "Und 11 weitere") {
		t.Errorf("%+v", v)
	}
	if row := v.Groups[0].Rows[0]; row.URL != "/leistungen/wohngeld" || row.Status.Text != "Im Roll-in" || row.Meta != "gefunden über „Mietzuschuss“ · Arbeit & Ruhestand" {
		t.Errorf("%+v", row)
	}
	if row := v.Groups[1].Rows[0]; row.URL != "/kommunen/16051" || row.Share.Part.Text != "3" || row.Share.Whole.Text != "12" || row.Share.Percent != "25\u00a0%" {
		t.Errorf("%+v", row)
	}
}

func TestWhoFindsNothingIsLedOnByWhatTheyMay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		role          access.Role
		bodies, words bool
	}{
		{access.StateCoordinator, true, true},
		{access.MinistryDecider, true, false},
		{access.Provider, true, false},
		{access.BodyEditor, false, false},
		{access.Committee, false, false},
	} {
		found := newView("xyz", nil, access.Actor{Role: c.role, Token: []byte{1}}).Ways
		has := func(text string) bool {
			return slices.ContainsFunc(found, func(l ui.Link) bool { return strings.Contains(l.Text, text) })
		}
		if has("Landkreise") != c.bodies || has("Suchwort ergänzen") != c.words || !has("Hilfe") {
			t.Errorf("%s is led to %v", c.role, found)
		}
	}
}
