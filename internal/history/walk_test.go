package history_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/history"
	"rollinportal/internal/onboarding"
)

// TestNoLaterActChangesAPastStichtag lets random people do random things while days pass. Each evening the report is
// counted from first facts and kept as it reads; in the end every past day has to read the same to the letter.
func TestNoLaterActChangesAPastStichtag(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug)
	bodies := []string{"16051", "16052", "16053", "16054"}
	for _, body := range bodies {
		w.prepare(body, slug)
	}
	chance := rand.New(rand.NewPCG(7, 31))
	kept := map[time.Time]string{}
	done := map[string]int{}
	for range 60 {
		w.later(1 + chance.IntN(4))
		for range chance.IntN(6) {
			if what := w.randomAct(chance, bodies[chance.IntN(len(bodies))]); what != "" {
				done[what]++
			}
		}
		w.recount()
		w.sumsAgree()
		kept[w.today()] = w.reads(w.today())
	}
	w.later(1)
	for day, was := range kept {
		if now := w.reads(day); now != was {
			t.Errorf("%s read\n%s\nand now\n%s", day.Format(time.DateOnly), was, now)
		}
	}
	w.verify()
	if done["moved"] < 5 || done["live"] < 3 || done["corrected"] < 5 || done["acted"] < 10 {
		t.Errorf("%v: the walk proves little", done)
	}
}

// reads is a report, with everything that it says.
func (w world) reads(day time.Time) string {
	r := w.report("land", history.Question{Day: day, Since: day.AddDate(0, 0, -10)})
	return fmt.Sprintf("%+v\n%+v\n%+v\n%+v", r.Figures(), r.Earlier(), r.Changes(), r.Months())
}

// sumsAgree compares what the Lagebild sums up with the report of the same day, for everybody who reads both.
func (w world) sumsAgree() {
	w.t.Helper()
	for _, login := range []string{"land", "gremium", "tmdi-referat", "tmikl-referat", "tlrz", "k16051", "k16054"} {
		got := w.course(login)
		if want := w.report(login, history.Question{}).Course(); !reflect.DeepEqual(got, want) {
			w.t.Errorf("%s, %s: the Lagebild sums up\n%+v\nand the report\n%+v", w.today().Format(time.DateOnly), login, got, want)
		}
	}
}

func (w world) course(login string) history.Course {
	w.t.Helper()
	c, err := history.ReadCourse(w.t.Context(), w.DB, w.as(login))
	w.must(err)
	return c
}

// listsAgree compares every figure of today's report with the ways that it picks.
func (w world) listsAgree() {
	w.t.Helper()
	r := w.report("land", history.Question{})
	f := r.Figures()
	for kind, want := range map[*history.Kind]int{&history.Live: f.Live, &history.Counting: f.Whole, &history.InWork: f.InWork, &history.Paused: f.Paused} {
		if got := len(r.Pick(*kind, "")); got != want {
			w.t.Errorf("%s: %d, and a list of %d", kind.Name, want, got)
		}
	}
	for _, m := range r.Months() {
		for _, column := range history.Columns {
			if got := len(r.InMonth(column, m.First)); got != column.Of(m) {
				w.t.Errorf("%s, %s: %d, and a list of %d", m.First.Format("2006-01"), column.Name, column.Of(m), got)
			}
		}
	}
}

// recount compares today's figures with what the onboardings themselves say.
func (w world) recount() {
	w.t.Helper()
	got := w.report("land", history.Question{}).Figures()
	counted := func(condition string) int {
		return dbtest.Admin[int](w.t, w.World, `SELECT count(*)::int FROM portal.onboarding o JOIN portal.service v USING (land_id, service_id)
			WHERE v.slug = 'wohngeld' AND `+condition)
	}
	want := history.Figures{
		Live: counted(`o.state IN ('live', 'operating')`), Whole: counted(`o.state <> 'not_applicable'`), Paused: counted(`o.state = 'paused'`),
		InWork: counted(`o.state IN ('committed', 'preparing', 'connecting', 'testing', 'ready')`), Services: 1,
	}
	w.listsAgree()
	if got != want {
		w.t.Errorf("%s: the report says %+v, the onboardings %+v", w.today().Format(time.DateOnly), got, want)
	}
}

// randomAct tries something and says what was done, "" if nothing.
func (w world) randomAct(chance *rand.Rand, body string) string {
	w.t.Helper()
	c, ctx := w.checklist(body, slug), w.t.Context()
	some := func(days int) time.Time { return w.today().AddDate(0, 0, days) }
	var err error
	what := ""
	switch chance.IntN(6) {
	case 0, 1:
		what = "moved"
		err = w.onboardings.ChangeDate(ctx, w.as("land"), body, slug, onboarding.DateInput{
			Version: c.Version, On: some(1 + chance.IntN(200)), Cause: onboarding.Causes[chance.IntN(len(onboarding.Causes))], Reason: "So ist es",
		})
	case 2:
		what = "corrected"
		err = w.onboardings.ChangeDate(ctx, w.as("k"+body), body, slug, onboarding.DateInput{Version: c.Version, On: some(-chance.IntN(30)), Reason: "Zahlendreher"})
	case 3:
		what = "live"
		err = w.onboardings.GoLive(ctx, w.as("k"+body), body, slug, onboarding.GoLiveInput{Version: c.Version, On: some(-chance.IntN(20)), Evidence: "Antrag 1"})
	default:
		what = "acted"
		who := w.as([]string{"land", "k" + body}[chance.IntN(2)])
		seen, readErr := w.onboardings.Checklist(ctx, who, body, slug, 1)
		w.must(readErr)
		acts, resume := append(seen.Acts, onboarding.Commit), some(60)
		err = w.onboardings.ChangeState(ctx, who, body, slug, onboarding.StateInput{
			Version: c.Version, Act: acts[chance.IntN(len(acts))], Reason: "So ist es", ResumeOn: &resume,
		})
	}
	if err != nil && fault.KindOf(err) == fault.Internal {
		w.t.Fatal(err)
	}
	if err != nil {
		return ""
	}
	return what
}
