package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
)

// `make drill` ends instances fifty times and puts the release before beside this one.
var (
	shutdowns = flag.Int("shutdowns", 2, "how often an instance is ended under load")
	before    = flag.String("before", "", "program of the release before, which serves beside this one on the newest schema")
)

// TestShuttingDownDropsNoRequest is promise P11 on real processes: two instances on one database behind a proxy that does
// not retry and knows no sticky sessions, fifty requests a second and slow ones among them, and one instance after the
// other told to end. Every request succeeds, and what was acknowledged is there once.
func TestShuttingDownDropsNoRequest(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	front := startBalancer(t)
	programs := [2]string{os.Args[0], os.Args[0]}
	if *before != "" {
		programs[1] = *before
	}
	var instances [2]*instance
	for i := range instances {
		instances[i] = front.start(t, w, i, programs[i])
	}
	load := &load{url: front.URL, failures: map[string]int{}}
	stop := load.begin(t, w)
	for n := range *shutdowns {
		time.Sleep(300 * time.Millisecond)
		instances[n%2].end(t)
		instances[n%2] = front.start(t, w, n%2, programs[n%2])
	}
	time.Sleep(300 * time.Millisecond)
	stop()
	for what, n := range load.failures {
		t.Errorf("%d times: %s", n, what)
	}
	stored := dbtest.Admin[int64](t, w, `SELECT count(*) FROM portal.service WHERE name LIKE 'Probe %'`)
	if stored != load.written.Load() || stored < 20 {
		t.Errorf("%d writes were acknowledged and %d are stored", load.written.Load(), stored)
	}
	t.Logf("P11: %d shutdowns: %d pages, %d writes, %d of them slow, %d failures", *shutdowns, load.read.Load(), load.written.Load(), load.slow.Load(), len(load.failures))
}

// balancer is a reverse proxy that asks /readyz about ten times a second and never sends a request twice.
type balancer struct {
	URL  string
	turn atomic.Uint64

	mu       sync.Mutex
	backends [2]*url.URL // nil: not ready
}

func startBalancer(t *testing.T) *balancer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &balancer{URL: "http://" + listener.Addr().String()}
	proxy := &httputil.ReverseProxy{
		Transport: &http.Transport{MaxIdleConnsPerHost: 50},
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(b.pick())
			r.Out.Host = r.In.Host
			r.Out.GetBody = nil // as a proxy has it: what was sent once is gone
		},
	}
	server := &http.Server{Handler: proxy, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return b
}

// pick takes the backends by turns.
func (b *balancer) pick() *url.URL {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := b.turn.Add(1)
	for i := range uint64(2) {
		if chosen := b.backends[(n+i)%2]; chosen != nil {
			return chosen
		}
	}
	return &url.URL{Scheme: "http", Host: "127.0.0.1:1"} // nobody is ready: counts as a failure
}

func (b *balancer) set(i int, at *url.URL) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.backends[i] = at
}

// clear empties a place, unless a new instance has it by now.
func (b *balancer) clear(i int, at *url.URL) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.backends[i] == at {
		b.backends[i] = nil
	}
}

// instance is a `portal serve` with workers behind the balancer.
type instance struct {
	*exec.Cmd
	log *dbtest.Log
}

// start runs an instance and returns when it is ready. From then on the balancer watches it until it says no.
func (b *balancer) start(t *testing.T, w *dbtest.World, i int, program string) *instance {
	t.Helper()
	addr := freeAddr(t)
	serve := &instance{exec.CommandContext(context.WithoutCancel(t.Context()), program, "serve"), dbtest.NewLog(t, nil)}
	serve.Env = append(os.Environ(), asPortal+"=1", "DATABASE_URL="+w.URL, "WORKER_DATABASE_URL="+w.WorkerURL, "PORTAL_ADDR="+addr, "PORTAL_URL="+b.URL, "PORTAL_SHUTDOWN_DELAY=2s",
		"OIDC_ISSUER=https://issuer.test", "OIDC_CLIENT_ID=x", "OIDC_CLIENT_SECRET=y")
	serve.Stdout, serve.Stderr = serve.log, serve.log
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = serve.Process.Kill() })
	at := &url.URL{Scheme: "http", Host: addr}
	until(t, "an instance is ready", func() bool { return ready(at) })
	b.set(i, at)
	go b.watch(i, at)
	return serve
}

