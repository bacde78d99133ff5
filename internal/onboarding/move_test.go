package onboarding

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// TestMovesOverEverything walks every state × every wish × both kinds of step × every kind of hand. The list says
// what may happen to a possible step, written down a second time as people would say it. "reviewer" is somebody of
// another organisation than the one that submitted; they do nothing else.
func TestMovesOverEverything(t *testing.T) {
	t.Parallel()
	can := strings.Fields(`
		open>in_progress:all open>done:plain open>submitted:review open>not_applicable:coordinator
		in_progress>in_progress:all in_progress>done:plain in_progress>submitted:review in_progress>not_applicable:coordinator
		returned>in_progress:all returned>submitted:review returned>not_applicable:coordinator
		submitted>done:reviewer submitted>returned:reviewer submitted>in_progress:all
		done>in_progress:all not_applicable>in_progress:coordinator`)
	for _, from := range StepStates {
		for _, to := range StepStates {
			for _, review := range []bool{false, true} {
				for _, role := range []string{"editor", "coordinator", "reviewer"} {
					s := step("k_x", from)
					if review {
						s.Review = template.ByLand
					}
					rule := fmt.Sprintf("%s>%s:", from, to)
					works := role != "reviewer"
					want := works && (slices.Contains(can, rule+"all") || !review && slices.Contains(can, rule+"plain") ||
						review && slices.Contains(can, rule+"review")) || slices.Contains(can, rule+role)
					h := hand{person: uuid.New(), org: town, works: anyStep, checks: never, coordinator: role == "coordinator"}
					if !works {
						h = hand{person: uuid.New(), org: uuid.New(), works: never, checks: anyStep, coordinator: true}
					}
					_, err := s.moved(StepInput{Version: 1, To: to, Evidence: "da", Reason: "darum"}, h)
					if (err == nil) != want {
						t.Errorf("%s (review %v, %s): %v, want allowed %v", rule, review, role, err, want)
					}
					if got := slices.Contains(s.open(h), to); got != want {
						t.Errorf("%s (review %v, %s) offered: %v, want %v", rule, review, role, got, want)
					}
				}
			}
		}
	}
}

