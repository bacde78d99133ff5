package noticepage

import (
	"strings"
	"testing"
	"time"

	"rollinportal/internal/notify"
)

func TestTheLandReadsWhyAMailDidNotArrive(t *testing.T) {
	t.Parallel()
	made := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	back := made.Add(2 * time.Hour)
	for name, c := range map[string]struct {
		mail              notify.Delivery
		status, why, went string
	}{
		"unknown":        {notify.Delivery{State: "refused", Error: "550 5.1.1 no such person", Address: "a@b.example", MadeAt: made, TriedAt: &made}, "Nicht zugestellt", "Die Adresse nimmt keine Mails an.", "zuletzt versucht 20.11.2026, 9 Uhr"},
		"came back full": {notify.Delivery{State: "refused", Error: "452 4.2.2 mailbox full", MadeAt: made, TriedAt: &made, ReturnedAt: &back}, "Nicht zugestellt", "zurückgeschickt: „452 4.2.2 mailbox full“", "zurückgekommen 20.11.2026, 11 Uhr"},
		"server away":    {notify.Delivery{State: "failing", Error: "connection refused", Attempts: 3, MadeAt: made, TriedAt: &made}, "Wird wiederholt", "fünf Tage lang weiter (bisher 3 Versuche)", "erstellt 20.11.2026, 9 Uhr"},
		"too long away":  {notify.Delivery{State: "refused", Error: "connection refused", MadeAt: made, TriedAt: &made}, "Nicht zugestellt", "„connection refused“ Der Betrieb prüft ihn.", "erstellt"},
	} {
		row := newDeliveriesView(notify.Deliveries{Trouble: []notify.Delivery{c.mail}}).Rows[0]
		row.Went = strings.ReplaceAll(row.Went, "\u00a0", " ")
		if row.Status.Text != c.status || !strings.Contains(row.Why, c.why) || !strings.Contains(row.Went, c.went) {
			t.Errorf("%s: %+v, want %q, %q, %q", name, row, c.status, c.why, c.went)
		}
	}
}
