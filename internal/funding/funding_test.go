package funding_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/catalog"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/economics"
	"rollinportal/internal/fault"
	"rollinportal/internal/funding"
	"rollinportal/internal/jobs"
	"rollinportal/internal/postgres"
)

const slug = "einbuergerung" // of the TMIKL

type world struct {
	*dbtest.World
	*funding.Service
	t   *testing.T
	now *time.Time
}

func newWorld(t *testing.T) world {
	t.Helper()
	now := time.Date(2027, 1, 1, 9, 0, 0, 0, time.UTC)
	w := dbtest.New(t, postgres.WithClock(func() time.Time { return now }))
	return world{w, funding.NewService(w.DB), t, &now}
}

func (w world) as(login string) access.Actor { return w.As(w.t, login) }

func (w world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func on(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func grant() funding.Record {
	return funding.Record{
		ID: uuid.New(), Kind: funding.Grant, Purpose: funding.Connection, Payer: economics.Land, Cents: 25_000_000, From: on(2026, 1, 1), To: on(2027, 12, 31),
		Reservation: "vorbehaltlich des Haushalts 2027", Source: "Titel 12 34 (erfunden)", PayerAfter: "die Kommunen",
	}
}

func (w world) told(org string) int {
	return dbtest.Admin[int](w.t, w.World, `
		SELECT count(DISTINCT n.key) FROM portal.notice n JOIN portal.organisation o USING (land_id, org_id) WHERE n.kind = 'funding.ends' AND o.key = $1`, org)
}

func TestARecordIsWrittenOnceAndCorrectedByVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := grant()
	w.must(w.Save(t.Context(), w.as("land"), slug, r))
	w.must(w.Save(t.Context(), w.as("land"), slug, r)) // a second click
	r.Version, r.Cents = 1, 30_000_000
	w.must(w.Save(t.Context(), w.as("tmikl-referat"), slug, r))
	w.must(w.Save(t.Context(), w.as("tmikl-referat"), slug, r)) // a second click
	r.Cents = 1
	if err := w.Save(t.Context(), w.as("land2"), slug, r); fault.KindOf(err) != fault.Conflict {
		t.Errorf("an old version: %v", err)
	}
	p, err := w.Page(t.Context(), w.as("redaktion"), slug)
	w.must(err)
	if len(p.Records) != 1 || p.Records[0].Cents != 30_000_000 || p.Records[0].Version != 2 || !p.Records[0].To.Equal(r.To) {
		t.Errorf("records: %+v", p.Records)
	}
}

func TestOnlyTheLandAndTheMinistryInChargeKeepIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.Save(t.Context(), w.as("land"), slug, grant()))
	for login, want := range map[string]fault.Kind{
		"tmdi-referat": fault.NotFound, "d-land": fault.NotFound, "d-min-referat": fault.NotFound,
		"tmikl-leser": fault.Forbidden, "redaktion": fault.Forbidden, "k16051": fault.Forbidden, "tlrz": fault.Forbidden,
	} {
		if err := w.Save(t.Context(), w.as(login), slug, grant()); fault.KindOf(err) != want {
			t.Errorf("%s writes: %v, want %v", login, err, want)
		}
	}
	if _, err := w.Page(t.Context(), w.as("tmdi-referat"), slug); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another ministry reads: %v", err)
	}
	if n := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.funding`); n != 1 {
		t.Errorf("%d records, want 1", n)
	}
}

func TestWhatDoesNotHoldIsNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, tt := range map[string]struct {
		change func(*funding.Record)
		field  string
	}{
		"a negative amount":   {func(r *funding.Record) { r.Cents = -5 }, "amount"},
		"nothing":             {func(r *funding.Record) { r.Cents = 0 }, "amount"},
		"an absurd amount":    {func(r *funding.Record) { r.Cents = economics.MaxCents + 1 }, "amount"},
		"an end in the past":  {func(r *funding.Record) { r.To = on(2026, 12, 31) }, "to"},
		"an end before start": {func(r *funding.Record) { r.From = on(2028, 1, 1) }, "to"},
		"a term of a life":    {func(r *funding.Record) { r.To = on(2099, 1, 1) }, "to"},
		"no source":           {func(r *funding.Record) { r.Source = " " }, "source"},
		"a foreign payer":     {func(r *funding.Record) { r.Payer = "eu" }, "payer"},
		"a long text":         {func(r *funding.Record) { r.PayerAfter = strings.Repeat("ä", 501) }, "payer_after"},
	} {
		r := grant()
		tt.change(&r)
		f, ok := errors.AsType[*fault.Fault](w.Save(t.Context(), w.as("land"), slug, r))
		if !ok || f.Kind != fault.Invalid || f.Fields[0].Name != tt.field {
			t.Errorf("%s: %v, want a sentence at %s", name, f, tt.field)
		}
	}
}

func TestTownsReadWhoPaysAndNeverHowMuch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	contract := grant()
	contract.Kind = funding.Contract
	w.must(w.Save(t.Context(), w.as("land"), slug, grant()))
	w.must(w.Save(t.Context(), w.as("land"), slug, contract))
	dbtest.Admin[string](t, w.World, `UPDATE portal.service SET published_at = now() WHERE slug = $1 AND land_id = (SELECT land_id FROM portal.land WHERE key = 'thueringen') RETURNING slug`, slug)
	found, err := catalog.New(w.DB).Show(t.Context(), w.as("k16051"), slug, 1)
	w.must(err)
	want := []funding.Borne{{Purpose: funding.Connection, Payer: economics.Land, Until: on(2027, 12, 31), Reserved: true, PayerAfter: "die Kommunen"}}
	if !slices.EqualFunc(found.Funding, want, func(a, b funding.Borne) bool {
		same := a.Until.Equal(b.Until)
		a.Until = b.Until
		return same && a == b
	}) {
		t.Errorf("Erfurt reads %+v, want %+v", found.Funding, want)
	}
	rows := 0
	w.must(w.DB.Read(t.Context(), w.as("k16051"), access.ServiceView, func(tx *postgres.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT count(*) FROM portal.funding`).Scan(&rows)
	}))
	if rows != 0 {
		t.Errorf("Erfurt sees %d rows of the table itself", rows)
	}
}

