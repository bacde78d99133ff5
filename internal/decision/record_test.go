package decision_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/devstack"
	"rollinportal/internal/economics"
	"rollinportal/internal/fault"
	"rollinportal/internal/jobs"
	"rollinportal/internal/paper"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// recorded is a decided case with something in every section.
func (o office) recorded(t *testing.T) uuid.UUID {
	t.Helper()
	id := o.requested(t)
	yes := true
	for _, k := range decision.Kinds {
		o.must(t, o.Review(ctx, o.referat, id, k, decision.ReviewInput{
			Version: 1, Result: decision.Positive, Note: "Vermerk zu " + string(k), Links: []string{"https://akte.example/" + string(k)}, CrossLand: &yes,
		}))
	}
	due := workday.Day(time.Now()).AddDate(0, 0, 14)
	o.must(t, o.Ask(ctx, o.referat, id, decision.AskInput{ID: uuid.New(), Kind: decision.TechnicalOpinion, PartyKey: "TLRZ", Question: "Passt OSCI?", DueOn: &due}))
	until := time.Date(2030, 12, 31, 0, 0, 0, 0, time.UTC)
	o.must(t, o.AssessFrame(ctx, o.referat, id, 1, economics.Frame{
		FirstYear: 2027, Years: 5, RateBP: 250, RateSource: "Erlass vom Mai", Cases: 4_100, CasesSource: "Statistik", HourCents: 5_740, HourSource: "Pauschsätze",
		PriceUntil: &until, PayerAfter: "das Land",
	}))
	for i, which := range economics.Alternatives {
		o.must(t, o.AssessOption(ctx, o.referat, id, 1, economics.Option{Alternative: which, Minutes: 20 + 5*int64(i), MinutesSource: "Messung", Items: []economics.Item{
			{Label: "Betrieb", Kind: economics.CostYearly, Payer: economics.Land, Cents: 3_100_050, Source: "Angebot vom März", ValidUntil: &until},
		}}))
	}
	o.must(t, o.Submit(ctx, o.referat, id, o.version(t, id)))
	o.must(t, o.Decide(ctx, o.leitung, id, decision.Verdict{
		Version: o.version(t, id), Seen: o.seen(t, id), Outcome: decision.ApprovedWithConditions, Ground: "economic", Reason: "rechnet sich",
		Conditions: []decision.Condition{{Text: "Anlaufstelle benennen", Owner: "Land", DueOn: time.Date(2099, 4, 30, 0, 0, 0, 0, time.UTC)}},
	}))
	return id
}

func (o office) record(t *testing.T, who access.Actor, id uuid.UUID) decision.Record {
	t.Helper()
	r, err := o.Record(ctx, who, id, decision.Whole)
	o.must(t, err)
	return r
}

func TestTheVermerkHoldsEverySection(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	r := o.record(t, o.referat, o.recorded(t))
	text := string(r.Body)
	for _, want := range []string{
		`"Mit Auflagen beschlossen"`, `"rechnet sich"`, `"Wirtschaftlicher als die Alternativen"`, o.leitung.Name, o.referat.Name, `"1. Anlaufstelle benennen"`, `"30.04.2099"`,
		`"Fachliche Prüfung"`, `"Vermerk zu privacy"`, `"https://akte.example/technical"`, `"Passt OSCI?"`, `"Keine Antwort bis zur Entscheidung"`,
		`"Erlass vom Mai"`, `"31.000,50 €"`, `"ThAVEL-Eigenlösung"`, `"Angebot vom März"`, `"4.100 × 20 ÷ 60 × 57,40 € = 78.446,67 €"`, `"Ende 2031"`, `"Fälle je Jahr −20 %"`,
		`"Umsetzendes Land"`, `"ja, ein Vertrag zur Auftragsverarbeitung entfällt"`,
	} {
		if !strings.Contains(strings.ReplaceAll(text, "; Bearbeitung", ""), strings.Trim(want, `"`)) {
			t.Errorf("the record lacks %s", want)
		}
	}
	if r.Part != decision.Whole || r.Sum != paper.Sum(r.Body) || r.Paper.Title == "" {
		t.Errorf("part %s, sum %s, title %q", r.Part, r.Sum, r.Paper.Title)
	}
}

