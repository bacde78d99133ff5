package dashboard_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dashboard"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/workday"
)

// walker lets random people do random things.
type walker struct {
	world
	hurdles   *hurdle.Service
	decisions *decision.Service
	chance    *rand.Rand
	cases     []uuid.UUID
	done      map[string]int
}

var (
	walkers = []string{"16051", "16052", "16077"}
	readers = []string{"land", "tmdi-referat", "tlrz", "k16051", "k16077"}
)

// TestAPastDayKeepsItsFigures lets random people do random things while days pass. Each evening everybody's Lagebild is kept; in
// the end every past day has to list as many records as it counted then, and a picture that looks back says the same.
func TestAPastDayKeepsItsFigures(t *testing.T) {
	t.Parallel()
	w := walker{world: newWorld(t), chance: rand.New(rand.NewPCG(11, 5)), done: map[string]int{}}
	w.hurdles, w.decisions = hurdle.NewService(w.DB), decision.NewService(w.DB)
	w.rollIn("wohngeld")
	w.rollIn("einbuergerung")
	w.finishLand("einbuergerung")
	*w.now = w.now.AddDate(0, 1, 20) // by now, something is late
	kept, pillars := map[time.Time]map[string]map[string]int{}, map[time.Time][]dashboard.Pillar{}
	for range 16 {
		*w.now = w.now.AddDate(0, 0, 1+w.chance.IntN(3))
		for range 6 + w.chance.IntN(10) {
			w.randomAct()
		}
		kept[workday.Day(*w.now)], pillars[workday.Day(*w.now)] = w.evening(), w.summary().Pillars
	}
	*w.now = w.now.AddDate(0, 0, 1)
	moved := 0
	for day, was := range kept {
		for login, figures := range was {
			for key, count := range figures {
				found, known, err := w.On(t.Context(), w.as(login), key, day)
				w.must(err)
				total := 0
				if len(found) > 0 {
					total = found[0].Total
				}
				if !known || total != count {
					t.Errorf("%s as %s counted %d on %s, and now %d", key, login, count, day.Format(time.DateOnly), total)
				}
			}
		}
	}
	for _, login := range readers {
		p := w.picture(login)
		was, some := kept[p.Past.Since]
		for _, f := range dashboard.ThenFigures {
			if before := p.Before(f); some && (before == nil || *before != was[login][f.Key]) {
				t.Errorf("%s reads %v for %s on %s, want %d", login, before, f.Key, p.Past.Since.Format(time.DateOnly), was[login][f.Key])
			}
			if f.Of(p).Part != kept[workday.Day(*w.now).AddDate(0, 0, -1)][login][f.Key] {
				moved++
			}
		}
	}
	w.comparePillars(pillars)
	found, err := w.onboardings.VerifyProgress(t.Context(), w.as("land"))
	w.must(err)
	for _, d := range found {
		t.Error(d)
	}
	t.Logf("%v, %d figures changed overnight", w.done, moved)
	if w.done["step"] < 12 || w.done["state"] < 4 || w.done["met"] < 3 || w.done["worked"] < 3 || w.done["asked"] < 2 {
		t.Errorf("%v: the walk proves little", w.done)
	}
}

// evening is what everybody reads.
func (w walker) evening() map[string]map[string]int {
	w.t.Helper()
	read := map[string]map[string]int{}
	for _, login := range readers {
		p := w.picture(login)
		read[login] = map[string]int{}
		for _, f := range dashboard.ThenFigures {
			read[login][f.Key] = f.Of(p).Part
		}
	}
	return read
}

func (w walker) summary() *dashboard.Summary {
	w.t.Helper()
	s, err := w.Summary(w.t.Context(), w.as("gremium"))
	w.must(err)
	return s
}

// comparePillars asks how far the steps were on each day of the walk, and what a committee is told of the day that it compares with.
func (w walker) comparePillars(kept map[time.Time][]dashboard.Pillar) {
	w.t.Helper()
	last := w.summary()
	moved := 0
	for day, was := range kept {
		on, err := dashboard.PillarsOn(w.t.Context(), w.Service, w.as("gremium"), day)
		w.must(err)
		for i, p := range was {
			if on[i] != p.Share() {
				w.t.Errorf("pillar %d was %v on %s, and now %v", p.No, p.Share(), day.Format(time.DateOnly), on[i])
			}
			if told := last.Pillars[i].Before; day.Equal(last.Past.Since) && (told == nil || *told != p.Share()) {
				w.t.Errorf("a committee reads %v for pillar %d on %s, want %v", told, p.No, day.Format(time.DateOnly), p.Share())
			}
			if p.Share() != last.Pillars[i].Share() {
				moved++
			}
		}
	}
	if moved == 0 {
		w.t.Error("no pillar moved: the walk proves nothing")
	}
}

