package web_test

import (
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/experience"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
)

// TestWhatIsKeptFollowsFromTheTrail: Postgres tells from which tables those statements read that are asked on a first look
// only. Each of them changes with an entry in the trail, or never, and no statement asks what time it is.
func TestWhatIsKeptFollowsFromTheTrail(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	ownParams(t, p)
	must(t, experience.NewService(p.DB).Take(t.Context(), p.As(t, "k16052"), "wohngeld", "16051"))
	heard := map[string]map[string]bool{} // tables by statement
	told := p.telling(t, func(statement string, n plan) {
		if heard[statement] == nil {
			heard[statement] = map[string]bool{}
		}
		n.tables(heard[statement])
	})
	read := map[string]bool{}
	for login, paths := range map[string][]string{
		"land":         {link.Lagebild, link.Matrix, link.MatrixAfter("", 1), link.Checklist("16051", "wohngeld")},
		"tmdi-referat": {link.Lagebild, link.Matrix, link.Checklist("16051", "wohngeld")},
		"k16051":       {link.Lagebild, link.Matrix, link.Checklist("16051", "wohngeld"), link.Step("16051", "wohngeld", "k_kickoff")},
		"k16052":       {link.Checklist("16052", "wohngeld")},
		"tlrz":         {link.Lagebild, link.Matrix, link.Checklist("16051", "wohngeld")},
	} {
		told.ask(t, login, link.Help, nil) // which signs in
		for _, path := range paths {
			looks := [2]map[string]map[string]bool{}
			for i := range looks {
				heard = map[string]map[string]bool{}
				if w := told.ask(t, login, path, nil); w.Code != http.StatusOK {
					t.Fatalf("%s as %s: %d", path, login, w.Code)
				}
				looks[i] = heard
			}
			kept := 0
			for statement, tables := range looks[0] {
				if looks[1][statement] != nil {
					continue
				}
				kept++
				if theHour.MatchString(statement) {
					t.Errorf("%s as %s keeps what depends on the hour: %s", path, login, theHour.FindString(statement))
				}
				for name := range tables {
					read[name] = true
					if schema, table, _ := strings.Cut(name, "."); schema != "portal" || slices.Contains(dbtest.Untold, table) {
						t.Errorf("what %s keeps for %s follows from %s, which changes without an entry: %s", path, login, name, statement)
					}
				}
			}
			if kept == 0 && path != link.Step("16051", "wohngeld", "k_kickoff") { // which reads the checklist before
				t.Errorf("%s as %s keeps nothing", path, login)
			}
		}
	}
	for _, name := range []string{"portal.step", "portal.question_seen", "portal.evidence", "portal.saved_view", "portal.batch", "portal.onboarding_history"} {
		if !read[name] {
			t.Errorf("nothing kept is read from %s: the test hears too little", name)
		}
	}
	t.Logf("what is kept follows from %d tables", len(read))
}

// theHour is how a statement would ask for the time.
var theHour = regexp.MustCompile(`(?i)\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\(|\b(current_(date|time|timestamp)|localtime(stamp)?)\b`)

// tables adds from which tables the rows of a plan come.
func (n plan) tables(found map[string]bool) {
	if n.Table != "" {
		found[n.Schema+"."+n.Table] = true
	}
	for _, below := range n.Plans {
		below.tables(found)
	}
}

// sight is what some people see again and again, through services that keep it.
type sight struct {
	lists   *onboarding.Service
	figures *dashboard.Service
	town    access.Actor
	land    access.Actor
	before  []any
	news    int // how often it was another than before
}

func (p *portal) sight(t *testing.T) *sight {
	t.Helper()
	return &sight{lists: onboarding.NewService(p.DB), figures: dashboard.NewService(p.DB), town: p.As(t, "k16051"), land: p.As(t, "land")}
}

// isNew compares what is seen with what services see that have kept nothing.
func (s *sight) isNew(t *testing.T, p *portal, after string) {
	t.Helper()
	kept, fresh := s.look(t, s.lists, s.figures), s.look(t, onboarding.NewService(p.DB), dashboard.NewService(p.DB))
	for i, what := range []string{"checklist", "matrix", "Lagebild"} {
		if !reflect.DeepEqual(kept[i], fresh[i]) {
			t.Errorf("after %s an old %s is shown", after, what)
		}
	}
	if s.before != nil && !reflect.DeepEqual(kept, s.before) {
		s.news++
	}
	s.before = kept
}

func (s *sight) look(t *testing.T, lists *onboarding.Service, figures *dashboard.Service) []any {
	t.Helper()
	list, err := lists.Checklist(t.Context(), s.town, "16051", "wohngeld", 3)
	must(t, err)
	matrix, err := figures.Matrix(t.Context(), s.land, dashboard.MatrixFilter{})
	must(t, err)
	picture, err := figures.Picture(t.Context(), s.land)
	must(t, err)
	matrix.At, picture.At = time.Time{}, time.Time{} // each look has its own
	return []any{list, matrix, picture}
}

// TestReadersOfTheSameKeptAnswerDoNotDisturbEachOther: many pages are drawn at once from one checklist, one matrix and one
// Lagebild. With -race it says whether one of them changes what it shares; without, whether the pages are the same.
func TestReadersOfTheSameKeptAnswerDoNotDisturbEachOther(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	ownParams(t, p)
	list := link.Checklist("16051", "wohngeld")
	for login, paths := range map[string][]string{
		"k16051": {list, list + "?gruppe=saeule", list + "?gruppe=frist", list + "/stand", list + "/produktiv", link.Step("16051", "wohngeld", "k_kickoff"), link.Lagebild},
		"land":   {link.Matrix, link.Matrix + "?dauer=ja", link.Matrix + "?ankreuzen=ja", link.Lagebild, link.Lagebild + "?ansicht=praesentation", list + "/termin"},
	} {
		first := map[string]string{}
		for _, path := range paths {
			first[path] = p.page(t, login, path)
		}
		var people sync.WaitGroup
		for n := range 3 {
			people.Go(func() {
				for i := range paths {
					path := paths[(n+i)%len(paths)]
					if got := p.page(t, login, path); got != first[path] {
						t.Errorf("%s as %s is another page the second time", path, login)
					}
				}
			})
		}
		people.Wait()
	}
}

// page is the text of a page without what is made anew for each request.
func (p *portal) page(t *testing.T, login, path string) string {
	w := p.ask(t, login, path, nil)
	if w.Code != http.StatusOK {
		t.Errorf("%s as %s: %d", path, login, w.Code)
	}
	return madeAnew.ReplaceAllString(w.Body.String(), "")
}

// madeAnew are the ids of forms and the minute.
var madeAnew = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|\d{2}:\d{2} Uhr`)
