package web_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"rollinportal/internal/identity"
)

// TestEverySecurityEventIsInTheLogOnce provokes each and finds one line of it, by its number.
func TestEverySecurityEventIsInTheLogOnce(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	signedIn := p.browser()
	signedIn.signIn(t, "/")
	over := p.browser()
	over.signIn(t, "/")
	if _, err := identity.NewService(p.DB).SignOut(t.Context(), over.session()); err != nil {
		t.Fatal(err)
	}
	for event, provoke := range map[string]func() *httptest.ResponseRecorder{
		"signed_in": func() *httptest.ResponseRecorder { return p.browser().signIn(t, "/") },
		"sign_in_refused": func() *httptest.ResponseRecorder {
			return p.browser().get("/auth/callback?code=x&state=" + strings.Repeat("y", 43))
		},
		"signed_out":    func() *httptest.ResponseRecorder { return signedIn.send(http.MethodPost, "/abmelden") },
		"session_over":  func() *httptest.ResponseRecorder { return over.get("/leistungen") },
		"not_signed_in": func() *httptest.ResponseRecorder { return p.askPost(t, "", "/leistungen") },
		"forbidden":     func() *httptest.ResponseRecorder { return p.ask(t, "k16051", "/leistungen/neu", nil) },
		"not_visible":   func() *httptest.ResponseRecorder { return p.ask(t, "d-k1", "/leistungen/wohngeld-gibt-es-nicht", nil) },
		"cross_site":    func() *httptest.ResponseRecorder { return p.askFrom("https://boese.example", "/leistungen") },
		"too_large": func() *httptest.ResponseRecorder {
			return p.ask(t, "redaktion", "/leistungen", url.Values{"name": {strings.Repeat("x", 2<<20)}})
		},
	} {
		p.log.About("")
		id := provoke().Header().Get("X-Request-Id")
		lines := p.log.About(`"security":"` + event + `"`)
		if len(lines) != 1 || !strings.Contains(lines[0], id) {
			t.Errorf("%s: %d lines, want one of request %s: %q", event, len(lines), id, lines)
		}
	}
	p.log.About("")
	p.ask(t, "redaktion", "/leistungen", nil)
	if lines := p.log.About("security"); len(lines) != 0 {
		t.Errorf("an everyday request is a security event: %q", lines)
	}
}

// askFrom posts a form as another website would have a browser do it.
func (p *portal) askFrom(origin, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, p.base+path, strings.NewReader("x=y"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", origin)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	p.server.ServeHTTP(w, r)
	return w
}

// TestNothingThatPeopleSendBreaksTheLog sends line ends, terminal codes and JSON wherever a request has room for them.
func TestNothingThatPeopleSendBreaksTheLog(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	const evil = "\r\n{\"msg\":\"forged\"}\x1b[2J\"}\n"
	p.log.About("")
	for name, send := range map[string]func(*http.Request){
		"path":   func(r *http.Request) { r.URL.Path = "/leistungen/" + evil },
		"query":  func(r *http.Request) { r.URL.RawQuery = "suche=" + url.QueryEscape(evil) },
		"method": func(r *http.Request) { r.Method = "GET" + evil },
		"header": func(r *http.Request) { r.Header.Set("User-Agent", evil); r.Header.Set("X-Request-Id", evil) },
		"cookie": func(r *http.Request) { r.Header.Set("Cookie", "portal="+evil) },
		"host":   func(r *http.Request) { r.Host = evil },
		"id":     func(r *http.Request) { r.URL.Path = "/entscheidungen/" + evil },
	} {
		r := httptest.NewRequest(http.MethodGet, "http://portal.test/leistungen", nil)
		r.AddCookie(&http.Cookie{Name: "portal", Value: p.token(t, "land")})
		send(r)
		p.server.ServeHTTP(httptest.NewRecorder(), r)
		lines := p.log.About("")
		if len(lines) != 1 {
			t.Errorf("%s: %d lines, want 1: %q", name, len(lines), lines)
		}
		for _, line := range lines {
			var fields map[string]any
			if strings.Count(line, "\n") != 1 || strings.ContainsAny(line, "\x1b\r") || json.Unmarshal([]byte(line), &fields) != nil || fields["msg"] != "request" {
				t.Errorf("%s: a broken line: %q", name, line)
			}
		}
	}
}
