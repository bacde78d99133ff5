package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	nethtml "golang.org/x/net/html"
)

// shownForm is a form on a page that somebody reads.
type shownForm struct {
	login, method string
	pattern       string // the route that takes it
	file          string // its field for a file, or ""
	sentForm
}

func (m *marker) formOf(login string, node *nethtml.Node) shownForm {
	f := shownForm{login: login, method: http.MethodGet, sentForm: sentForm{action: actionOf(node), values: url.Values{}}}
	if attribute(node, "method") == "post" {
		f.method = http.MethodPost
	}
	f.pattern = m.patternOf(f.method, f.action)
	for _, field := range cascadia.QueryAll(node, cascadia.MustCompile("input[name], textarea[name], select[name], button[name]")) {
		if attribute(field, "type") == "file" {
			f.file = attribute(field, "name")
			continue
		}
		f.add(field)
	}
	return f
}

// toMark stands for what is typed into a field that comes up only when others are filled in.
const toMark = "mark"

// fieldOf is one field for all bodies, providers and waves of a form.
func fieldOf(f shownForm, name string) inputField {
	name, _, _ = strings.Cut(name, "_1")
	return inputField{f.pattern, name}
}

// key tells forms apart that ask for other things.
func (f shownForm) key() string { return f.method + f.pattern + strings.Join(f.typed, ",") + f.file }

// do sends the form of a deed, unless it asks for no text and nothing needs it.
func (m *marker) do(t *testing.T, d deed) {
	t.Helper()
	page, action := fill(t, d.page, m.own), fill(t, d.action, m.own)
	doc, err := nethtml.Parse(m.p.ask(t, d.login, page, nil).Body)
	must(t, err)
	for _, node := range cascadia.QueryAll(doc, cascadia.MustCompile("form[method=post]")) {
		f := m.formOf(d.login, node)
		m.met[f.pattern] = true
		if !sameShape(action, f.action) {
			continue
		}
		if len(f.typed) > 0 || !dispensable(d.action) {
			fields := d.choices()
			for name, values := range fuller[d.action] {
				fields[name] = values
			}
			for name, chosen := range fields {
				if len(chosen) == 1 && chosen[0] == toMark {
					f.typed = append(f.typed, name)
				}
			}
			m.mark(t, f, fields)
			m.examine(t, d.login, page, m.p.ask(t, d.login, page, nil)) // that shows it again
		}
		return
	}
	if !dispensable(d.action) {
		t.Errorf("%s finds no form for %s on %s", d.login, d.action, d.page)
	}
}

// dispensable are deeds that take back or end what another has made, and the one that publishes a service by the name that
// it does not have here.
func dispensable(action string) bool {
	end := action[strings.LastIndex(action, "/")+1:]
	return slices.Contains([]string{"zuruecknehmen", "zurueckziehen", "loeschen", "entfernen", "beenden", "sperren", "rueckgaengig", "rueckzug", "veroeffentlichen"}, end)
}

// enough is how often a form is tried before it is left alone.
const enough = 3

// sendShown sends every form that pages show and no deed has sent, as often as forms come up.
func (m *marker) sendShown(t *testing.T) {
	t.Helper()
	for len(m.shown) > 0 {
		f := m.shown[0]
		m.shown = m.shown[1:]
		if m.sent[f.key()] < enough {
			m.sent[f.key()]++
			m.mark(t, f, nil)
		}
	}
}

// mark sends a form with an attack in each of its fields. A field that refuses its attack gets the next one, and in the end
// what suits it. Where the form is not taken at all, the next that looks like it gets its turn.
func (m *marker) mark(t *testing.T, f shownForm, choices url.Values) {
	t.Helper()
	rung := map[string]int{}
	names := slices.Clone(f.typed)
	if f.file != "" {
		names = append(names, f.file)
	}
	for range len(names)*len(attacks) + 1 {
		values, marks := m.filled(f, names, rung, choices)
		w := m.submit(t, f, values)
		body := w.Body.Bytes()
		m.examine(t, f.login, f.action, w)
		for _, name := range names {
			m.fields[fieldOf(f, name)] = true
		}
		if w.Code < http.StatusBadRequest {
			m.sent[f.key()] = enough
			m.keep(t, f, marks, w)
			return
		}
		if w.Code != http.StatusUnprocessableEntity || !further(rung, names, refusedBy(body)) {
			return
		}
	}
}

// filled are the values of a form, and the mark that each of its fields carries.
func (m *marker) filled(f shownForm, names []string, rung map[string]int, choices url.Values) (values url.Values, marks map[string]string) {
	values, marks = clone(f.values), map[string]string{}
	for _, name := range f.typed {
		values.Set(name, suits(name))
	}
	choose(values, choices)
	for _, name := range names {
		if rung[name] == len(attacks) {
			m.narrow[fieldOf(f, name)] = true
			continue
		}
		m.serial++
		marks[name] = fmt.Sprintf("mk%05dx", m.serial)
		attack := strings.ReplaceAll(attacks[rung[name]], "MARK", marks[name])
		values[name] = slices.Repeat([]string{attack}, max(1, len(values[name]))) // as many as the form has of that name
	}
	return values, marks
}

func (m *marker) submit(t *testing.T, f shownForm, values url.Values) *httptest.ResponseRecorder {
	t.Helper()
	switch {
	case f.method == http.MethodGet:
		return m.p.ask(t, f.login, f.action+"?"+values.Encode(), nil)
	case f.file == "":
		return m.p.ask(t, f.login, f.action, values)
	}
	parts := []part{{f.file, values.Get(f.file) + ".pdf", strings.NewReader(onePDF + "%" + values.Get(f.file))}}
	for name, all := range values {
		for _, value := range all {
			if name != f.file {
				parts = append(parts, part{name, "", strings.NewReader(value)})
			}
		}
	}
	return m.p.send(t, f.login, f.action, parts...)
}

// keep notes what was taken and looks at the page that follows; what is only asked for is kept nowhere.
func (m *marker) keep(t *testing.T, f shownForm, marks map[string]string, w *httptest.ResponseRecorder) {
	t.Helper()
	if f.method == http.MethodGet {
		return
	}
	for name, mark := range marks {
		m.kept[mark] = fieldOf(f, name)
	}
	if to := w.Header().Get("Location"); strings.HasPrefix(to, "/") {
		m.paths[to] = true
		m.examine(t, f.login, to, m.p.ask(t, f.login, to, nil))
	}
}

// further moves the fields that were refused to their next attack, all of them if the answer names none. It reports whether
// there was one.
func further(rung map[string]int, names, refused []string) bool {
	moved := false
	for _, only := range []bool{true, false} {
		for _, name := range names {
			if rung[name] < len(attacks) && (!only || slices.Contains(refused, name)) {
				rung[name]++
				moved = true
			}
		}
		if moved {
			return true
		}
	}
	return false
}

// refusedBy are the fields that an answer complains about.
func refusedBy(body []byte) (names []string) {
	doc, err := nethtml.Parse(bytes.NewReader(body))
	if err != nil {
		return nil
	}
	for _, node := range cascadia.QueryAll(doc, cascadia.MustCompile("[aria-invalid]")) {
		names = append(names, attribute(node, "name"))
	}
	for _, node := range cascadia.QueryAll(doc, cascadia.MustCompile("[role=alert] a[href]")) {
		names = append(names, strings.TrimPrefix(attribute(node, "href"), "#"))
	}
	return names
}
