package notify

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
)

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestTheDaysMailComesOncePerWorkingDayAtTheChosenHour(t *testing.T) {
	t.Parallel()
	anna := pending{PersonID: uuid.New(), Email: "anna@kreis.example", Hour: 8, At: at("2026-11-19T14:00:00+01:00")}
	for name, c := range map[string]struct {
		change func(*pending)
		now    string
		mails  int
	}{
		"before the hour":        {nil, "2026-11-20T07:59:00+01:00", 0},
		"at the hour":            {nil, "2026-11-20T08:00:00+01:00", 1},
		"workers late":           {nil, "2026-11-20T16:00:00+01:00", 1},
		"another hour":           {func(p *pending) { p.Hour = 15 }, "2026-11-20T14:59:00+01:00", 0},
		"today's is made":        {func(p *pending) { p.Digested = true }, "2026-11-20T09:00:00+01:00", 0},
		"news of this morning":   {func(p *pending) { p.At = at("2026-11-20T08:30:00+01:00") }, "2026-11-20T09:00:00+01:00", 0},
		"Saturday":               {nil, "2026-11-21T09:00:00+01:00", 0},
		"Sunday":                 {nil, "2026-11-22T09:00:00+01:00", 0},
		"Monday":                 {nil, "2026-11-23T09:00:00+01:00", 1},
		"urgent at night":        {func(p *pending) { p.Urgent = true }, "2026-11-21T03:00:00+01:00", 1},
		"urgent besides today's": {func(p *pending) { p.Urgent, p.Digested = true, true }, "2026-11-20T09:00:00+01:00", 1},
		"Weltkindertag":          {func(p *pending) { p.At = at("2027-09-17T09:00:00+02:00") }, "2027-09-20T09:00:00+02:00", 0},
		"day after it":           {func(p *pending) { p.At = at("2027-09-17T09:00:00+02:00") }, "2027-09-21T09:00:00+02:00", 1},
	} {
		p := anna
		p.ID = uuid.New()
		if c.change != nil {
			c.change(&p)
		}
		drafts, none := plan([]pending{p}, at(c.now))
		if len(drafts) != c.mails || len(none) != 0 {
			t.Errorf("%s: %d mails and %d set aside, want %d mails", name, len(drafts), len(none), c.mails)
		}
	}
}

func TestADigestGathersAPersonsNoticesAndUrgentOnesStandAlone(t *testing.T) {
	t.Parallel()
	now := at("2026-11-20T08:05:00+01:00")
	anna, ben := uuid.New(), uuid.New()
	notice := func(person uuid.UUID, urgent bool) pending {
		return pending{ID: uuid.New(), PersonID: person, Email: "x@kreis.example", Hour: 8, Urgent: urgent, At: at("2026-11-19T12:00:00+01:00")}
	}
	found := []pending{notice(anna, false), notice(ben, false), notice(anna, true), notice(anna, false), notice(anna, true)}
	drafts, _ := plan(found, now)
	var got []string
	said := map[uuid.UUID]int{}
	for _, d := range drafts {
		got = append(got, strings.SplitN(d.Key, ":", 2)[0])
		for _, id := range d.Notices {
			said[id]++
		}
	}
	if want := []string{"digest", "digest", "notice", "notice"}; !slices.Equal(sorted(got), want) {
		t.Errorf("mails %v, want %v", got, want)
	}
	for _, p := range found {
		if said[p.ID] != 1 {
			t.Errorf("a notice is in %d mails", said[p.ID])
		}
	}
}

func sorted(s []string) []string { slices.Sort(s); return s }

func TestWhatNobodyWantsByMailIsSetAside(t *testing.T) {
	t.Parallel()
	now := at("2026-11-20T08:05:00+01:00")
	for name, c := range map[string]struct {
		p    pending
		none int
	}{
		"no address":           {pending{Kind: DueSoon, At: now}, 1},
		"turned off":           {pending{Kind: DueSoon, Email: "x@y.example", At: now, Muted: []string{string(DueSoon)}}, 1},
		"another is off":       {pending{Kind: DueSoon, Email: "x@y.example", At: now, Muted: []string{string(Overdue)}}, 0},
		"binding, turned off":  {pending{Kind: DecisionMade, Email: "x@y.example", At: now, Muted: []string{string(DecisionMade)}}, 0},
		"a week old":           {pending{Kind: DueSoon, Email: "x@y.example", At: now.Add(-stale)}, 1},
		"nearly a week old":    {pending{Kind: DueSoon, Email: "x@y.example", At: now.Add(time.Hour - stale)}, 0},
		"urgent without a box": {pending{Kind: DueSoon, Urgent: true, At: now}, 1},
	} {
		if _, none := plan([]pending{c.p}, now); len(none) != c.none {
			t.Errorf("%s: %d set aside, want %d", name, len(none), c.none)
		}
	}
}

