package searchpage

import (
	"strings"
	"testing"

	"rollinportal/internal/dashboard"
)

func TestAViewSaysHowManyAndWhatToDo(t *testing.T) {
	t.Parallel()
	if v := newView("", nil); v.Total != "" || !strings.Contains(v.Empty, "mindestens zwei Zeichen") {
		t.Errorf("nothing asked: %+v", v)
	}
	if v := newView("xyz", nil); v.Total != "Kein Treffer" || !strings.Contains(v.Empty, "kürzeres") || len(v.Ways) == 0 {
		t.Errorf("nothing found: %+v", v)
	}
	v := newView("geld", []dashboard.Hits{
		{Kind: dashboard.HitService, Total: 12, Found: []dashboard.Hit{{Key: "wohngeld", Title: "Wohngeld", State: "rolling_in"}}},
		{Kind: dashboard.HitBody, Total: 1, Found: []dashboard.Hit{{Key: "16051", Title: "Erfurt", Part: 3, Whole: 12}}},
	})
	if v.Total != "13 Treffer" || v.Groups[0].Heading != "12 Leistungen" || !strings.HasPrefix(v.Groups[0].More, "Und 11 weitere") {
		t.Errorf("%+v", v)
	}
	if row := v.Groups[0].Rows[0]; row.URL != "/leistungen/wohngeld" || row.Status.Text != "Im Roll-in" {
		t.Errorf("%+v", row)
	}
	if row := v.Groups[1].Rows[0]; row.URL != "/kommunen/16051" || row.Share.Part.Text != "3" || row.Share.Whole.Text != "12" || row.Share.Percent != "25\u00a0%" {
		t.Errorf("%+v", row)
	}
}
