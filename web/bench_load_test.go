package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"rollinportal/internal/benchdata"
)

// connections is how many people ask at the same time in a load run, and duration for how long.
const (
	connections = 8
	duration    = 2 * time.Second
)

// loaded is what a load run over HTTP found.
type loaded struct {
	perSecond   float64
	median, p99 time.Duration
}

// loadAll lets people ask over loopback, each kind of work by itself.
func (p *bench) loadAll(b testing.TB) map[string]loaded {
	server := httptest.NewServer(p.server)
	defer server.Close()
	found := map[string]loaded{}
	for _, w := range works {
		switch w.name {
		case barePage, checklist, lagebild, bareGrid, matrix:
			found[w.name] = p.load(b, server.URL, w, func(int) (string, url.Values) { return w.path, nil })
		case stepUpdate: // each in a checklist of their own; all in one body, and in its one trail
			found[w.name] = p.load(b, server.URL, w, func(client int) (string, url.Values) { return stepPath(client), p.movers[client].form() })
		case bareWrite:
			found[w.name] = p.load(b, server.URL, w, func(int) (string, url.Values) { return w.path, url.Values{} })
		}
	}
	return found
}

// load has as many clients as there are connections ask the same again and again.
func (p *bench) load(b testing.TB, base string, w work, next func(client int) (string, url.Values)) loaded {
	until := time.Now().Add(duration)
	var mu sync.Mutex
	var took []time.Duration
	var clients sync.WaitGroup
	for i := range connections {
		clients.Go(func() {
			c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			for time.Now().Before(until) {
				path, form := next(i)
				from := time.Now()
				if status := fetch(c, base+path, p.tokens[w.login()], form); status != w.wants() {
					b.Errorf("%s: %d", path, status)
					return
				}
				mu.Lock()
				took = append(took, time.Since(from))
				mu.Unlock()
			}
		})
	}
	clients.Wait()
	if len(took) == 0 {
		b.Fatalf("%s: nothing came back", w.path)
	}
	slices.Sort(took)
	return loaded{float64(len(took)) / duration.Seconds(), took[len(took)/2], took[len(took)*99/100]}
}

// fetch asks once and returns the status, 0 if there was no answer.
func fetch(c *http.Client, address, token string, form url.Values) int {
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if form != nil {
		r, err = http.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	}
	if err != nil {
		return 0
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	r.AddCookie(&http.Cookie{Name: "portal", Value: token})
	answer, err := c.Do(r)
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	if _, err := answer.Body.Read(make([]byte, 1)); err != nil && form == nil {
		return 0
	}
	return answer.StatusCode
}

// process is what the portal's own binary needs.
type process struct {
	start  time.Duration // from exec to the first answer
	memory int           // KiB resident at the end
}

// startBinary runs the portal as an operator would, asks it a few hundred pages and looks at its memory.
func (p *bench) startBinary(b testing.TB, binary string) process {
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	base := "http://127.0.0.1:18116"
	cmd := exec.CommandContext(ctx, binary, "serve")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.Env = append(os.Environ(), "DATABASE_URL="+p.URL, "PORTAL_ADDR=127.0.0.1:18116", "OIDC_ISSUER="+p.issuer.URL, "OIDC_CLIENT_ID=portal", "OIDC_CLIENT_SECRET=none", "PORTAL_RATE=0")
	from := time.Now()
	must(b, cmd.Start())
	client, token := &http.Client{}, p.tokens[benchdata.Coordinator(0)]
	for fetch(client, base+"/lagebild", token, nil) != http.StatusOK {
		if time.Since(from) > 20*time.Second {
			b.Fatal("the portal does not answer")
		}
		time.Sleep(5 * time.Millisecond)
	}
	found := process{start: time.Since(from)}
	for range 100 {
		for _, w := range works {
			if !w.write && w.name != barePage && w.name != bareGrid && w.land == 0 {
				fetch(client, base+w.path, p.tokens[w.login()], nil)
			}
		}
	}
	found.memory = resident(b, cmd.Process.Pid)
	stop()
	_ = cmd.Wait()
	return found
}

func resident(b testing.TB, pid int) int {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	must(b, err)
	for line := range strings.Lines(string(text)) {
		if rest, found := strings.CutPrefix(line, "VmRSS:"); found {
			kb, err := strconv.Atoi(strings.Fields(rest)[0])
			must(b, err)
			return kb
		}
	}
	b.Fatal("no VmRSS")
	return 0
}