func TestALetterReadsWellAndStaysTheSame(t *testing.T) {
	t.Parallel()
	base, _ := url.Parse("https://portal.example")
	land := access.Land{Product: "Roll-in-Portal Thüringen", ContactEmail: "ozg@land.example"}
	l := &letter{
		ID: uuid.MustParse("11111111-2222-4333-8444-555555555555"), Key: "digest:2026-11-20", Name: "Anna Ahlendorf", Address: "anna@kreis.example", Token: "TOKEN",
		MadeAt: at("2026-11-20T08:00:00+01:00"),
		Lines: []line{
			{HandedOver, "Erfurt hat Ihnen „DVDV-Eintrag“ abgegeben.", AtStep("16051", "wohngeld", "k_dvdv"), "Wohngeld", access.Provider, "TLRZ"},
			{ObstacleClosed, "Hürde Nr. 3 ist gelöst: Zertifikat beim TLRZ bestellen.", AtHurdle(3), "Wohngeld", access.BodyCoordinator, "Ilmenau"},
		},
	}
	m := l.message(land, base)
	if m != l.message(land, base) {
		t.Error("the second message differs from the first")
	}
	want := `Guten Tag Anna Ahlendorf,

seit der letzten Mail ist das für Sie passiert, das Älteste zuerst:

1. Erfurt hat Ihnen „DVDV-Eintrag“ abgegeben.
https://portal.example/kommunen/16051/leistungen/wohngeld/aufgaben/k_dvdv
Sie lesen das, weil Sie bei TLRZ für die Kommunen arbeiten.

2. Hürde Nr. 3 ist gelöst: Zertifikat beim TLRZ bestellen.
https://portal.example/huerden/3
Sie lesen das, weil Sie Koordination für Wohngeld in Ilmenau sind.

Mit freundlichen Grüßen
Roll-in-Portal Thüringen

-- 
Fragen beantwortet Ihnen die Landeskoordination: ozg@land.example
Uhrzeit und Arten der Mails ändern: https://portal.example/mitteilungen/einstellungen
Solche Mails abbestellen, ohne Anmeldung: https://portal.example/abbestellen/TOKEN
`
	if m.Body != want {
		t.Errorf("body\n%s\nwant\n%s", m.Body, want)
	}
	if m.Subject != "Roll-in-Portal Thüringen: 2 Mitteilungen für Sie" || m.ID != l.ID.String()+"@portal.example" {
		t.Errorf("subject %q, id %q", m.Subject, m.ID)
	}
	l.Lines = []line{{Kind: DecisionMade, Text: "Entschieden.", Path: "/"}}
	if m := l.message(land, base); m.Subject != "Roll-in-Portal Thüringen: "+DecisionMade.Label() || !strings.Contains(m.Body, "\nEntschieden.\n") {
		t.Errorf("a single thing is told as %q:\n%s", m.Subject, m.Body)
	}
	if m := l.message(land, base); m.Unsubscribe != "" || strings.Contains(m.Body, "abbestellen") {
		t.Error("a mail that binds offers to turn it off")
	}
}

func TestNamesCannotAddHeaders(t *testing.T) {
	t.Parallel()
	evil := "Anna\r\nBcc: alle@boese.example\r\n\r\nText"
	for _, m := range []Message{
		{ID: "1@x", From: evil, Name: evil, Address: "anna@kreis.example", Subject: evil, Body: "Text", Date: time.Unix(0, 0)},
	} {
		msg, err := (&SMTP{From: "portal@land.example"}).compose(m)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if _, err := msg.WriteTo(&out); err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(out.String(), "\r\n\r\n")
		for _, line := range strings.Split(head, "\r\n") {
			if strings.HasPrefix(strings.ToLower(line), "bcc:") {
				t.Errorf("a header came in by a name:\n%s", head)
			}
		}
		if strings.Count(head, "To: ") != 1 || strings.Contains(head, "User-Agent") || strings.Contains(head, "X-Mailer") {
			t.Errorf("headers\n%s", head)
		}
	}
	for _, address := range []string{"a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "Anna <a@b.example>", "kein", "", "a@b.example\x00"} {
		if _, err := (&SMTP{From: "portal@land.example"}).compose(Message{ID: "1@x", Address: address}); err == nil {
			t.Errorf("the address %q is taken", address)
		}
	}
}

func TestEveryKindHasALabelOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, k := range Kinds {
		if k.Kind.Label() != k.Label || k.Label == "" {
			t.Errorf("%s is called %q, want %q", k.Kind, k.Kind.Label(), k.Label)
		}
	}
	if got := Kind("unbekannt").Label(); got != "unbekannt" {
		t.Errorf("an unknown kind is called %q", got)
	}
}

func TestANoticeHasFiveThousandLetters(t *testing.T) {
	t.Parallel()
	full := strings.Repeat("ä", 5000)
	if got := oneLine(full); got != full {
		t.Errorf("%d letters became %d", 5000, len([]rune(got)))
	}
	if got := []rune(oneLine(full + "ä")); len(got) != 5000 || got[4999] != '…' {
		t.Errorf("a letter more became %d letters that end with %c", len(got), got[len(got)-1])
	}
}

// TestPausesSpareTheServerAndThePeople: a server that is back hears of us within ten minutes.
func TestPausesSpareTheServerAndThePeople(t *testing.T) {
	t.Parallel()
	if !slices.IsSorted(pauses) || pauses[0] < time.Minute || pauses[len(pauses)-1] > 10*time.Minute {
		t.Errorf("pauses are %v", pauses)
	}
}

func TestAnAddressThatNobodyHasIsNamedSo(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]bool{
		errAddress.Error(): true, "server said: 550 no such user": true, "5.1.1 unknown": true, "421 busy": false, "554 5.7.1 spam": false, "": false,
	} {
		if got := (Delivery{Error: said}).Unknown(); got != want {
			t.Errorf("%q: %t, want %t", said, got, want)
		}
	}
}

func TestNamesInHeadersAreOneLineOfLettersAndSigns(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{"Erika Muster": "Erika Muster", `a\b`: "a/b", "a\x00\x1bb": "ab", "a\r\nb": "a b", "\xff": ""} {
		if got := inHeader(typed); got != want {
			t.Errorf("%q stands as %q, want %q", typed, got, want)
		}
	}
}
