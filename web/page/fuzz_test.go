package page

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzFormsAreReadOrRefused: whatever is sent as a form, what a handler reads of it can be stored, and comes from a field that
// the form has. A version is a number that a record may have.
func FuzzFormsAreReadOrRefused(f *testing.F) {
	for _, seed := range []string{"", "version=1&text=Ein+Satz", "version=-1", "version=1&version=2", "text=%00", "text=%ff", "text=%zz", "fremd=1", "a;b=c", "text=a\r\nb", strings.Repeat("text=x&", 300), "version=99999999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequest("POST", "/?text=aus+der+Adresse&fremd=1", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		sent, err := ReadForm(httptest.NewRecorder(), r, "version", "text")
		if err != nil {
			return
		}
		for _, name := range sent.Names() {
			if name != "version" && name != "text" {
				t.Errorf("%q has the field %q", body, name)
			}
			for _, value := range append(sent.All(name), sent.Text(name)) {
				if !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
					t.Errorf("%q: %s is %q", body, name, value)
				}
			}
		}
		if version, err := sent.Version(); err == nil && version < 1 {
			t.Errorf("%q has version %d", body, version)
		}
		if !strings.Contains(body, "text") && !strings.Contains(body, "%") && sent.Has("text") {
			t.Errorf("%q takes its text from the address", body)
		}
	})
}

// FuzzListsStayOnTheirPage: the links that a list makes of its address lead back to it and say the same again.
func FuzzListsStayOnTheirPage(f *testing.F) {
	for _, seed := range []string{"", "suche=a&seite=2", "suche=%ff", "suche=%00", "suche=//boese.example&sortierung=name", "suche=a%26b%3dc", "seite=-1", "seite=99999999999999999999", "suche=a;b", "suche=%zz", "leistung=a,b,,c&leistung=d"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		r := httptest.NewRequest("GET", "/leistungen", nil)
		r.URL.RawQuery = raw
		q := QueryOf(r, "suche").Joining(r, "leistung", 3)
		if q.Page() < 1 || q.Page() > 1_000_000 || len(q.All("leistung")) > 3 {
			t.Errorf("%q: page %d, %d services", raw, q.Page(), len(q.All("leistung")))
		}
		for _, name := range []string{"suche", "leistung", sortParam} {
			if value := q.Get(name); !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
				t.Errorf("%q: %s is %q", raw, name, value)
			}
		}
		to, err := url.Parse(q.With("stand", "offen"))
		if err != nil || to.Path != "/leistungen" || to.Host != "" || to.Scheme != "" || to.Fragment != "" {
			t.Fatalf("%q leads to %v (%v)", raw, to, err)
		}
		again := httptest.NewRequest("GET", "/leistungen", nil)
		again.URL = to
		if next := QueryOf(again, "suche"); next.Get("suche") != q.Get("suche") || next.Sort() != q.Sort() {
			t.Errorf("%q says %q, and its link %q", raw, q.Get("suche"), next.Get("suche"))
		}
	})
}