// watch takes an instance out after two refusals in a row, as load balancers do, and back in when it is ready again, until it
// or another one has its place.
func (b *balancer) watch(i int, at *url.URL) {
	for misses := 0; misses < 50; time.Sleep(100 * time.Millisecond) {
		if ready(at) {
			misses = 0
			b.set(i, at)
			continue
		}
		if misses++; misses == 2 {
			b.clear(i, at)
		}
	}
}

func ready(at *url.URL) bool {
	client := http.Client{Timeout: 700 * time.Millisecond}
	answer, err := client.Get(at.JoinPath("/readyz").String())
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// end tells an instance to end, as systemd and Kubernetes do, and waits until it has.
func (i *instance) end(t *testing.T) {
	t.Helper()
	if err := i.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := i.Wait(); err != nil || time.Since(began) > 30*time.Second {
		t.Errorf("the instance ended after %s with %v:\n%.2000s", time.Since(began), err, i.log.String())
	}
}

func freeAddr(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// load is ten people who read and write through the balancer, and two on a slow line.
type load struct {
	url                 string
	read, written, slow atomic.Int64

	mu       sync.Mutex
	failures map[string]int
}

// begin starts the load and returns what ends it.
func (l *load) begin(t *testing.T, w *dbtest.World) (stop func()) {
	t.Helper()
	done := make(chan struct{})
	var running sync.WaitGroup
	for n := range 12 {
		cookie := &http.Cookie{Name: "portal", Value: w.Token(t, "land")}
		running.Go(func() {
			for {
				select {
				case <-done:
					return
				case <-time.After(200 * time.Millisecond):
				}
				if n < 10 {
					l.send(http.MethodGet, "/leistungen", nil, cookie, http.StatusOK, &l.read)
					l.send(http.MethodPost, "/leistungen", strings.NewReader(newService()), cookie, http.StatusSeeOther, &l.written)
				} else if l.send(http.MethodPost, "/leistungen", &dripping{text: newService()}, cookie, http.StatusSeeOther, &l.written) {
					l.slow.Add(1)
				}
			}
		})
	}
	return func() { close(done); running.Wait() }
}

// newService is a filled form of the catalogue.
func newService() string {
	id := uuid.NewString()
	return url.Values{
		"id": {id}, "name": {"Probe " + id}, "ministry": {"TMDI"}, "lifecycle": {"reusable"}, "execution_level": {"kreis"}, "competence": {"all"},
	}.Encode()
}

func (l *load) send(method, path string, body io.Reader, cookie *http.Cookie, want int, count *atomic.Int64) bool {
	r, err := http.NewRequest(method, l.url+path, body)
	if err != nil {
		l.fail(err.Error())
		return false
	}
	r.AddCookie(cookie)
	r.Header.Set("Origin", l.url)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		l.fail(err.Error())
		return false
	}
	text, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if err != nil || answer.StatusCode != want {
		l.fail(fmt.Sprintf("%s %s: %d, want %d; %v %.200s", method, path, answer.StatusCode, want, err, text))
		return false
	}
	count.Add(1)
	return true
}

func (l *load) fail(what string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failures[what]++
}

// dripping hands a form over in ten pieces within two seconds.
type dripping struct{ text string }

func (d *dripping) Read(into []byte) (int, error) {
	if d.text == "" {
		return 0, io.EOF
	}
	time.Sleep(200 * time.Millisecond)
	n := copy(into, d.text[:min(len(d.text), 20)])
	d.text = d.text[n:]
	return n, nil
}
