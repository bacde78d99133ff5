package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rollinportal/internal/postgres"
)

// attacks are what is typed into a field, one after the other until the field takes it: everything at once first, then what
// suits narrower fields. MARK is a word that no other field gets.
var attacks = []string{
	"=HYPERLINK(\"#MARK\")'\"><x-MARK onfocus=MARK()>[a](javascript:MARK)</textarea></title></script><script>MARK</script>-->\r\nX-MARK: MARK\r\n.\r\n\x1b[31m\u202e{{MARK}}",
	"=1+1'\"><x-MARK onfocus=MARK()>\x1b[31m\u202e",
	"'\"><x-MARK>",
	"javascript:MARK()",
	"https://kommune.example/MARK'\"><x-MARK>",
	"\"'><x-MARK>\"@kommune.example",
	`{"groups": ["'\"><x-MARK>"]}`,
}

var markWord = regexp.MustCompile(`mk[0-9]{5}x`)

// writers are people who have forms, and readers those who read everything.
var writers = []string{"land", "tmdi-referat", "tmdi-leitung", "k16051", "tlrz", ""}

var readers = []string{"land", "redaktion", "tmdi-referat", "tmdi-leitung", "tmdi-leser", "k16051", "k16051-b", "k16052", "tlrz", "gremium", "betreiber", ""}

// wordless are routes whose forms ask for no text, and that no page shows to the readers here.
var wordless = map[string]bool{
	"/auth/backchannel-logout": true, "/einladung/{token}": true, "/kontext": true, "/abbestellen/{token}": true, "/plattform/auftraege": true,
	"/leistungen/{leistung}/veroeffentlichen": true, "/umfragen/{umfrage}/bestaetigen": true,
	"/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/zurueckholen": true,
}

// inputField is a place where people type.
type inputField struct{ action, name string }

// marker types a mark of its own into every field it finds and then looks where the marks come out.
type marker struct {
	p   *portal
	own map[string]string

	mu     sync.Mutex
	fields map[inputField]bool        // all that pages show; true once a mark was sent
	narrow map[inputField]bool        // those that refuse every attack where they count
	met    map[string]bool            // routes whose forms pages show
	sent   map[string]int             // forms that are done, or how often they were refused
	shown  []shownForm                // forms on pages, to be sent
	kept   map[string]inputField      // marks that the portal took
	read   map[string]map[string]bool // marks that came out again, and in what
	paths  map[string]bool            // addresses to read
	linked map[string]int             // how many of them by links, for each route
	seen   map[string]bool            // that were read once
	shut   map[string]bool            // those that somebody was refused, by login and address
	pages  int
	serial int
}

// TestNothingThatPeopleTypeRunsAnywhere puts an attack into every text field of every form, first along the deeds, so that
// everything is stored once, and then wherever pages show a form. Everybody reads everything afterwards: no mark is an
// element, an attribute, a script, a formula, a header or a line of the log (promise P5).
func TestNothingThatPeopleTypeRunsAnywhere(t *testing.T) {
	t.Parallel()
	var clock atomic.Pointer[time.Time]
	now := time.Now()
	clock.Store(&now)
	p := newPortal(t, postgres.WithClock(func() time.Time { return *clock.Load() }))
	m := newMarker(t, p)
	for _, d := range deeds {
		for _, d := range append(besides[d.action], d) {
			m.do(t, d)
		}
	}
	for _, d := range m.plan(t) {
		if strings.HasSuffix(d.action, "/k_release") {
			m.upTo(t, "k_release")
		}
		m.do(t, d)
	}
	for range 2 { // the pages, and those that they lead to
		m.walk(t, writers, func(path string) bool { return !m.seen[path] })
	}
	m.sendShown(t)
	m.walk(t, readers, func(string) bool { return true })
	later := digestTime(now)
	clock.Store(&later)
	m.readMails(t)
	m.readLog(t)
	m.holds(t)
}

func newMarker(t *testing.T, p *portal) *marker {
	m := &marker{
		p: p, own: deedParams(t, p), fields: map[inputField]bool{}, narrow: map[inputField]bool{}, met: map[string]bool{}, sent: map[string]int{}, kept: map[string]inputField{},
		read: map[string]map[string]bool{}, paths: map[string]bool{}, linked: map[string]int{}, seen: map[string]bool{}, shut: map[string]bool{},
	}
	m.stage(t)
	return m
}

// walk has people read every page and file.
func (m *marker) walk(t *testing.T, logins []string, which func(path string) bool) {
	var paths []string
	for path := range m.paths {
		if which(path) {
			paths = append(paths, path)
		}
	}
	for _, path := range paths {
		m.seen[path] = true
	}
	var crowd sync.WaitGroup
	for _, login := range logins {
		crowd.Go(func() {
			for _, path := range paths {
				if !m.refused(login, path) {
					m.examine(t, login, path, m.p.ask(t, login, path, nil))
				}
			}
		})
	}
	crowd.Wait()
}

// refused reports whether somebody was at an address in vain.
func (m *marker) refused(login, path string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.shut[login+" "+path]
}

// holds says what was tried and fails for each field that was not, and for each mark that was taken and never seen again.
func (m *marker) holds(t *testing.T) {
	t.Helper()
	for f, tried := range m.fields {
		if !tried {
			t.Errorf("nothing was typed into %s of %s", f.name, f.action)
		}
	}
	for _, r := range m.p.server.Routes() {
		if r.Method == http.MethodPost && m.met[r.Pattern] == wordless[r.Pattern] {
			t.Errorf("a page shows the form to %s: %v", r.Pattern, m.met[r.Pattern])
		}
	}
	through := map[string]int{}
	back := map[inputField]bool{}
	for mark, f := range m.kept {
		for medium := range m.read[mark] {
			through[medium]++
			back[f] = true
		}
	}
	taken := map[inputField]bool{}
	for mark, f := range m.kept {
		taken[f] = true
		if !back[f] && !m.narrow[f] {
			t.Errorf("%s of %s took %s, and nobody reads it", f.name, f.action, mark)
		}
	}
	for f := range m.fields {
		if !taken[f] {
		}
	}
	for _, medium := range []string{throughHTML, throughCSV, throughXLSX, throughICS, throughZIP, throughMail, throughFileName} {
		if through[medium] == 0 {
			t.Errorf("no mark was read back in %s", medium)
		}
	}
	t.Logf("P5: %d fields, %d of them took a mark, %d read back; %d answers read, marks in %v", len(m.fields), len(taken), len(back), m.pages, through)
}

// patternOf is the route that an address belongs to.
func (m *marker) patternOf(method, path string) string {
	path, _, _ = strings.Cut(path, "?")
	found := ""
	for _, r := range m.p.server.Routes() {
		if r.Method == method && sameShape(r.Pattern, path) && (found == "" || strings.Count(r.Pattern, "{") < strings.Count(found, "{")) {
			found = r.Pattern
		}
	}
	return found
}
