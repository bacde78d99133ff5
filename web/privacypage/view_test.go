package privacypage

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/privacy"
)

func TestADisclosureIsReadByPeople(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	v := newDocumentView(privacy.Disclosure{MadeAt: at, Sections: []privacy.Section{
		{Title: "Verlauf", Part: "actor", Entries: []map[string]any{
			{"record": "0b3b5d6e-8a0f-4f0e-9a53-6a0f5f0b5a11", "kind": "decision", "at": "2026-03-01T09:00:00+00:00", "action": "decision.decide", "title": "Wohngeld", "org": "TMDI"},
			{"record": "0b3b5d6e-8a0f-4f0e-9a53-6a0f5f0b5a12", "kind": "step", "at": "2026-03-02T09:00:00+00:00", "action": "erasure.ask", "org": "TMDI"},
		}},
		{Title: "Zugänge", Entries: []map[string]any{{"role": "FE", "status": "active", "ended_at": nil, "valid_to": "2026-07-31"}}},
		{Title: "Mailempfang", Entries: []map[string]any{{"muted": []any{"erasure.own"}, "digest_hour": 8.0, "neu": "etwas"}}},
		{Title: "Kalenderadressen"},
	}})
	for i, want := range []string{
		"Verlauf: selbst getan|2 Einträge|Vorgang;Titel;Organisation;Zeitpunkt|Über die Nachnutzung entschieden;Wohngeld;TMDI;01.03.2026, 10 Uhr|Löschung beantragt;–;TMDI;02.03.2026, 10 Uhr",
		"Zugänge|1 Eintrag|Rolle;Stand;Gilt bis|Fachressort;gilt;31.07.2026",
		"Mailempfang|1 Eintrag|Stunde der Tagesmail;Abbestellt;neu|8;Die Löschung meiner Daten ist beantragt;etwas",
		"Kalenderadressen|0 Einträge|",
	} {
		s := v.Sections[i]
		got := []string{s.Heading, s.Count, strings.Join(s.Columns, ";")}
		for _, row := range s.Rows {
			got = append(got, strings.Join(row, ";"))
		}
		if text := strings.ReplaceAll(strings.Join(got, "|"), "\u00a0", " "); text != want {
			t.Errorf("section %d:\n got %s\nwant %s", i, text, want)
		}
	}
}

// TestEveryFieldOfADisclosureHasAWord reads from the catalogue which columns ctx.person_data tells.
func TestEveryFieldOfADisclosureHasAWord(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	told := dbtest.Admin[[]string](t, w, `
		SELECT array_agg(DISTINCT a.attname::text)
		FROM auth.person_column x
		JOIN pg_attribute a ON a.attrelid = x.tab AND a.attnum > 0 AND NOT a.attisdropped
		WHERE a.atttypid NOT IN ('uuid'::regtype, 'bytea'::regtype) AND a.attname NOT IN ('land_id', 'org_id', 'token')
			AND (x.owned OR a.atttypid IN ('timestamptz'::regtype, 'date'::regtype) OR a.attname IN ('kind', 'action', 'title'))`)
	if len(told) < 50 {
		t.Fatalf("%d fields are told, want all of them", len(told))
	}
	for _, name := range told {
		if !technical[name] && !slices.ContainsFunc(fields, func(f struct{ name, word string }) bool { return f.name == name }) {
			t.Errorf("the field %s is shown without a German word", name)
		}
	}
	parts := dbtest.Admin[[]string](t, w, `SELECT array_agg(DISTINCT col::text) FROM auth.person_column`)
	for _, part := range parts {
		if partWords[part] == "" && part != "person_id" {
			t.Errorf("%s does not say in words how a person comes into a record", part)
		}
	}
}
