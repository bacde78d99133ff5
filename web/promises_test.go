package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/dbtest"
)

// hostile are ways in which another website has a browser send a form.
var hostile = map[string]func(*http.Request){
	"foreign Origin":   func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
	"null Origin":      func(r *http.Request) { r.Header.Set("Origin", "null") },
	"same-site Origin": func(r *http.Request) { r.Header.Set("Origin", "http://other.portal.test") },
	"other port":       func(r *http.Request) { r.Header.Set("Origin", "http://portal.test:8080") },
	"cross-site fetch": func(r *http.Request) { r.Header.Del("Origin"); r.Header.Set("Sec-Fetch-Site", "cross-site") },
	"same-site fetch":  func(r *http.Request) { r.Header.Del("Origin"); r.Header.Set("Sec-Fetch-Site", "same-site") },
	"text/plain":       func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") },
	"GET with fields":  func(r *http.Request) { r.Method = http.MethodGet },
	"text/plain and foreign Origin": func(r *http.Request) {
		r.Header.Set("Content-Type", "text/plain")
		r.Header.Set("Origin", "https://evil.example")
	},
}

// TestEveryFormKeepsItsPromises takes one form of each kind and sends it first from elsewhere, then as an old page would,
// then for real, and then once more.
func TestEveryFormKeepsItsPromises(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	own, check, seen := deedParams(t, p), p.WatchTrail(t), p.sight(t)
	crossSite, stale, lines, twice := 0, 0, 0, 0
	for _, d := range deeds {
		action, form := p.formFor(t, d, fill(t, d.page, own), fill(t, d.action, own))
		if form == nil {
			t.Errorf("%s finds no form for %s on %s", d.login, d.action, d.page)
			continue
		}
		before := p.digest(t)
		for name, change := range hostile {
			if name == "GET with fields" && p.readsToo(d.action) {
				continue // the page of the same address; it changes nothing, as every GET of the matrix
			}
			crossSite++
			if w := p.sendChanged(t, d.login, action, form, change); w.Code < 400 {
				t.Errorf("%s by %s: %d", action, name, w.Code)
			}
		}
		if form.Has("version") && form.Get("version") != "0" {
			stale++
			old := clone(form)
			old.Set("version", "999999")
			if w := p.ask(t, d.login, action, old); w.Code != http.StatusConflict {
				t.Errorf("%s with another version: %d, want 409: %s", action, w.Code, complaintsIn(w.Body.String()))
			}
		}
		if after := p.digest(t); after != before {
			t.Errorf("%s from elsewhere or from an old page changed %s", action, differing(before, after))
		}
		entries := p.entries(t)
		if w := p.ask(t, d.login, action, form); w.Code >= 400 {
			t.Errorf("%s as %s: %d: %s\n%v", action, d.login, w.Code, complaintsIn(w.Body.String()), form)
			continue
		}
		seen.isNew(t, p, action)
		changed := p.digest(t)
		if changed == before {
			t.Errorf("%s changed nothing", action)
		}
		if left := p.entries(t) - entries; left == 0 != silent[d.action] {
			t.Errorf("%s left %d lines in the trail", action, left)
		} else {
			lines += left
		}
		twice++
		if w := p.ask(t, d.login, action, form); w.Code >= 500 {
			t.Errorf("%s once more: %d", action, w.Code)
		}
		if again := p.digest(t); again != changed && !repeats[d.action] {
			t.Errorf("%s once more had a second effect on %s", action, differing(changed, again))
		}
	}
	check()
	if seen.news < 10 {
		t.Errorf("only %d forms changed what people see: that what is kept is never old is not proven", seen.news)
	}
	t.Logf("P6: %d forms, %d requests from elsewhere, 0 effects; P8: %d stale versions refused, %d double submits; P9: %d lines in the trail", len(deeds), crossSite, stale, twice, lines)
}

// formFor finds the form of a page that goes to an address like action, and fills it in.
func (p *portal) formFor(t *testing.T, d deed, page, action string) (string, url.Values) {
	t.Helper()
	for _, f := range p.formsOf(t, d.login, page) {
		if !sameShape(action, f.action) {
			continue
		}
		for _, name := range f.typed {
			f.values.Set(name, suits(name))
		}
		choose(f.values, d.choices())
		return f.action, f.values
	}
	return "", nil
}

// choose sets the fields that have a choice, and leaves those out whose choice is none.
func choose(values, choices url.Values) {
	for name, chosen := range choices {
		if values[name] = chosen; chosen == nil {
			values.Del(name)
		}
	}
}

// suits is what somebody would type into a field of that name.
func suits(name string) string {
	switch name {
	case "due_on", "on", "resume_on", "closes_on", "ends", "begins":
		return inAMonth()
	case "from":
		return time.Now().Format("02.01.2006")
	case "to", "valid_to", "valid_until":
		return time.Now().AddDate(1, 0, 0).Format("02.01.2006")
	case "since", "decided_on", "checked_on", "valid_from":
		return time.Now().Format("02.01.2006")
	case "available_from", "price_until", "price_once", "price_yearly", "ozg_ids", "leika_keys", "services":
		return ""
	case "amount":
		return "100"
	case "email":
		return "probe@kommune.example"
	}
	return "Ein Satz."
}

func (p *portal) readsToo(pattern string) bool {
	for _, r := range p.server.Routes() {
		if r.Method == http.MethodGet && sameShape(r.Pattern, pattern) {
			return true
		}
	}
	return false
}

// sameShape compares patterns whatever stands for their parameters.
func sameShape(route, pattern string) bool {
	a, b := strings.Split(route, "/"), strings.Split(pattern, "/")
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !strings.HasPrefix(a[i], "{") && a[i] != b[i] {
			return false
		}
	}
	return true
}

func (p *portal) sendChanged(t *testing.T, login, path string, form url.Values, change func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := p.request(t, login, "http://portal.test", path+"?"+form.Encode(), strings.NewReader(form.Encode()), "application/x-www-form-urlencoded")
	change(r)
	w := httptest.NewRecorder()
	p.server.ServeHTTP(w, r)
	return w
}

func (p *portal) entries(t *testing.T) int {
	t.Helper()
	return dbtest.Admin[int](t, p.World, `SELECT count(*) FROM portal.audit_event`)
}

func clone(v url.Values) url.Values {
	c := url.Values{}
	for name, values := range v {
		c[name] = append([]string{}, values...)
	}
	return c
}