func (w *walker) randomAct() {
	w.t.Helper()
	body, slug := walkers[w.chance.IntN(len(walkers))], []string{"wohngeld", "einbuergerung"}[w.chance.IntN(2)]
	c, err := w.onboardings.Checklist(w.t.Context(), w.as("k"+body), body, slug, 1)
	w.must(err)
	step := c.Steps[w.chance.IntN(len(c.Steps))]
	for range 8 { // rather one that can be worked on
		if step.CanEdit() && step.Possible() {
			break
		}
		step = c.Steps[w.chance.IntN(len(c.Steps))]
	}
	what := ""
	switch w.chance.IntN(12) {
	case 0:
		what, err = "met", w.meet(body, slug, step.Key)
	case 1, 2:
		what, err = "worked", w.workOff(body)
	case 3:
		acts := append([]onboarding.Act{onboarding.Commit}, c.Acts...)
		resume := w.now.AddDate(0, 1, 0)
		what = "state"
		err = w.onboardings.ChangeState(w.t.Context(), w.as("k"+body), body, slug, onboarding.StateInput{Version: c.Version, Act: acts[w.chance.IntN(len(acts))], Reason: "So ist es", ResumeOn: &resume})
	case 4:
		acts := []onboarding.Act{onboarding.Pause, onboarding.Resume, onboarding.Pause, onboarding.Resume, onboarding.Exclude}
		resume := w.now.AddDate(0, 1, 0)
		what = "state"
		err = w.onboardings.ChangeState(w.t.Context(), w.as("land"), body, slug, onboarding.StateInput{Version: c.Version, Act: acts[w.chance.IntN(len(acts))], Reason: "So ist es", ResumeOn: &resume})
	case 5:
		what, err = "asked", w.askOrWithdraw()
	case 6:
		what = "date"
		err = w.onboardings.ChangeDate(w.t.Context(), w.as("land"), body, slug, onboarding.DateInput{Version: c.Version, On: workday.Day(*w.now).AddDate(0, 0, 1+w.chance.IntN(90)), Cause: onboarding.Causes[0], Reason: "So ist es"})
	default:
		to := []onboarding.StepState{onboarding.Done, onboarding.Done, onboarding.InProgress, onboarding.NotApplicable}[w.chance.IntN(4)]
		what = "step"
		err = w.onboardings.ChangeStep(w.t.Context(), w.as("k"+body), body, slug, step.Key, dbtest.Wish(step, to))
	}
	if err != nil && fault.KindOf(err) == fault.Internal {
		w.t.Fatal(err)
	}
	if err == nil && what != "" {
		w.done[what]++
	}
}

func (w *walker) meet(body, slug, step string) error {
	blocking := w.chance.IntN(4) > 0
	_, err := w.hurdles.Report(w.t.Context(), w.as("k"+body), hurdle.Where{Body: body, Service: slug, Step: step}, hurdle.Report{
		ID: uuid.New(), Text: "Zuständigkeit ungeklärt", Dimension: hurdle.Organisational, Blocking: &blocking,
	})
	return err
}

// workOff has the Land solve an obstacle, or a body say that it persists or concerns it no more.
func (w *walker) workOff(body string) error {
	found, err := w.hurdles.List(w.t.Context(), w.as("land"), hurdle.Filter{Any: true})
	w.must(err)
	if len(found.Found) == 0 {
		return fault.Missing()
	}
	o := found.Found[w.chance.IntN(len(found.Found))]
	switch w.chance.IntN(4) {
	case 0:
		return w.hurdles.Leave(w.t.Context(), w.as("k"+body), o.No)
	case 1:
		return w.hurdles.Persist(w.t.Context(), w.as("k"+body), o.No, o.Version, "Sie besteht noch")
	}
	acts := []hurdle.Act{hurdle.Confirm, hurdle.TakeUp, hurdle.Test, hurdle.Resolve, hurdle.Accept, hurdle.Reject, hurdle.Merge}
	return w.hurdles.Act(w.t.Context(), w.as("land"), o.No, hurdle.ActInput{Version: o.Version, Act: acts[w.chance.IntN(len(acts))], Text: "So geht es", Into: found.Found[w.chance.IntN(len(found.Found))].No, On: workday.Day(*w.now), To: "Bund"})
}

func (w *walker) askOrWithdraw() error {
	if len(w.cases) > 0 && w.chance.IntN(2) == 0 {
		id := w.cases[w.chance.IntN(len(w.cases))]
		c, err := w.decisions.Show(w.t.Context(), w.as("tmdi-referat"), id, 1)
		if err != nil {
			return err
		}
		return w.decisions.Withdraw(w.t.Context(), w.as("tmdi-referat"), id, decision.Because{Version: c.Version, Reason: "Kein Bedarf"})
	}
	choices, err := w.decisions.Choices(w.t.Context(), w.as("tmdi-referat"))
	if err != nil || len(choices) == 0 {
		return err
	}
	id := uuid.New()
	err = w.decisions.Request(w.t.Context(), w.as("tmdi-referat"), decision.Request{ID: id, ServiceSlug: choices[w.chance.IntN(len(choices))].ServiceSlug, Occasion: "Anfrage"})
	if err == nil {
		w.cases = append(w.cases, id)
	}
	return err
}
