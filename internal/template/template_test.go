package template

import (
	"encoding/csv"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/workday"
)

// musterprojektvorlage reads the seed file without the import, whose errors these tests should not share.
func musterprojektvorlage(t *testing.T) []Step {
	t.Helper()
	file, err := os.Open("../demo/seed/musterprojektvorlage.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var steps []Step
	for _, r := range rows[1:] {
		s := Step{
			Key: r[1], Title: r[2], Description: r[3], Phase: Phase(r[5]), Responsible: Responsible(r[6]),
			Predecessors: strings.Fields(r[7]), Scope: Scope(r[10]), Evidence: r[11],
			Review: Responsible(r[13]), Dated: r[14] == "ja",
		}
		s.No, _ = strconv.Atoi(r[0])
		s.Pillar, _ = strconv.Atoi(r[4])
		s.DurationDays, _ = strconv.Atoi(r[8])
		s.RepeatMonths, _ = strconv.Atoi(r[9])
		for _, c := range strings.Fields(r[12]) {
			s.Conditions = append(s.Conditions, Condition(c))
		}
		steps = append(steps, s)
	}
	return steps
}

// reviewed are the steps that another organisation checks.
var reviewed = map[string]Responsible{"k_declaration": ByLand, "k_tenant_req": ByProvider, "k_release": ByLand}

func TestMusterprojektvorlageIsValid(t *testing.T) {
	t.Parallel()
	steps := musterprojektvorlage(t)
	if problems := Validate(steps); len(problems) > 0 {
		t.Errorf("Validate(seed) = %v, want none", problems)
	}
	count := map[Scope]int{}
	for _, s := range steps {
		count[s.Scope]++
		if want := reviewed[s.Key]; s.Review != want {
			t.Errorf("%s: checked by %q, want %q", s.Key, s.Review, want)
		}
	}
	if count[Land] != 15 || count[Basis]+count[Kommune] != 25 {
		t.Errorf("steps by scope = %v, want 15 of the Land and 25 of a body", count)
	}
}

// The figures are those of domain.md 2.2 (d). 53 to 55 days hold for FIT-Connect; receiving by OSCI takes five longer.
func TestCriticalPath(t *testing.T) {
	t.Parallel()
	steps := musterprojektvorlage(t)
	everything := Flags{OSCI: true, FITConnect: true, Backend: true, Payment: true, Declaration: true, Piloting: true}
	for name, c := range map[string]struct {
		flags    Flags
		landDone bool
		key      string
		want     int
	}{
		"the Land's part with everything":        {everything, false, "l_contract", 88},
		"a body with everything":                 {everything, true, Live, 68},
		"a body with Fachverfahren only":         {Flags{FITConnect: true, Backend: true}, true, Live, 68},
		"FIT-Connect, nothing else":              {Flags{FITConnect: true}, true, Live, 53},
		"FIT-Connect, payment":                   {Flags{FITConnect: true, Payment: true}, true, Live, 53},
		"FIT-Connect, payment and a declaration": {Flags{FITConnect: true, Payment: true, Declaration: true}, true, Live, 55},
		"OSCI, nothing else":                     {Flags{OSCI: true}, true, Live, 58},
	} {
		counts := func(s Step) bool {
			applies, _ := Applies(s, c.flags)
			return applies && (s.Scope != Land || !c.landDone)
		}
		if got := Days(steps, counts)[c.key]; got != c.want {
			t.Errorf("%s: %d working days, want %d", name, got, c.want)
		}
	}
}

func TestScheduleFollowsTheGraph(t *testing.T) {
	t.Parallel()
	steps := musterprojektvorlage(t)
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	due := Schedule(steps, monday, func(Step) bool { return true })
	if len(due) != len(steps) {
		t.Fatalf("%d dates, want %d", len(due), len(steps))
	}
	for _, s := range steps {
		for _, p := range s.Predecessors {
			if !due[p].Before(due[s.Key]) {
				t.Errorf("%s is due on %s, its predecessor %s on %s", s.Key, due[s.Key], p, due[p])
			}
		}
		if workday.IsWeekend(due[s.Key]) {
			t.Errorf("%s is due at a weekend", s.Key)
		}
	}
	if want := time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC); !due["l_profile"].Equal(want) {
		t.Errorf("l_profile is due on %s, want %s", due["l_profile"], want)
	}
}

func TestAddWorkingDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-16", 0, "2026-11-16"},
		{"2026-11-16", 4, "2026-11-20"},
		{"2026-11-16", 5, "2026-11-23"},
		{"2026-11-19", 2, "2026-11-23"},
		{"2026-11-21", 0, "2026-11-23"},
		{"2026-11-22", 1, "2026-11-24"},
		{"2026-11-20", 88, "2027-03-24"},
	} {
		from, _ := time.Parse(time.DateOnly, c.from)
		if got := AddWorkingDays(from, c.n).Format(time.DateOnly); got != c.want {
			t.Errorf("AddWorkingDays(%s, %d) = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestDayIsTheDayInGermany(t *testing.T) {
	t.Parallel()
	late := time.Date(2026, 6, 30, 22, 30, 0, 0, time.UTC)
	if got := workday.Day(late).Format(time.DateOnly); got != "2026-07-01" {
		t.Errorf("workday.Day(%s) = %s, want 2026-07-01", late, got)
	}
}

func TestApplies(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		conditions []Condition
		flags      Flags
		want       bool
		reason     string
	}{
		{nil, Flags{}, true, ""},
		{[]Condition{Declaration}, Flags{Declaration: true}, true, ""},
		{[]Condition{Processing}, Flags{}, true, ""},
		{[]Condition{Processing}, Flags{CrossLand: true}, false, "Entfällt: Die Leistung ist ein länderübergreifender Onlinedienst (§ 8a OZG), ein Vertrag zur Auftragsverarbeitung (AVV) ist nicht nötig."},
		{[]Condition{Declaration}, Flags{Payment: true}, false, "Entfällt: Die Leistung braucht keine Nutzungserklärung."},
		{[]Condition{OSCI, FITConnect}, Flags{FITConnect: true}, true, ""},
		{[]Condition{OSCI, FITConnect}, Flags{}, false, "Entfällt: Die Leistung wird nicht über OSCI angebunden. Die Leistung wird nicht über FIT-Connect angebunden."},
	} {
		got, reason := Applies(Step{Conditions: c.conditions}, c.flags)
		if got != c.want || reason != c.reason {
			t.Errorf("Applies(%v, %+v) = %v, %q, want %v, %q", c.conditions, c.flags, got, reason, c.want, c.reason)
		}
	}
}

func TestValidateNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	good := func(key string, no int, scope Scope, before ...string) Step {
		return Step{Key: key, No: no, Title: key, Pillar: 1, Phase: Test, Responsible: ByBody, DurationDays: 1, Scope: scope, Predecessors: before}
	}
	odd := good("a", 1, Kommune)
	odd.Phase, odd.Responsible, odd.Scope, odd.DurationDays, odd.Pillar, odd.Title = "x", "x", "x", 0, 5, " "
	odd.Conditions = []Condition{"x"}
	for name, c := range map[string]struct {
		steps []Step
		want  []string
	}{
		"nothing":                  {nil, []string{"keine Schritte"}},
		"good":                     {[]Step{good("a", 1, Kommune), good("b", 2, Basis, "a")}, nil},
		"key twice":                {[]Step{good("a", 1, Kommune), good("a", 2, Kommune)}, []string{"kommt zweimal vor"}},
		"number twice":             {[]Step{good("a", 1, Kommune), good("b", 1, Kommune)}, []string{"Nummer 1"}},
		"unreadable key":           {[]Step{good("Ä", 1, Kommune)}, []string{"Der Schlüssel"}},
		"unknown predecessor":      {[]Step{good("a", 1, Kommune, "z")}, []string{"Den Vorgänger „z“"}},
		"cycle":                    {[]Step{good("a", 1, Kommune, "b"), good("b", 2, Kommune, "a")}, []string{"auf sich selbst"}},
		"Land waits for a body":    {[]Step{good("a", 1, Kommune), good("b", 2, Land, "a")}, []string{"nicht auf einzelne Kommunen"}},
		"everything else is wrong": {[]Step{odd}, []string{"Titel", "Säule", "Phase", "Verantwortlich", "Ebene", "Dauer", "Bedingung"}},
	} {
		problems := Validate(c.steps)
		if len(problems) != len(c.want) {
			t.Errorf("%s: %v, want %d problems", name, problems, len(c.want))
			continue
		}
		for i, p := range problems {
			if !strings.Contains(p.Text, c.want[i]) {
				t.Errorf("%s: %q, want something with %q", name, p.Text, c.want[i])
			}
		}
	}
}

func TestOnlyOthersWaitForThePilots(t *testing.T) {
	t.Parallel()
	steps := musterprojektvorlage(t)
	if got := ForBody(steps, true); !reflect.DeepEqual(got, steps) {
		t.Error("a pilot waits for its own evaluation")
	}
	for _, s := range ForBody(steps, false) {
		late := s.Scope != Land && (s.Phase == GoLive || s.Phase == Operation)
		if got := slices.Contains(s.Predecessors, PilotEval); got != late {
			t.Errorf("%s waits for the evaluation: %v, want %v", s.Key, got, late)
		}
	}
}

func TestBeforeTheDecision(t *testing.T) {
	t.Parallel()
	got := OrderFor(Each(musterprojektvorlage(t)), true).Before(DecisionTaken)
	want := map[string]bool{"l_profile": true, "l_interest": true, "l_review_prof": true, "l_review_tech": true, "l_review_legal": true, "l_economic": true}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("before the decision: %v, want %v", got, want)
	}
}

func TestHashIgnoresOrderAndSeesEveryField(t *testing.T) {
	t.Parallel()
	a := Step{Key: "a", No: 1, Predecessors: []string{"x", "y"}}
	b := Step{Key: "b", No: 2}
	if !slices.Equal(hash([]Step{a, b}), hash([]Step{b, {Key: "a", No: 1, Predecessors: []string{"y", "x"}}})) {
		t.Error("the order of steps changes the hash")
	}
	changed := reflect.ValueOf(&b).Elem()
	for i := range changed.NumField() {
		before, field := hash([]Step{b}), changed.Field(i)
		old := reflect.ValueOf(field.Interface())
		switch field.Kind() {
		case reflect.String:
			field.SetString("other")
		case reflect.Int:
			field.SetInt(9)
		case reflect.Bool:
			field.SetBool(true)
		case reflect.Slice:
			field.Set(reflect.MakeSlice(field.Type(), 1, 1))
		}
		if slices.Equal(before, hash([]Step{b})) {
			t.Errorf("field %s does not change the hash", changed.Type().Field(i).Name)
		}
		field.Set(old)
	}
}
