package web_test

import (
	"bufio"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"rollinportal/web"
	"rollinportal/web/page"
)

// TestEveryAnswerCarriesTheSecurityHeaders walks every page as three people, and every status that there is.
func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	own := ownParams(t, p)
	seen := map[int]bool{}
	for _, login := range []string{"", "land", "k16051"} {
		for _, route := range p.server.Routes() {
			if route.Method == http.MethodGet {
				seen[protected(t, login+" "+route.Pattern, p.ask(t, login, fill(t, route.Pattern, own), nil))] = true
			}
		}
	}
	p.server.Router().(*chi.Mux).Get("/panik", func(http.ResponseWriter, *http.Request) { panic("a mistake") })
	small := p.again(t, func(c *web.Config) { c.Rate = 1 })
	small.ask(t, "land", "/leistungen", nil)
	for name, w := range map[string]*httptest.ResponseRecorder{
		"unknown":        p.ask(t, "land", "/gibt-es-nicht", nil),
		"unknown method": p.askPost(t, "land", "/impressum"),
		"bad form":       p.ask(t, "land", "/leistungen", url.Values{"x": {"y"}}),
		"signed out":     p.askPost(t, "", "/leistungen"),
		"cross-site":     p.askFrom("https://boese.example", "/leistungen"),
		"too large":      p.ask(t, "land", "/leistungen", url.Values{"name": {strings.Repeat("x", 2<<20)}}),
		"too many":       small.ask(t, "land", "/leistungen", nil),
		"a panic":        p.ask(t, "land", "/panik", nil),
		"an asset":       p.ask(t, "", "/static/gibt-es-nicht.css", nil),
	} {
		seen[protected(t, name, w)] = true
	}
	p.away(t, true)
	seen[protected(t, "no database", p.ask(t, "land", "/leistungen", nil))] = true
	for _, status := range []int{200, 303, 401, 403, 404, 413, 422, 429, 500, 503} {
		if !seen[status] {
			t.Errorf("no answer %d was looked at", status)
		}
	}
}

// protected checks the headers of an answer and returns its status.
func protected(t *testing.T, name string, w *httptest.ResponseRecorder) int {
	t.Helper()
	h := w.Header()
	for header, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		"Permissions-Policy": "camera=(), geolocation=(), microphone=()",
	} {
		if h.Get(header) != want {
			t.Errorf("%s (%d): %s is %q", name, w.Code, header, h.Get(header))
		}
	}
	rules := []string{"default-src 'none'", "script-src 'self'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'"}
	if h.Get("Content-Security-Policy") == page.FilePolicy { // stricter: no script, no form
		rules = []string{"default-src 'none'", "sandbox", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'none'"}
	}
	for _, rule := range rules {
		if !strings.Contains(h.Get("Content-Security-Policy"), rule) {
			t.Errorf("%s (%d): the policy lacks %s", name, w.Code, rule)
		}
	}
	if policy := h.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
		t.Errorf("%s (%d): a wide policy %q", name, w.Code, policy)
	}
	if h.Get("Cache-Control") != "no-store" && name != "an asset" {
		t.Errorf("%s (%d): Cache-Control is %q", name, w.Code, h.Get("Cache-Control"))
	}
	return w.Code
}

// TestTheServerAnswersNothingByItself: net/http would answer OPTIONS * before the guard hears of it.
func TestTheServerAnswersNothingByItself(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(nil)
	server.Config = web.Listen("", newPortal(t).server)
	server.Start()
	t.Cleanup(server.Close)
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	must(t, err)
	defer conn.Close()
	_, err = io.WriteString(conn, "OPTIONS * HTTP/1.1\r\nHost: portal.test\r\n\r\n")
	must(t, err)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	must(t, err)
	defer answer.Body.Close()
	w := httptest.NewRecorder()
	w.Code = answer.StatusCode
	maps.Copy(w.Header(), answer.Header)
	if status := protected(t, "OPTIONS *", w); status != http.StatusNotFound {
		t.Errorf("OPTIONS *: %d", status)
	}
}

// TestNothingHidesBehindABodyOfTwoLengths: where a proxy and the portal disagree on where a request ends, what one of them takes
// for its body the other would take for somebody's next request.
func TestNothingHidesBehindABodyOfTwoLengths(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(nil)
	server.Config = web.Listen("", newPortal(t).server)
	server.Start()
	t.Cleanup(server.Close)
	const hidden = "GET /healthz HTTP/1.1\r\nHost: portal.test\r\nConnection: close\r\n\r\n"
	for name, headers := range map[string]string{
		"a length and pieces":     "Content-Length: 48\r\nTransfer-Encoding: chunked\r\n",
		"pieces and a length":     "Transfer-Encoding: chunked\r\nContent-Length: 48\r\n",
		"a folded line":           "Transfer-Encoding:\r\n chunked\r\n",
		"two codings":             "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
		"a blank before a colon":  "Transfer-Encoding : chunked\r\n",
		"two lengths":             "Content-Length: 5\r\nContent-Length: 48\r\n",
		"a length with a sign":    "Content-Length: +5\r\n",
		"pieces, by its own word": "Transfer-Encoding: chunked\r\n",
	} {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		must(t, err)
		_, err = io.WriteString(conn, "POST /login HTTP/1.1\r\nHost: portal.test\r\nContent-Type: application/x-www-form-urlencoded\r\n"+headers+"\r\n0\r\n\r\n"+hidden)
		must(t, err)
		said, err := io.ReadAll(conn)
		if answers := strings.Count(string(said), "HTTP/1.1 "); answers != 1 {
			t.Errorf("%s: %d answers, %v", name, answers, err)
		}
		_ = conn.Close()
	}
}

func TestOverHTTPSBrowsersAreToldToStayThere(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	secure := p.again(t, func(c *web.Config) { c.BaseURL = &url.URL{Scheme: "https", Host: "portal.test"} })
	for _, path := range []string{"/anmelden", "/gibt-es-nicht"} {
		if w := secure.ask(t, "", path, nil); w.Header().Get("Strict-Transport-Security") != "max-age=31536000; includeSubDomains" {
			t.Errorf("%s: %q", path, w.Header().Get("Strict-Transport-Security"))
		}
	}
	if w := p.ask(t, "", "/anmelden", nil); w.Header().Get("Strict-Transport-Security") != "" {
		t.Error("over http the header has no place")
	}
}
