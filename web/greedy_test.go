package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/web"
)

func TestAGreedySessionIsRefusedAndNobodyElse(t *testing.T) {
	t.Parallel()
	p := newPortal(t).again(t, func(c *web.Config) { c.Rate = 20 })
	for n := range 20 {
		if w := p.ask(t, "land", "/leistungen", nil); w.Code != http.StatusOK {
			t.Fatalf("request %d: %d", n+1, w.Code)
		}
	}
	w := p.ask(t, "land", "/leistungen/wohngeld", url.Values{"version": {"1"}, "name": {"Mein langer Text"}})
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "Mein langer Text") {
		t.Errorf("one more: %d, Retry-After %q; what was typed must still be there", w.Code, w.Header().Get("Retry-After"))
	}
	if lines := p.log.About(`"security":"too_many_requests"`); len(lines) != 1 {
		t.Errorf("the log tells of it %d times", len(lines))
	}
	for name, w := range map[string]*httptest.ResponseRecorder{
		"another session": p.ask(t, "k16051", "/leistungen", nil), "a stranger": p.ask(t, "", "/anmelden", nil), "a health check": p.ask(t, "land", "/healthz", nil),
	} {
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
}

// TestAGreedyAddressIsRefusedWhateverItSays: made-up cookies and made-up addresses in the header do not help.
func TestAGreedyAddressIsRefusedWhateverItSays(t *testing.T) {
	t.Parallel()
	p := newPortal(t).again(t, func(c *web.Config) { c.Rate, c.Proxies = 2, 1 })
	ask := func(n int, forwarded string) int {
		r := httptest.NewRequest(http.MethodGet, "http://portal.test/anmelden", nil)
		r.Header.Set("X-Forwarded-For", forwarded)
		r.AddCookie(&http.Cookie{Name: "portal", Value: fmt.Sprint("erfunden-", n)})
		w := httptest.NewRecorder()
		p.server.ServeHTTP(w, r)
		return w.Code
	}
	for n := range 20 {
		if status := ask(n, fmt.Sprintf("10.0.0.%d, 203.0.113.7", n)); status != http.StatusOK {
			t.Fatalf("request %d: %d", n+1, status)
		}
	}
	if status := ask(99, "10.9.9.9, 203.0.113.7"); status != http.StatusTooManyRequests {
		t.Errorf("the address that the proxy saw asked 21 times: %d", status)
	}
	if status := ask(99, "203.0.113.8"); status != http.StatusOK {
		t.Errorf("another address: %d", status)
	}
	for n := range 20 {
		ask(n, fmt.Sprintf("2001:db8:0:1::%d", n))
	}
	if status := ask(99, "2001:db8:0:1:ffff::1"); status != http.StatusTooManyRequests {
		t.Errorf("an address of a net that asked 20 times: %d", status)
	}
	if status := ask(99, "2001:db8:0:2::1"); status != http.StatusOK {
		t.Errorf("an address of another net: %d", status)
	}
}

// TestOneSenderDoesNotFillTheBoxForBarriers: who sends too many is told so, keeps the text, and keeps nobody else from
// reporting theirs. Forms that are to be mended count for nothing.
func TestOneSenderDoesNotFillTheBoxForBarriers(t *testing.T) {
	t.Parallel()
	p := newPortal(t).again(t, func(c *web.Config) { c.Proxies = 1 }) // and no limit of requests: senders count all the same
	report := func(address, message string) *httptest.ResponseRecorder {
		form := url.Values{"id": {uuid.NewString()}, "land": {"thueringen"}, "message": {message}}
		r := httptest.NewRequest(http.MethodPost, "http://portal.test/barriere-melden", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.Header.Set("X-Forwarded-For", address)
		w := httptest.NewRecorder()
		p.server.ServeHTTP(w, r)
		return w
	}
	for range 7 {
		if w := report("203.0.113.7", ""); w.Code != http.StatusUnprocessableEntity {
			t.Fatalf("an empty report: %d", w.Code)
		}
	}
	for n := range 5 {
		if w := report("203.0.113.7", "Die Tabelle"); w.Code != http.StatusSeeOther {
			t.Fatalf("report %d: %d", n+1, w.Code)
		}
	}
	w := report("203.0.113.7", "Mein langer Text")
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "Mein langer Text") || !strings.Contains(w.Body.String(), "Von Ihrem Anschluss") {
		t.Errorf("one more: %d, Retry-After %q; the text must still be there", w.Code, w.Header().Get("Retry-After"))
	}
	if w := report("203.0.113.8", "Die Tabelle"); w.Code != http.StatusSeeOther {
		t.Errorf("another sender: %d", w.Code)
	}
}