func TestEndsAreToldOnceForEachDayAndThreshold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := grant()
	r.To = on(2027, 6, 30)
	w.must(w.Save(t.Context(), w.as("land"), slug, r))
	sweep := func(day time.Time, want int) {
		t.Helper()
		*w.now = day.Add(9 * time.Hour)
		for range 2 {
			w.must(w.Sweep(t.Context(), w.as("land")))
		}
		if land, ministry, other := w.told("TMDI-OZG"), w.told("TMIKL"), w.told("TMDI"); land != want || ministry != want || other != 0 {
			t.Errorf("%s: the Land heard %d, the ministry %d, another %d; want %d", day.Format(time.DateOnly), land, ministry, other, want)
		}
	}
	sweep(on(2027, 4, 30), 0) // 61 days
	sweep(on(2027, 5, 1), 1)  // 60
	sweep(on(2027, 6, 15), 1) // 15
	sweep(on(2027, 6, 16), 2) // 14
	sweep(on(2027, 6, 30), 2)
	r.Version, r.To = 1, on(2027, 8, 1)
	w.must(w.Save(t.Context(), w.as("land"), slug, r))
	sweep(on(2027, 6, 30), 3) // moved, and near again
	sweep(on(2027, 8, 2), 3)
}

func TestAPriceBindingOfADecisionIsADeadlineAndNothingElseOfItIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	decided := dbtest.Admin[uuid.UUID](t, w.World, `
		INSERT INTO portal.decision (land_id, org_id, decision_id, service_id, no, state, requested_by, requested_at, submitted_by, decided_by, decided_at, reason, state_since)
		SELECT m.land_id, m.org_id, gen_random_uuid(), s.service_id, 1, 'in_review', gen_random_uuid(), now(), gen_random_uuid(), gen_random_uuid(), now(), 'geeignet', now()
		FROM portal.organisation m JOIN portal.service s ON s.land_id = m.land_id AND s.slug = $1
		WHERE m.key = 'TMIKL'
		RETURNING decision_id`, slug)
	dbtest.Admin[int](t, w.World, `
		INSERT INTO portal.assessment (land_id, org_id, decision_id, first_year, years, rate_bp, rate_source, cases, cases_source, hour_cents, hour_source, price_until, payer_after, saved_by, saved_at)
		SELECT land_id, org_id, decision_id, 2027, 5, 100, 'x', 1, 'x', 1, 'x', '2027-02-10', 'geheim', gen_random_uuid(), now()
		FROM portal.decision WHERE decision_id = $1
		RETURNING 1`, decided)
	dbtest.Admin[int](t, w.World, `UPDATE portal.decision SET state = 'approved', outcome = 'approved' WHERE decision_id = $1 RETURNING 1`, decided)
	for login, want := range map[string]int{"land": 1, "tmikl-leser": 1, "tmdi-referat": 0, "d-land": 0} {
		found, _, err := w.Deadlines(t.Context(), w.as(login), 1)
		w.must(err)
		if len(found) != want || want == 1 && (found[0].Kind != funding.Price || !found[0].On.Equal(on(2027, 2, 10))) {
			t.Errorf("%s finds %+v, want %d", login, found, want)
		}
	}
	if _, _, err := w.Deadlines(t.Context(), w.as("k16051"), 1); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("Erfurt lists deadlines: %v", err)
	}
}

