package decision_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/catalog"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// asked has the ministry ask an organisation about a case.
func (o office) asked(t *testing.T, id uuid.UUID, party string, kind decision.OpinionKind) uuid.UUID {
	t.Helper()
	opinion, due := uuid.New(), time.Now().AddDate(0, 1, 0)
	in := decision.AskInput{ID: opinion, Kind: kind, PartyKey: party, Question: "Geht das?", DueOn: &due}
	o.must(t, o.Ask(ctx, o.referat, id, in))
	o.must(t, o.Ask(ctx, o.referat, id, in)) // a double click asks once
	return opinion
}

func TestAskedOrganisationAnswersAndTheMinistryReads(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.requested(t)
	opinion := o.asked(t, id, "TLRZ", decision.TechnicalOpinion)
	tlrz := o.As(t, "tlrz")
	asked, err := o.ListAsked(ctx, tlrz)
	o.must(t, err)
	if len(asked) != 1 || asked[0].ID != opinion || !asked[0].Awaited() || asked[0].ServiceName != "Einbürgerung" || asked[0].Question != "Geht das?" {
		t.Fatalf("TLRZ is asked %+v", asked)
	}
	before := o.seen(t, id)
	answer := decision.Answer{Version: 1, Result: decision.PositiveWithConditions, Note: "mit Rückkanal", Links: []string{"https://tlrz.example/pruefung"}}
	o.must(t, o.AnswerOpinion(ctx, tlrz, opinion, answer))
	o.must(t, o.AnswerOpinion(ctx, tlrz, opinion, answer))
	d := o.show(t, o.leitung, id)
	if len(d.Opinions) != 1 || d.Opinions[0].Result != answer.Result || d.Opinions[0].Note != answer.Note || d.Opinions[0].PartyKey != "TLRZ" || d.Seen == before {
		t.Errorf("the ministry reads %+v, seen %d after %d", d.Opinions, d.Seen, before)
	}
	for kind, want := range map[string]int{"opinion.asked": 1, "opinion.answered": 2} { // TLRZ has one person, the ministry two who decide
		if n := dbtest.Admin[int](t, o.World, `SELECT count(*) FROM portal.notice WHERE kind = $1`, kind); n != want {
			t.Errorf("%d notices %s, want %d", n, kind, want)
		}
	}
	if r, _ := d.Review(decision.Technical); r.Result != decision.Open {
		t.Error("the answer decided the review; that is for the ministry")
	}
	if d := o.show(t, o.land, id); len(d.Opinions) != 0 || strings.Contains(trail(d), "Rückkanal") {
		t.Errorf("the Land reads the ministry's papers: %+v", d.Opinions)
	}
	answer.Version, answer.Result = 1, decision.Negative
	dbtest.Wants(t, "an answer on what a colleague changed", o.AnswerOpinion(ctx, tlrz, opinion, answer), fault.Conflict)
}

