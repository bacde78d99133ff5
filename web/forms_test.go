package web_test

import (
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	nethtml "golang.org/x/net/html"
)

// sentForm is a form of a page as a browser would send it.
type sentForm struct {
	action string
	values url.Values
	typed  []string // the fields that people type into
}

// TestNoFormBreaks sends every form of every page with nonsense in it. The answer is never a failure of the portal, and
// a form that is wrong comes back with what was typed.
func TestNoFormBreaks(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	own := ownParams(t, p)
	tried := map[string]bool{}
	for _, login := range []string{"land", "k16051", "tmdi-referat", "tlrz"} {
		for _, route := range p.server.Routes() {
			if route.Method != http.MethodGet {
				continue
			}
			path := fill(t, route.Pattern, own)
			for _, f := range p.formsOf(t, login, path) {
				key := login + route.Pattern + strings.Join(sorted(f.values), ",")
				if f.action == "/abmelden" || tried[key] {
					continue
				}
				tried[key] = true
				p.breakForm(t, login, path, f)
			}
		}
	}
	if len(tried) < 40 {
		t.Errorf("%d forms tried, want more: the pages of this test show too few", len(tried))
	}
}

// breakForm sends a form as somebody would who types nonsense, sends an old page, or tampers with what is hidden.
func (p *portal) breakForm(t *testing.T, login, path string, f sentForm) {
	t.Helper()
	const nonsense = `"><b>Kauderwelsch'); --`
	long := strings.Repeat("ü", 60_000)
	for name, change := range map[string]func(url.Values){
		"nonsense": func(v url.Values) { set(v, f.typed, nonsense) },
		"too long": func(v url.Values) { set(v, f.typed, long) },
		"tampered": func(v url.Values) { set(v, sorted(v), nonsense) },
		"stale": func(v url.Values) {
			set(v, f.typed, nonsense)
			if v.Has("version") {
				v.Set("version", "999999")
			}
		},
		"no number": func(v url.Values) { v.Set("version", "99999999999999999999") },
		"foreign id": func(v url.Values) {
			set(v, f.typed, nonsense)
			if v.Has("id") {
				v.Set("id", "00000000-0000-4000-8000-000000000001")
			}
		},
		"nothing": func(v url.Values) { clear(v) },
		"huge":    func(v url.Values) { v.Set("text", strings.Repeat("x", 2<<20)) },
	} {
		sent := url.Values{}
		for field, values := range f.values {
			sent[field] = append([]string{}, values...)
		}
		change(sent)
		w := p.ask(t, login, f.action, sent)
		if w.Code >= http.StatusInternalServerError {
			t.Errorf("%s: %s on %s as %s: %d", name, f.action, path, login, w.Code)
		}
		if name == "nonsense" && w.Code == http.StatusUnprocessableEntity && len(f.typed) > 0 && !strings.Contains(html.UnescapeString(w.Body.String()), nonsense) {
			t.Errorf("%s on %s as %s: what was typed into %v is lost", f.action, path, login, f.typed)
		}
	}
}

func set(v url.Values, fields []string, value string) {
	for _, field := range fields {
		v.Set(field, value)
	}
}

// formsOf are the forms of a page that change something. Files go another way; see TestWhatIsWrongWithAFileIsSaid.
func (p *portal) formsOf(t *testing.T, login, path string) []sentForm {
	t.Helper()
	w := p.ask(t, login, path, nil)
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		return nil
	}
	doc, err := nethtml.Parse(w.Body)
	must(t, err)
	var found []sentForm
	for _, node := range cascadia.QueryAll(doc, cascadia.MustCompile(`form[method=post]:not([enctype])`)) {
		f := sentForm{action: actionOf(node), values: url.Values{}}
		for _, field := range cascadia.QueryAll(node, cascadia.MustCompile("input[name], textarea[name], select[name], button[name]")) {
			f.add(field)
		}
		found = append(found, f)
	}
	return found
}

func (f *sentForm) add(field *nethtml.Node) {
	name, kind := attribute(field, "name"), attribute(field, "type")
	switch {
	case field.Data == "textarea" || field.Data == "input" && (kind == "" || kind == "text" || kind == "email" || kind == "url" || kind == "number" || kind == "search"):
		f.typed = append(f.typed, name)
		f.values.Set(name, "")
	case field.Data == "select":
		for _, option := range cascadia.QueryAll(field, cascadia.MustCompile("option[value]")) {
			f.values.Set(name, attribute(option, "value")) // the last one
		}
	default: // hidden, and the last button, radio or tick
		f.values.Set(name, attribute(field, "value"))
	}
}

// actionOf is where a browser sends a form; to which place of the answer it goes then, it keeps to itself.
func actionOf(form *nethtml.Node) string {
	address, _, _ := strings.Cut(attribute(form, "action"), "#")
	return address
}

func attribute(node *nethtml.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func sorted(v url.Values) []string {
	names := make([]string, 0, len(v))
	for name := range v {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