func TestOthersReadThePublicPartOnly(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.recorded(t)
	whole := o.record(t, o.As(t, "tmikl-leser"), id)
	for _, login := range []string{"land", "redaktion", "k16051", "tlrz", "gremium"} {
		r := o.record(t, o.As(t, login), id)
		text := string(r.Body)
		if r.Part != decision.Public || !strings.Contains(text, "rechnet sich") || !strings.Contains(text, whole.Sum) {
			t.Errorf("%s reads %s: %s", login, r.Part, text)
		}
		for _, secret := range []string{"Vermerk zu", "31.000,50", "Erlass vom Mai", o.leitung.Name, o.referat.Name, "Passt OSCI"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s reads %q", login, secret)
			}
		}
		_, err := o.Bundle(ctx, o.As(t, login), id)
		dbtest.Wants(t, login+" exports", err, fault.Forbidden)
		_, err = o.Print(ctx, o.As(t, login), id, decision.Whole)
		dbtest.Wants(t, login+" asks for the PDF", err, fault.Forbidden)
	}
	for _, login := range []string{"tmdi-leitung", "d-min-leitung", "d-land"} {
		_, err := o.Record(ctx, o.As(t, login), id, decision.Whole)
		dbtest.Wants(t, login+" reads", err, fault.NotFound)
	}
	_, err := o.Bundle(ctx, o.As(t, "tmdi-leitung"), id)
	dbtest.Wants(t, "another ministry exports", err, fault.NotFound)
	if n := seenBehindThePage(t, o, "land", id); n != 1 {
		t.Errorf("row security shows the Land %d papers, want the public one", n)
	}
}

