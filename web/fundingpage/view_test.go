package fundingpage

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/economics"
	"rollinportal/internal/funding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

var today = time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)

func record(to time.Time) funding.Record {
	return funding.Record{
		ID: uuid.New(), Kind: funding.Grant, Purpose: funding.Connection, Payer: economics.Land, Cents: 1_250_050, Source: "Titel 686 01",
		From: today.AddDate(-1, 0, 0), To: to, PayerAfter: "die Kommunen", Version: 2,
	}
}

func TestTheLastTwoWeeksAreUrgent(t *testing.T) {
	t.Parallel()
	for days, want := range map[int]ui.StatusProps{
		0: {Kind: ui.Overdue, Text: "heute"}, 1: {Kind: ui.Overdue, Text: "noch 1 Tag"}, 14: {Kind: ui.Overdue, Text: "noch 14 Tage"},
		15: {Kind: ui.Waiting, Text: "noch 15 Tage"},
	} {
		if got := left(days); got != want {
			t.Errorf("%d days: %+v, want %+v", days, got, want)
		}
	}
}

func TestARecordSaysWhatIsLeftOfIt(t *testing.T) {
	t.Parallel()
	for to, want := range map[time.Time]string{
		today.AddDate(0, 0, -1): "28.02.2027 (abgelaufen)", today.AddDate(0, 0, 10): "11.03.2027 (noch 10 Tage)", today.AddDate(1, 0, 0): "01.03.2028",
	} {
		v := newRecord(funding.Page{Today: today}, record(to), access.Actor{Token: []byte{1}, Role: access.MinistryReader})
		if got := v.Facts.Items[3].Value; got != want {
			t.Errorf("until %q, want %q", got, want)
		}
		if v.Edit.URL != "" {
			t.Error("a reader may change it")
		}
	}
	if v := newRecord(funding.Page{ServiceSlug: "wohngeld"}, record(today), access.Actor{Token: []byte{1}, Role: access.MinistryDecider}); v.Edit.URL == "" {
		t.Error("who decides may not change it")
	}
}

func TestADeadlineLeadsToWhatEnds(t *testing.T) {
	t.Parallel()
	v := newDeadlines([]funding.Deadline{
		{Kind: funding.Price, ServiceSlug: "wohngeld", ServiceName: "Wohngeld", On: today.AddDate(0, 0, 3), Total: 2},
		{Kind: funding.Grant, ServiceSlug: "wohngeld", ServiceName: "Wohngeld", On: today.AddDate(0, 0, 30), Total: 2},
	}, today, page.Query{})
	if v.Heading != "2 Fristen" || v.Rows[0].URL != link.Service("wohngeld") || v.Rows[1].URL != link.Funding("wohngeld") {
		t.Errorf("%+v", v)
	}
}

func TestTheFormReadsWhatItWrote(t *testing.T) {
	t.Parallel()
	r := record(today)
	r.Version = 2
	got, wrong := formOf(r).record()
	if len(wrong) > 0 || got.ID != r.ID || got.Version != 2 || !got.To.Equal(r.To) || got.Payer != r.Payer || got.Source != r.Source {
		t.Errorf("%+v, %v; want %+v", got, wrong, r)
	}
	if got.Cents != r.Cents {
		t.Errorf("%d cents come back as %d", r.Cents, got.Cents)
	}
}

func TestAFormThatDoesNotHoldKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	f := form{ID: uuid.NewString(), Version: "0", Amount: "viel", From: "morgen", To: "31.2.2027"}
	_, wrong := f.record()
	for _, name := range []string{"amount", "from", "to"} {
		if wrong.For(name) == "" {
			t.Errorf("nothing is said about %s", name)
		}
	}
	v := newEditView(funding.Page{ServiceSlug: "wohngeld"}, f, wrong)
	if v.Amount.Value != "viel" || v.Amount.Error == "" || v.URL != link.NewFunding("wohngeld") {
		t.Errorf("%+v", v)
	}
	if len(page.Errors(wrong).Summary()) != 3 {
		t.Errorf("the summary names %d fields", len(wrong))
	}
}