func TestMoveRefuses(t *testing.T) {
	t.Parallel()
	me := uuid.New()
	mine := hand{person: me, org: town, works: anyStep, checks: anyStep, coordinator: true}
	others := hand{person: me, org: uuid.New(), works: never, checks: never, coordinator: true}
	waiting := step("k_x", Open)
	waiting.WaitsFor = []Ref{{Title: "Eins"}, {Title: "Zwei"}, {Title: "Drei"}}
	submitted := step("k_x", Submitted)
	submitted.Review, submitted.SubmittedBy = template.ByLand, &me
	dated := step("k_x", Open)
	dated.Dated = true
	mine.today = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	unneeded := step("k_x", NotApplicable)
	unneeded.Unneeded, unneeded.Reason = true, "Entfällt: hier nicht."
	for name, c := range map[string]struct {
		step Step
		in   StepInput
		hand hand
		kind fault.Kind
		text string
	}{
		"a stale version":          {step("k_x", Open), StepInput{Version: 7, To: InProgress}, mine, fault.Conflict, "inzwischen geändert"},
		"somebody else's step":     {step("k_x", Open), StepInput{Version: 1, To: InProgress}, others, fault.Forbidden, "anderen Stelle"},
		"starting too early":       {waiting, StepInput{Version: 1, To: InProgress}, mine, fault.Conflict, "„Eins“, „Zwei“ und „Drei“"},
		"finishing too early":      {waiting, StepInput{Version: 1, To: Done, Evidence: "da"}, mine, fault.Conflict, "noch nicht möglich"},
		"no evidence":              {step("k_x", Open), StepInput{Version: 1, To: Done}, mine, fault.Invalid, "Gefragt ist: Vermerk."},
		"no reason":                {step("k_x", Open), StepInput{Version: 1, To: NotApplicable}, mine, fault.Invalid, "Grund"},
		"reopening without reason": {step("k_x", Done), StepInput{Version: 1, To: InProgress}, mine, fault.Invalid, "Grund"},
		"a secret":                 {step("k_x", Open), StepInput{Version: 1, To: Done, Evidence: "Passwort: geheim1"}, mine, fault.Invalid, "Passwörter"},
		"not a link":               {step("k_x", Open), StepInput{Version: 1, To: Done, EvidenceURL: "javascript:alert(1)"}, mine, fault.Invalid, "https://"},
		"a link with a password":   {step("k_x", Open), StepInput{Version: 1, To: Done, EvidenceURL: "https://a:b@example.org/"}, mine, fault.Invalid, "Zugangsdaten"},
		"taking back another's":    {submitted, StepInput{Version: 1, To: InProgress}, hand{person: me, org: uuid.New(), works: anyStep, checks: never}, fault.Conflict, "die eingereicht hat"},
		"reviewing oneself":        {submitted, StepInput{Version: 1, To: Done}, mine, fault.Forbidden, "prüft nicht selbst"},
		"reviewing for others":     {submitted, StepInput{Version: 1, To: Done}, hand{person: me, org: uuid.New(), works: anyStep, checks: never}, fault.Forbidden, "anderen Stelle"},
		"returning without reason": {submitted, StepInput{Version: 1, To: Returned}, hand{person: me, org: uuid.New(), works: never, checks: anyStep}, fault.Invalid, "Grund"},
		"expiring without a day":   {dated, StepInput{Version: 1, To: Done, Evidence: "da"}, mine, fault.Invalid, "bis wann der Nachweis gilt"},
		"expired already":          {dated, StepInput{Version: 1, To: Done, Evidence: "da", ValidUntil: &mine.today}, mine, fault.Invalid, "vorbei"},
		"what the service lacks":   {unneeded, StepInput{Version: 1, To: InProgress, Reason: "doch"}, mine, fault.Conflict, "hier nicht"},
		"an unknown state":         {step("k_x", Open), StepInput{Version: 1, To: "gone"}, mine, fault.Conflict, "Von dort geht das nicht"},
	} {
		_, err := c.step.moved(c.in, c.hand)
		text := fmt.Sprint(err)
		if f, ok := err.(*fault.Fault); ok && len(f.Fields) > 0 {
			text = f.Fields[0].Text
		}
		if fault.KindOf(err) != c.kind || !strings.Contains(text, c.text) {
			t.Errorf("%s: %q (kind %d), want %q (kind %d)", name, text, fault.KindOf(err), c.text, c.kind)
		}
	}
}

func TestEvidenceAcceptsLinksAndPlainWords(t *testing.T) {
	t.Parallel()
	for _, in := range []StepInput{
		{Evidence: "Passwörter liegen im Tresor, private Schlüssel bei der IT."},
		{EvidenceURL: " HTTPS://example.org/a?b=c#d "},
		{EvidenceURL: "http://intranet/vermerk"},
	} {
		in.Version, in.To = 1, Done
		if _, err := step("k_x", Open).moved(in.tidy(), hand{person: uuid.New(), org: town, works: anyStep, checks: never}); err != nil {
			t.Errorf("%+v: %v", in, err)
		}
	}
	if got := (StepInput{EvidenceURL: " HTTPS://example.org/A "}).tidy().EvidenceURL; got != "https://example.org/A" {
		t.Errorf("tidy link: %q", got)
	}
}

// TestTurnsOverEverything walks every state × act × role. A line of the list is act:role, then where it may begin and
// where it leads; "steps" means that the steps say it.
func TestTurnsOverEverything(t *testing.T) {
	t.Parallel()
	early := "not_started interested committed preparing connecting testing ready"
	want := map[string]string{}
	for _, line := range []struct{ act, role, from, to string }{
		{"commit", "KK", "not_started interested", "committed"},
		{"decline", "KK", early + " paused", "declined"},
		{"rejoin", "KK", "declined", "not_started"},
		{"pause", "LK", early, "paused"},
		{"resume", "LK", "paused not_applicable decommissioned", "not_started"},
		{"exclude", "LK", early + " paused declined", "not_applicable"},
		{"decommission", "LK", "live operating", "decommissioned"},
	} {
		for _, from := range strings.Fields(line.from) {
			want[line.act+":"+line.role+":"+from] = line.to
		}
	}
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	later := now.AddDate(0, 1, 0)
	body := uuid.New()
	for _, from := range States {
		for _, act := range Acts {
			for _, role := range access.Roles {
				who := access.Actor{Role: role, Org: access.Org{ID: body}}
				c := &Checklist{Onboarding: Onboarding{BodyID: body, State: from, Version: 3}}
				key := fmt.Sprintf("%s:%s:%s", act, role, from)
				got, err := c.turned(StateInput{Version: 3, Act: act, Reason: "darum", ResumeOn: &later}, who, now, workday.Day(now))
				if state, ok := want[key]; ok != (err == nil) || ok && string(got.State) != state {
					t.Errorf("%s: %s, %v, want %q", key, got.State, err, state)
				}
				if _, ok := want[key]; ok != slices.Contains(actsFor(who, c.Onboarding), act) {
					t.Errorf("%s: offered %v, want %v", key, !ok, ok)
				}
			}
		}
	}
}