func seenBehindThePage(t *testing.T, o office, login string, id uuid.UUID) (n int) {
	t.Helper()
	o.must(t, o.DB.Read(ctx, o.As(t, login), access.DecisionView, func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*) FROM portal.decision_record WHERE land_id = $1 AND decision_id = $2`, tx.Land(), id).Scan(&n)
	}))
	return n
}

func TestNobodyWritesAVermerkButTheDecisionItself(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.recorded(t)
	open := o.requestedFor(t, "tmikl-referat")
	for name, sql := range map[string]string{
		"change":            `UPDATE portal.decision_record SET body = 'x', sha256 = sha256('x') WHERE land_id = $1 AND decision_id = $2`,
		"delete":            `DELETE FROM portal.decision_record WHERE land_id = $1 AND decision_id = $2`,
		"a PDF by hand":     `INSERT INTO portal.decision_record SELECT $1, org_id, $2, 'whole', 'pdf', now(), 'x', sha256('x') FROM portal.decision WHERE land_id = $1 AND decision_id = $2`,
		"one for an open":   `INSERT INTO portal.decision_record SELECT $1, org_id, '` + open.String() + `', 'whole', 'json', now(), 'x', sha256('x') FROM portal.decision WHERE land_id = $1 AND decision_id = $2`,
		"carry it to print": `SELECT ctx.to_print($2) WHERE $1::uuid IS NOT NULL`,
	} {
		if err := o.attack(t, o.leitung, sql, id); err == nil {
			t.Errorf("%s: committed", name)
		}
	}
}

func (o office) requestedFor(t *testing.T, login string) uuid.UUID {
	t.Helper()
	choices, err := o.Choices(ctx, o.As(t, login))
	o.must(t, err)
	i := slices.IndexFunc(choices, func(c decision.Choice) bool { return c.OpenID == nil && c.ServiceSlug != "einbuergerung" })
	id := uuid.New()
	o.must(t, o.Request(ctx, o.As(t, login), decision.Request{ID: id, ServiceSlug: choices[i].ServiceSlug, Occasion: "x"}))
	return id
}

// Whatever happens after a decision, its record keeps its bytes: facts change, another decision supersedes it, it is
// revoked, people act in any order.
func TestAnOldVermerkNeverChanges(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	kept := map[uuid.UUID][2][]byte{}
	chance := rand.New(rand.NewPCG(1, 2))
	outcomes := []decision.State{decision.Approved, decision.Rejected, decision.Deferred}
	for round := range 6 {
		var id uuid.UUID
		if round == 0 {
			id = o.recorded(t)
		} else {
			id = o.decided(t, outcomes[chance.IntN(len(outcomes))])
		}
		kept[id] = [2][]byte{o.record(t, o.referat, id).Body, o.record(t, o.land, id).Body}
		o.exec(t, `UPDATE portal.service SET operator = 'Betreiber `+fmt.Sprint(round)+`', price_yearly_cents = `+fmt.Sprint(chance.IntN(1e6))+` WHERE slug = 'einbuergerung'`)
		for id, was := range kept {
			if now := o.record(t, o.referat, id).Body; !bytes.Equal(now, was[0]) {
				t.Fatalf("round %d: the whole record of %s changed to %s", round, id, now)
			}
			if now := o.record(t, o.land, id).Body; !bytes.Equal(now, was[1]) {
				t.Fatalf("round %d: the public record of %s changed to %s", round, id, now)
			}
		}
	}
	if n, err := decision.VerifyRecords(ctx, o.AdminURL); err != nil || n != 12 {
		t.Errorf("%d records, %v; want 12 unchanged", n, err)
	}
}

func TestTwoDecidersAtOnceLeaveOneVermerk(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted(t)
	o.addDecider(t)
	second := o.As(t, "tmikl-abteilung")
	v := decision.Verdict{Version: o.version(t, id), Seen: o.seen(t, id), Outcome: decision.Approved, Ground: "economic", Reason: "A"}
	other := v
	other.Reason = "B"
	errs := make(chan error, 2)
	go func() { errs <- o.Decide(ctx, o.leitung, id, v) }()
	go func() { errs <- o.Decide(ctx, second, id, other) }()
	first, later := <-errs, <-errs
	if (first == nil) == (later == nil) {
		t.Errorf("%v and %v: one decides", first, later)
	}
	if n := dbtest.Admin[int](t, o.World, `SELECT count(*) FROM portal.decision_record`); n != 2 {
		t.Errorf("%d papers, want the whole and the public one", n)
	}
	d := o.show(t, o.leitung, id)
	if r := o.record(t, o.leitung, id); !strings.Contains(string(r.Body), `"`+d.Reason+`"`) || !strings.Contains(string(r.Body), d.Decider) {
		t.Errorf("decided %q by %s, but on record: %s", d.Reason, d.Decider, r.Body)
	}
}

func TestVerifyNoticesWhoeverTampers(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.recorded(t)
	if n, err := decision.VerifyRecords(ctx, o.AdminURL); err != nil || n != 2 {
		t.Fatalf("untouched: %d, %v", n, err)
	}
	const off, on = `ALTER TABLE portal.decision_record DISABLE TRIGGER ALL;`, `;ALTER TABLE portal.decision_record ENABLE TRIGGER ALL`
	for _, tt := range []struct{ sql, want string }{
		{`INSERT INTO portal.decision_record SELECT land_id, org_id, decision_id, 'whole', 'pdf', now(), 'x', sha256('x') FROM portal.decision`, "whole (pdf): steht nicht im Prüfpfad"},
		{`DELETE FROM portal.decision_record WHERE form = 'pdf'`, ""},
		{`CREATE TABLE public.was AS TABLE portal.decision_record; UPDATE portal.decision_record SET body = 'x', sha256 = sha256('x') WHERE part = 'whole'`, "whole (json): hat eine andere Prüfsumme als im Prüfpfad"},
		{`DELETE FROM portal.decision_record WHERE part = 'whole'`, "whole (json): fehlt"},
		{`INSERT INTO portal.decision_record SELECT * FROM public.was WHERE part = 'whole'`, ""},
		{`DELETE FROM portal.decision_record WHERE part = 'public'`, "public (json): fehlt"},
	} {
		o.exec(t, off+tt.sql+on)
		_, err := decision.VerifyRecords(ctx, o.AdminURL)
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.sql, err, tt.want)
		}
	}
}

func TestAVermerkIsPrintedOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.recorded(t)
	if jobs := dbtest.Admin[int](t, o.World, `SELECT count(*) FROM river.river_job WHERE kind = 'decision.print'`); jobs != 1 {
		t.Errorf("%d jobs, want one", jobs)
	}
	who, err := jobs.Actor(ctx, o.Work, o.land.Land.ID, uuid.Nil)
	o.must(t, err)
	o.must(t, decision.NewPrinter(o.Work, nil).Print(ctx, who, decision.PrintJob{Decision: id}))
	_, err = o.Print(ctx, o.referat, id, decision.Whole)
	dbtest.Wants(t, "without a press", err, fault.NotFound)

	command, err := devstack.Typst()
	o.must(t, err)
	printer := decision.NewPrinter(o.Work, paper.NewPress(command))
	o.must(t, printer.Print(ctx, who, decision.PrintJob{Decision: id}))
	first, err := o.Print(ctx, o.referat, id, decision.Whole)
	o.must(t, err)
	o.must(t, printer.Print(ctx, who, decision.PrintJob{Decision: id})) // a job may run twice
	again, err := o.Print(ctx, o.leitung, id, decision.Whole)
	if err != nil || !bytes.Equal(again, first) || !bytes.HasPrefix(first, []byte("%PDF-")) {
		t.Errorf("printed again: %d bytes, then %d, %v", len(first), len(again), err)
	}
	if r := o.record(t, o.referat, id); r.Print != paper.Sum(first) {
		t.Errorf("the record names the print %q, want %s", r.Print, paper.Sum(first))
	}
	if r := o.record(t, o.land, id); r.Print != "" {
		t.Error("the Land learns of the print")
	}
	if n, err := decision.VerifyRecords(ctx, o.AdminURL); err != nil || n != 3 {
		t.Errorf("verify: %d, %v, want 3", n, err)
	}
	if _, err := audit.Verify(ctx, o.AdminURL); err != nil {
		t.Error(err)
	}
	bundle, err := o.Bundle(ctx, o.referat, id)
	if err != nil || !bytes.Equal(bundle.PDF, first) || !strings.Contains(string(bundle.Public), bundle.Sum) {
		t.Errorf("bundle with %d bytes of PDF, %v", len(bundle.PDF), err)
	}
	if !strings.Contains(trail(o.show(t, o.referat, id)), "decision.file "+bundle.Sum) || strings.Contains(trail(o.show(t, o.land, id)), "decision.file") {
		t.Error("the export stands in the ministry's trail, and only there")
	}
}