func TestOpinionIsForTheAskedOnly(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	opinion := o.asked(t, o.requested(t), "TLRZ", decision.TechnicalOpinion)
	answer := decision.Answer{Version: 1, Result: decision.Positive}
	for login, want := range map[string]fault.Kind{
		"kiv": fault.NotFound, "gremium": fault.NotFound, "tlkt": fault.NotFound, "land": fault.Forbidden, "tmikl-referat": fault.Forbidden,
		"k16051": fault.Forbidden, "d-land": fault.Forbidden,
	} {
		who := o.As(t, login)
		dbtest.Wants(t, login+" answers", o.AnswerOpinion(ctx, who, opinion, answer), want)
		_, err := o.ShowAsked(ctx, who, opinion)
		dbtest.Wants(t, login+" reads", err, want)
	}
	err := o.DB.Write(ctx, o.referat, access.DecisionInternalEdit, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE portal.opinion SET result = 'positive', answered_by = $2, answered_at = now() WHERE land_id = $1`, tx.Land(), tx.Who.Person)
		return err
	})
	dbtest.Wants(t, "the ministry answers itself by SQL", err, fault.Conflict)
}

func TestWithdrawnCaseNeedsNoAnswer(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.requested(t)
	opinion := o.asked(t, id, "TLKT", decision.MunicipalOpinion)
	o.must(t, o.Withdraw(ctx, o.referat, id, decision.Because{Version: o.version(t, id), Reason: "Irrtum"}))
	tlkt := o.As(t, "tlkt")
	dbtest.Wants(t, "an answer after the withdrawal", o.AnswerOpinion(ctx, tlkt, opinion, decision.Answer{Version: 1, Result: decision.Positive}), fault.Conflict)
	if a, err := o.ShowAsked(ctx, tlkt, opinion); err != nil || a.ClosedAt == nil || a.Answered() {
		t.Errorf("after the withdrawal: %+v, %v", a.Opinion, err)
	}
}

func TestAskRefuses(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.requested(t)
	soon, past := time.Now().AddDate(0, 1, 0), time.Now().AddDate(0, 0, -2)
	o.asked(t, id, "KIV", decision.TechnicalOpinion)
	for name, tt := range map[string]struct {
		who  access.Actor
		in   decision.AskInput
		want fault.Kind
	}{
		"the same again":       {o.leitung, decision.AskInput{Kind: decision.TechnicalOpinion, PartyKey: "KIV", Question: "x", DueOn: &soon}, fault.Conflict},
		"no question":          {o.referat, decision.AskInput{Kind: decision.TechnicalOpinion, PartyKey: "TLRZ", DueOn: &soon}, fault.Invalid},
		"a date in the past":   {o.referat, decision.AskInput{Kind: decision.TechnicalOpinion, PartyKey: "TLRZ", Question: "x", DueOn: &past}, fault.Invalid},
		"nobody who is asked":  {o.referat, decision.AskInput{Kind: decision.TechnicalOpinion, PartyKey: "TLKT", Question: "x", DueOn: &soon}, fault.Invalid},
		"no date":              {o.referat, decision.AskInput{Kind: decision.TechnicalOpinion, PartyKey: "TLRZ", Question: "x"}, fault.Invalid},
		"another ministry":     {o.As(t, "tmdi-referat"), decision.AskInput{Kind: decision.TechnicalOpinion, PartyKey: "TLRZ", Question: "x", DueOn: &soon}, fault.NotFound},
		"the Land":             {o.land, decision.AskInput{Kind: decision.TechnicalOpinion, PartyKey: "TLRZ", Question: "x", DueOn: &soon}, fault.Forbidden},
		"a ministry's readers": {o.As(t, "tmikl-leser"), decision.AskInput{Kind: decision.TechnicalOpinion, PartyKey: "TLRZ", Question: "x", DueOn: &soon}, fault.Forbidden},
	} {
		tt.in.ID = uuid.New()
		dbtest.Wants(t, name, o.Ask(ctx, tt.who, id, tt.in), tt.want)
	}
}

func TestDecisionOnFactsThatChangedIsRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.requested(t)
	opinion := o.asked(t, id, "TLRZ", decision.TechnicalOpinion)
	o.submit(t, id)
	v := decision.Verdict{Version: o.version(t, id), Seen: o.seen(t, id), Outcome: decision.Approved, Ground: "economic", Reason: "gut"}
	o.must(t, o.AnswerOpinion(ctx, o.As(t, "tlrz"), opinion, decision.Answer{Version: 1, Result: decision.Negative, Note: "geht nicht"}))
	dbtest.Wants(t, "without the answer of TLRZ", o.Decide(ctx, o.leitung, id, v), fault.Conflict)
	v.Seen = o.seen(t, id)
	o.exec(t, `UPDATE portal.service SET version = version + 1 WHERE slug = 'einbuergerung'`)
	dbtest.Wants(t, "on an older price", o.Decide(ctx, o.leitung, id, v), fault.Conflict)
	v.Seen = o.seen(t, id)
	o.must(t, o.Decide(ctx, o.leitung, id, v))
}

func TestADecisionDoesNotLeanOnWhatASourceHasTakenBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id, services := o.submitted(t), catalog.New(o.DB)
	said := catalog.Fact{Kind: catalog.FactOnce, Source: catalog.FITStore, Value: "4.500,00 €", CheckedOn: time.Now().AddDate(0, 0, -1)}
	o.must(t, services.SetFact(ctx, o.land, "einbuergerung", said))
	seen := o.seen(t, id)
	said.Source, said.Value = catalog.Marketplace, "4.800,00 €"
	o.must(t, services.SetFact(ctx, o.land, "einbuergerung", said))
	v := decision.Verdict{Version: o.version(t, id), Seen: seen, Outcome: decision.Approved, Ground: "economic", Reason: "gut"}
	dbtest.Wants(t, "on what was true before", o.Decide(ctx, o.leitung, id, v), fault.Conflict)
	o.must(t, services.WithdrawFact(ctx, o.land, "einbuergerung", said.Kind, said.Source, 1))
	dbtest.Wants(t, "on what was taken back", o.Decide(ctx, o.leitung, id, v), fault.Conflict)
	o.must(t, services.SetFact(ctx, o.land, "einbuergerung", said))
	v.Seen = o.seen(t, id)
	o.must(t, o.Decide(ctx, o.leitung, id, v))
	body := string(o.record(t, o.referat, id).Body)
	for _, want := range []string{"Einmalig je Einheit (Widerspruch)", "4.500,00 €", "4.800,00 €", "Marktplatz"} {
		if !strings.Contains(body, want) {
			t.Errorf("the Vermerk lacks %q", want)
		}
	}
}

func TestADraftOfAnOpinionIsTheAskedOnesAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.requested(t)
	opinion := o.asked(t, id, "TLRZ", decision.TechnicalOpinion)
	tlrz := o.As(t, "tlrz")
	begun := decision.Answer{Version: 1, Result: decision.Negative, Note: "noch unsicher"}
	seen := o.seen(t, id)
	o.must(t, o.DraftOpinion(ctx, tlrz, opinion, begun))
	dbtest.Wants(t, "a draft on what a colleague drafted", o.DraftOpinion(ctx, tlrz, opinion, begun), fault.Conflict)
	dbtest.Wants(t, "an answer on what a colleague drafted", o.AnswerOpinion(ctx, tlrz, opinion, begun), fault.Conflict)
	for login, want := range map[string]fault.Kind{"kiv": fault.NotFound, "tmikl-referat": fault.Forbidden, "d-land": fault.Forbidden} {
		dbtest.Wants(t, login+" drafts", o.DraftOpinion(ctx, o.As(t, login), opinion, begun), want)
	}
	d := o.show(t, o.referat, id)
	if d.Opinions[0].Answered() || d.Opinions[0].Note != "" || d.Seen != seen || strings.Contains(trail(d), "unsicher") {
		t.Errorf("the ministry reads the draft: %+v, seen %d after %d", d.Opinions[0], d.Seen, seen)
	}
	rows := -1
	o.must(t, o.DB.Read(ctx, o.referat, access.DecisionView, func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*) FROM portal.opinion_draft`).Scan(&rows)
	}))
	a, err := o.ShowAsked(ctx, tlrz, opinion)
	o.must(t, err)
	if rows != 0 || a.Draft == nil || a.Draft.Note != begun.Note || a.Draft.Result != begun.Result || a.Version != 2 {
		t.Fatalf("the ministry selects %d drafts; TLRZ reads %+v of version %d", rows, a.Draft, a.Version)
	}
	begun.Version, begun.Result = 2, ""
	o.must(t, o.DraftOpinion(ctx, tlrz, opinion, begun))
	final := decision.Answer{Version: 3, Result: decision.Positive, Note: "geht"}
	o.must(t, o.AnswerOpinion(ctx, tlrz, opinion, final))
	o.must(t, o.AnswerOpinion(ctx, tlrz, opinion, final)) // a double click
	if a, err = o.ShowAsked(ctx, tlrz, opinion); err != nil || a.Draft != nil || a.Note != "geht" || a.Version != 4 {
		t.Errorf("afterwards: %+v, %v", a, err)
	}
	begun.Version = 4
	dbtest.Wants(t, "a draft of what is given", o.DraftOpinion(ctx, tlrz, opinion, begun), fault.Conflict)
	final.Version, final.Note = 4, "geht doch"
	o.must(t, o.AnswerOpinion(ctx, tlrz, opinion, final))
}
