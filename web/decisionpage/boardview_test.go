package decisionpage

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/decision"
	"rollinportal/web/ui"
)

func TestBoardLeadsFromEachFigureToItsCases(t *testing.T) {
	t.Parallel()
	now := time.Date(2027, 5, 20, 12, 0, 0, 0, time.UTC)
	v := newBoardView(decision.Board{
		At: now,
		Counts: []decision.Count{
			{MinistryKey: "TMDI", State: decision.Approved, Cases: 2},
			{MinistryKey: "TMDI", State: decision.ApprovedWithConditions, Cases: 1},
			{MinistryKey: "TMIKL", State: decision.Draft, Cases: 3, Oldest: now.AddDate(0, 0, -40), Median: 11.6},
		},
		Waiting:   []decision.Waiting{{Key: "TLRZ", Cases: 2, Oldest: now.AddDate(0, 0, -9)}},
		Unstarted: []decision.Unstarted{{ServiceName: "Eheschließung", MinistryKey: "TMIKL", DecidedAt: now.AddDate(0, 0, -34), Total: 7}},
		Times: []decision.Time{
			{State: decision.InReview, Cases: 12, Median: 21.2}, {Cases: 12, Median: 1.2}, {Key: "TLRZ", Cases: 4, Median: 9},
		},
	})
	if len(v.Rows) != 2 || len(v.Rows[0].Cells) != len(v.Columns) {
		t.Fatalf("rows %+v", v.Rows)
	}
	if c := v.Rows[0].Cells[4]; c.Count.Text != "3" || c.Count.URL != "/entscheidungen?ressort=TMDI&stand=nachgenutzt" || len(c.Ages) != 0 {
		t.Errorf("approved %+v", c)
	}
	if c := v.Rows[1].Cells[0]; c.Count.Text != "3" || strings.Join(c.Ages, ", ") != "älteste seit 40\u00a0Tagen, Median 12 Tage" {
		t.Errorf("drafts %+v", c)
	}
	if c := v.Rows[1].Cells[1]; c.Count.Text != "0" || c.Count.URL != "" {
		t.Errorf("nothing in review %+v", c)
	}
	if w := v.Waiting[0]; w.Count.URL != "/entscheidungen?wartet-auf=TLRZ" || w.Since != "seit 9\u00a0Tagen" {
		t.Errorf("waiting %+v", w)
	}
	if u := v.Unstarted[0]; !strings.HasSuffix(u.Meta, "seit 34\u00a0Tagen") || v.More.Text != "Alle 7" {
		t.Errorf("not started %+v, %+v", u, v.More)
	}
	for i, want := range []timeRow{
		{"In Prüfung", "21 Tage", ui.Link{Text: "12", URL: "/entscheidungen?dauer=stand-in_review"}},
		{"Davon beim Ressort", "1 Tag", ui.Link{Text: "12", URL: "/entscheidungen?dauer=ressort"}},
		{"Davon bei TLRZ", "zu wenige Vorgänge", ui.Link{Text: "4", URL: "/entscheidungen?dauer=TLRZ"}},
	} {
		if v.Times[i] != want {
			t.Errorf("time %+v, want %+v", v.Times[i], want)
		}
	}
	if newBoardView(decision.Board{}).Shown {
		t.Error("a board about nothing is shown")
	}
}

func TestChosenFilterStaysEvenIfNothingIsLeft(t *testing.T) {
	t.Parallel()
	q := listQuery(httptest.NewRequest("GET", "/entscheidungen?ressort=TMDI&wartet-auf=KIV&stand=nicht-gestartet&sortierung=-seit&fremd=1", nil))
	c := choicesOf(q, decision.Board{Counts: []decision.Count{{MinistryKey: "TMIKL"}, {MinistryKey: "TMIKL"}}})
	if len(c.Ministries) != 2 || c.Ministries[1].Value != "TMDI" || len(c.Waiting) != 1 || c.Waiting[0].Value != "KIV" {
		t.Errorf("choices %+v", c)
	}
	if f := filterOf(q); !f.Unstarted || f.WaitsFor != "KIV" || f.Ministry != "TMDI" || len(f.States) != 2 || f.Sort != "-seit" {
		t.Errorf("filter %+v", f)
	}
	if got := sheetURL(q); got != "/entscheidungen/liste.xlsx?ressort=TMDI&sortierung=-seit&stand=nicht-gestartet&wartet-auf=KIV" {
		t.Errorf("the file is at %s", got)
	}
}

func TestSheetHasAColumnForEachHead(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, 5, 20, 12, 0, 0, 0, time.UTC)
	row := sheetRow(decision.Listed{ServiceName: "=1+1", No: 2, State: decision.Submitted, StateSince: at.AddDate(0, 0, -3), WaitsFor: []string{"KIV", "TLRZ"}, Overdue: true, DueOn: &at, DecidedAt: &at}, at)
	if len(row) != len(sheetHead) || row[0] != "=1+1" || row[5] != 3 || row[6] != "KIV, TLRZ" || row[8] != "ja" {
		t.Errorf("row %v", row)
	}
}