func TestActsAskForReasonAndDay(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	for act, want := range map[Act]int{Commit: 0, Decline: 1, Pause: 2, Exclude: 1} {
		role := access.StateCoordinator
		if act == Commit || act == Decline {
			role = access.BodyCoordinator
		}
		c := &Checklist{Onboarding: Onboarding{State: NotStarted}}
		_, err := c.turned(StateInput{Act: act, ResumeOn: &today}, access.Actor{Role: role}, today, today)
		fields := 0
		if f, ok := err.(*fault.Fault); ok {
			fields = len(f.Fields)
		}
		if fields != want {
			t.Errorf("%s: %v with %d fields, want %d", act, err, fields, want)
		}
	}
}

func TestSuggestedState(t *testing.T) {
	t.Parallel()
	live := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		onboarding Onboarding
		states     map[string]StepState
		want       State
	}{
		"nothing":                           {Onboarding{}, nil, NotStarted},
		"only basis steps":                  {Onboarding{}, map[string]StepState{"k_cert": Done}, NotStarted},
		"kickoff in work":                   {Onboarding{}, map[string]StepState{"k_kickoff": InProgress}, Interested},
		"kickoff done":                      {Onboarding{}, map[string]StepState{"k_kickoff": Done}, Committed},
		"kickoff falls away":                {Onboarding{}, map[string]StepState{"k_kickoff": NotApplicable}, Committed},
		"committed by an act":               {Onboarding{CommittedAt: &live}, nil, Committed},
		"process in work":                   {Onboarding{CommittedAt: &live}, map[string]StepState{"k_process": InProgress}, Preparing},
		"support begins early":              {Onboarding{CommittedAt: &live}, map[string]StepState{"k_support": Done}, Committed},
		"variant submitted":                 {Onboarding{}, map[string]StepState{"k_variant": Submitted}, Connecting},
		"a fallen step starts nothing":      {Onboarding{}, map[string]StepState{"k_variant": NotApplicable}, NotStarted},
		"test in work":                      {Onboarding{}, map[string]StepState{"k_variant": Done, "k_test": InProgress}, Testing},
		"everything before the gate":        {Onboarding{}, map[string]StepState{"k_kickoff": Done, "k_process": NotApplicable, "k_variant": Done, "k_test": Done, "k_support": Done}, Ready},
		"live":                              {Onboarding{LiveOn: &live}, nil, Live},
		"hypercare done":                    {Onboarding{LiveOn: &live}, map[string]StepState{"k_hypercare": Done}, Operating},
		"paused stays paused":               {Onboarding{State: Paused}, map[string]StepState{"k_kickoff": Done}, Paused},
		"decommissioned stays out of order": {Onboarding{State: Decommissioned, LiveOn: &live}, nil, Decommissioned},
	} {
		if got := small(c.onboarding, c.states).suggested(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// small is a checklist with one step of each kind.
func small(o Onboarding, states map[string]StepState) *Checklist {
	if o.State == "" {
		o.State = NotStarted
	}
	var steps []Step
	add := func(key string, scope template.Scope, phase template.Phase, before ...string) {
		s := step(key, Open)
		s.No, s.Scope, s.Phase, s.Predecessors = len(steps)+1, scope, phase, before
		if state, ok := states[key]; ok {
			s.State = state
		}
		steps = append(steps, s)
	}
	add("k_kickoff", template.Kommune, template.Preparation)
	add("k_process", template.Kommune, template.Organisation, "k_kickoff")
	add("k_cert", template.Basis, template.Technology, "k_variant")
	add("k_variant", template.Kommune, template.Technology, "k_kickoff")
	add("k_support", template.Kommune, template.Test, "k_kickoff")
	add("k_test", template.Kommune, template.Test, "k_cert", "k_process")
	add("k_golive", template.Kommune, template.GoLive, "k_test", "k_support")
	add("k_hypercare", template.Kommune, template.Operation, "k_golive")
	return newChecklist(o, steps, time.Time{}, access.Actor{})
}

func TestNextIsTheMostUrgentPossibleStep(t *testing.T) {
	t.Parallel()
	c := small(Onboarding{}, nil)
	if next := c.Next(); next == nil || next.Key != "k_kickoff" {
		t.Errorf("at first: %v", next)
	}
	c = small(Onboarding{}, map[string]StepState{"k_kickoff": Done})
	for i := range c.Steps {
		c.Steps[i].DueOn = time.Date(2026, 1, 30-i, 0, 0, 0, 0, time.UTC)
	}
	if next := c.Next(); next == nil || next.Key != "k_support" {
		t.Errorf("then: %v, want k_support, which is due first of what is possible", next)
	}
	if next := small(Onboarding{State: Paused}, nil).Next(); next != nil {
		t.Errorf("while paused: %v, want none", next)
	}
}

func TestABasisStepDoneElsewhereKeepsItsPlace(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		states map[string]StepState
		want   []string
	}{
		"nothing done":                  {nil, []string{"k_process", "k_cert"}},
		"the certificate is there":      {map[string]StepState{"k_cert": Done}, []string{"k_process", "k_variant"}},
		"and its place is reached":      {map[string]StepState{"k_cert": Done, "k_variant": Done}, []string{"k_process"}},
		"what falls away passes it on":  {map[string]StepState{"k_cert": NotApplicable}, []string{"k_process", "k_variant"}},
		"what falls away here does not": {map[string]StepState{"k_cert": Done, "k_variant": NotApplicable, "k_process": NotApplicable}, nil},
	} {
		s, _ := small(Onboarding{}, c.states).Find("k_test")
		var got []string
		for _, r := range s.WaitsFor {
			got = append(got, r.Key)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: waits for %v, want %v", name, got, c.want)
		}
	}
}

func TestMissingLooksAllTheWayBack(t *testing.T) {
	t.Parallel()
	c := small(Onboarding{}, map[string]StepState{"k_test": Done, "k_support": Done, "k_kickoff": NotApplicable, "k_process": Done})
	var got []string
	for _, r := range c.Missing() {
		got = append(got, r.Key)
	}
	if want := []string{"k_cert", "k_variant"}; !slices.Equal(got, want) {
		t.Errorf("missing %v, want %v", got, want)
	}
}

// TestOverdueMeansDueAndUnfinished holds the meaning that the lists and figures have, too: waiting for others does
// not stop the clock, a resting onboarding does.
func TestOverdueMeansDueAndUnfinished(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	first, second := step("a", Open), step("b", Open)
	first.DueOn, second.DueOn, second.Predecessors = today.AddDate(0, 0, -1), today.AddDate(0, 0, -1), []string{"a"}
	c := newChecklist(Onboarding{State: Preparing}, []Step{first, second}, today, access.Actor{})
	if !c.Steps[0].Overdue || !c.Steps[1].Overdue || c.Steps[1].Possible() {
		t.Errorf("overdue: %v, %v; second possible: %v", c.Steps[0].Overdue, c.Steps[1].Overdue, c.Steps[1].Possible())
	}
	if c := newChecklist(Onboarding{State: Paused}, []Step{first}, today, access.Actor{}); c.Steps[0].Overdue {
		t.Error("a step of a paused onboarding is overdue")
	}
	first.DueOn = today
	if c := newChecklist(Onboarding{}, []Step{first}, today, access.Actor{}); c.Steps[0].Overdue {
		t.Error("a step is overdue on the day it is due")
	}
}

// town is the organisation that works on the steps of these tests.
var town = uuid.New()

func step(key string, state StepState) Step {
	s := Step{State: state, Version: 1}
	if state == Submitted {
		s.SubmittedOrg = &town
	}
	s.Key, s.Title, s.Evidence, s.Scope = key, key, "Vermerk", template.Kommune
	return s
}

func anyStep(Step) bool { return true }