// TestLargeAndOddBodiesAreRefused: whatever is sent, the answer is a refusal and comes at once.
func TestLargeAndOddBodiesAreRefused(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	token := p.token(t, "land")
	const form, file = "application/x-www-form-urlencoded", "multipart/form-data; boundary=grenze"
	for name, c := range map[string]struct {
		kind string
		body io.Reader
	}{
		"200,000 fields":        {form, strings.NewReader(strings.Repeat("a=&", 200_000))},
		"200,000 names":         {form, strings.NewReader(numbered(200_000))},
		"one byte too many":     {form, strings.NewReader("name=" + strings.Repeat("x", 1<<20-4))},
		"16 MiB too many":       {form, io.LimitReader(endless("x"), 17<<20)},
		"a malformed part":      {file, strings.NewReader("--grenze\r\nContent-Disposition: form-data; name=\"datei\r\n\r\nx")},
		"10,000 parts":          {file, strings.NewReader(strings.Repeat("--grenze\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n", 10_000) + "--grenze--")},
		"a part without an end": {file, io.LimitReader(io.MultiReader(strings.NewReader("--grenze\r\nContent-Disposition: form-data; name=\"datei\"; filename=\"a.pdf\"\r\n\r\n"), endless("x")), 40<<20)},
		"a broken escape":       {form, strings.NewReader("name=%zz")},
		"another kind":          {"application/json", strings.NewReader(`{"name":"x"}`)},
	} {
		for _, path := range []string{"/leistungen", "/kommunen/16051/leistungen/wohngeld/aufgaben/k_kickoff/nachweise"} {
			r := httptest.NewRequest(http.MethodPost, "http://portal.test"+path, c.body)
			r.Header.Set("Content-Type", c.kind)
			r.Header.Set("Origin", "http://portal.test")
			r.AddCookie(&http.Cookie{Name: "portal", Value: token})
			w := httptest.NewRecorder()
			began := time.Now()
			p.server.ServeHTTP(w, r)
			if w.Code < 400 || w.Code >= 500 || time.Since(began) > 5*time.Second {
				t.Errorf("%s to %s: %d after %s", name, path, w.Code, time.Since(began))
			}
		}
	}
}

func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%x&", i)
	}
	return b.String()
}

// endless is a body that never ends.
type endless string

func (e endless) Read(into []byte) (int, error) {
	for i := range into {
		into[i] = e[0]
	}
	return len(into), nil
}

// TestSlowClientsAreCutOff holds half a hundred connections open with a byte a second. They are cut off in time, and others
// are served meanwhile.
func TestSlowClientsAreCutOff(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	server := web.Listen("", p.server)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	cookie := "Cookie: portal=" + p.token(t, "land") + "\r\n"
	var slow sync.WaitGroup
	for range 24 {
		slow.Go(func() {
			dripUntilCut(t, listener.Addr().String(), "GET / HTTP/1.1\r\nHost: portal.test\r\nX-Slow: ", 10*time.Second)
		})
		slow.Go(func() {
			dripUntilCut(t, listener.Addr().String(), "POST /leistungen HTTP/1.1\r\nHost: portal.test\r\nOrigin: http://portal.test\r\n"+cookie+
				"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nname=", 35*time.Second)
		})
	}
	time.Sleep(2 * time.Second)
	began := time.Now()
	answer, err := http.Get("http://" + listener.Addr().String() + "/anmelden")
	must(t, err)
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK || time.Since(began) > 3*time.Second {
		t.Errorf("meanwhile others get %d after %s", answer.StatusCode, time.Since(began))
	}
	slow.Wait()
}

// dripUntilCut sends a byte a second and fails if the server bears it longer than it may.
func dripUntilCut(t *testing.T, addr, head string, most time.Duration) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Error(err)
		return
	}
	defer conn.Close()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = io.Copy(io.Discard, bufio.NewReader(conn)) // ends when the server closes
	}()
	_, _ = io.WriteString(conn, head)
	tick, late := time.NewTicker(time.Second), time.After(most+2*time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ended:
			return
		case <-late:
			t.Errorf("the server bore %.20q… for more than %s", head, most)
			return
		case <-tick.C:
			_, _ = io.WriteString(conn, "x")
		}
	}
}