func TestMinistryAndLandAreToldOfEveryKindOfEndByMail(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	until := on(2027, 6, 30)
	w.ApproveUntil(t, slug, *w.now, &until, "price_bound_until = '2027-06-30'")
	for _, kind := range funding.Kinds {
		r := grant()
		r.Kind, r.To = kind, until
		w.must(w.Save(t.Context(), w.as("land"), slug, r))
	}
	worker, err := jobs.Actor(t.Context(), w.Work, w.as("land").Land.ID, uuid.Nil)
	w.must(err)
	for _, days := range []int{60, 14} {
		*w.now = until.AddDate(0, 0, -days).Add(9 * time.Hour)
		w.must(funding.NewService(w.Work).Sweep(t.Context(), worker))
		distance := strconv.Itoa(days)
		for _, login := range []string{"tmikl-referat", "tmikl-leitung", "land"} {
			found := dbtest.Admin[string](t, w.World, `
				SELECT coalesce(string_agg(n.text, E'\n' ORDER BY n.text), '')
				FROM portal.notice n JOIN auth.person p USING (person_id)
				WHERE n.kind = 'funding.ends' AND n.mail = 'due' AND p.subject = $1 AND n.key LIKE '%/' || $2`, login, distance)
			for _, what := range []string{"Der Beschluss zu „Einbürgerung“ gilt bis 30.06.2027.", "Förderung zu", "Vertrag zu", "Preisbindung zu"} {
				if strings.Count(found, what) != 1 {
					t.Errorf("%s days before, %s reads %q, want one that says %q", distance, login, found, what)
				}
			}
		}
	}
	found, _, err := w.Deadlines(t.Context(), w.as("tmikl-leser"), 1)
	w.must(err)
	if len(found) != 4 || !slices.ContainsFunc(found, func(d funding.Deadline) bool { return d.Kind == funding.Approval && d.On.Equal(until) }) {
		t.Errorf("the register has %+v", found)
	}
}

func TestTwoWritersAtOnceLeaveOneResult(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := grant()
	w.must(w.Save(t.Context(), w.as("land"), slug, r))
	r.Version = 1
	faults := make([]error, 2)
	var both sync.WaitGroup
	for i, login := range []string{"land", "tmikl-referat"} {
		mine, who := r, w.as(login)
		mine.Cents = int64(100 * (i + 1))
		both.Go(func() { faults[i] = w.Save(t.Context(), who, slug, mine) })
	}
	both.Wait()
	if (faults[0] == nil) == (faults[1] == nil) || fault.KindOf(errors.Join(faults...)) != fault.Conflict {
		t.Errorf("one of the two must win and the other hear of it: %v", faults)
	}
}

func TestAWithdrawnRecordIsReadByItsKeepersAndEndsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := grant()
	r.To = on(2027, 1, 31)
	w.must(w.Save(t.Context(), w.as("land"), slug, r))
	back := funding.Withdrawal{Version: 1, Reason: "Die Mittel kamen nicht."}
	for login, want := range map[string]fault.Kind{"tmdi-referat": fault.NotFound, "d-land": fault.NotFound, "tmikl-leser": fault.Forbidden, "k16051": fault.Forbidden} {
		if err := w.Withdraw(t.Context(), w.as(login), slug, r.ID, back); fault.KindOf(err) != want {
			t.Errorf("%s withdraws: %v, want %v", login, err, want)
		}
	}
	if err := w.Withdraw(t.Context(), w.as("land"), slug, r.ID, funding.Withdrawal{Version: 1, Reason: " "}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("without a reason: %v", err)
	}
	w.must(w.Withdraw(t.Context(), w.as("tmikl-referat"), slug, r.ID, back))
	w.must(w.Withdraw(t.Context(), w.as("tmikl-referat"), slug, r.ID, back)) // a second click
	r.Version, r.Cents = 2, 1
	for name, err := range map[string]error{
		"changed afterwards": w.Save(t.Context(), w.as("land"), slug, r),
		"withdrawn again":    w.Withdraw(t.Context(), w.as("land"), slug, r.ID, funding.Withdrawal{Version: 2, Reason: "noch einmal"}),
	} {
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("%s: %v", name, err)
		}
	}
	p, err := w.Page(t.Context(), w.as("redaktion"), slug)
	w.must(err)
	if len(p.Records) != 1 || !p.Records[0].Withdrawn() || p.Records[0].WhyWithdrawn != back.Reason || p.Records[0].Cents != 25_000_000 {
		t.Errorf("the Land reads %+v", p.Records)
	}
	w.must(w.Sweep(t.Context(), w.as("land")))
	if found, _, err := w.Deadlines(t.Context(), w.as("land"), 1); err != nil || len(found) != 0 || w.told("TMIKL") != 0 {
		t.Errorf("it still ends: %+v, %v, told %d", found, err, w.told("TMIKL"))
	}
	borne := 0
	changed := int64(-1)
	w.must(w.DB.Read(t.Context(), w.as("k16051"), access.ServiceView, func(tx *postgres.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT count(*) FROM portal.service s CROSS JOIN ctx.funding(s.service_id) WHERE s.land_id = $1`, tx.Land()).Scan(&borne)
	}))
	_ = w.DB.Write(t.Context(), w.as("land"), access.FundingEdit, func(tx *postgres.Tx) error {
		tag, err := tx.Exec(t.Context(), `UPDATE portal.funding SET withdrawn_at = NULL, withdrawn_by = NULL, withdrawn_reason = '' WHERE land_id = $1`, tx.Land())
		w.must(err)
		changed = tag.RowsAffected()
		return postgres.ErrRepeated
	})
	if borne != 0 || changed != 0 {
		t.Errorf("Erfurt reads %d withdrawn fundings; SQL brought %d back", borne, changed)
	}
}
