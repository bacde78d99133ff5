package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	spans "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/postgres"
)

// TestTracesNameRoutesAndNobody runs a portal beside a collector: a request and its statements are one trace, and nothing
// in it says who asked for what.
func TestTracesNameRoutesAndNobody(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	traces := collect(t)
	addr := freeAddr(t)
	var log bytes.Buffer
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{
			"serve", "--database-url", w.URL, "--addr", addr, "--issuer", "https://issuer.test", "--client-id", "x", "--client-secret", "y",
			"--announce", "0s", "--traces", traces.URL,
		}, nil, &log, &log)
	}()
	at := url.URL{Scheme: "http", Host: addr}
	until(t, "the portal is ready", func() bool { return ready(&at) })
	cookie := &http.Cookie{Name: "portal", Value: w.Token(t, "land")}
	for path, want := range map[string]int{"/leistungen?suche=Ahlendorf": http.StatusOK, "/einladung/geheim": http.StatusNotFound} {
		r := httptest.NewRequest(http.MethodGet, at.String()+path, nil)
		r.RequestURI = ""
		r.AddCookie(cookie)
		answer, err := http.DefaultTransport.RoundTrip(r)
		if err != nil || answer.StatusCode != want {
			t.Fatalf("%s: %v %v", path, answer, err)
		}
		_ = answer.Body.Close()
	}
	cancel()
	if err := <-ended; err != nil {
		t.Fatalf("%v\n%s", err, log.String())
	}

	requests := traces.named("GET /leistungen")
	if len(requests) != 1 || len(traces.named("GET /einladung/{token}")) != 1 {
		t.Fatalf("the requests are not there once each: %v", traces.names())
	}
	within := 0
	for _, s := range traces.spans {
		if bytes.Equal(s.TraceId, requests[0].TraceId) && strings.Contains(s.String(), "portal.service") {
			within++
		}
	}
	if within == 0 {
		t.Errorf("no statement on services belongs to the request: %v", traces.names())
	}
	for _, secret := range []string{"geheim", "Ahlendorf", cookie.Value, "tmdi.example"} {
		if bytes.Contains(traces.raw, []byte(secret)) {
			t.Errorf("a trace tells %q", secret)
		}
	}
}

// TestTracesKeepTheWordsOfErrorsBack: Postgres quotes a value that does not fit its type, and whoever cannot connect names the host.
func TestTracesKeepTheWordsOfErrorsBack(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	traces := collect(t)
	traced, err := traceAccess{Traces: traces.URL}.tracing(t.Context(), slog.New(slog.DiscardHandler))
	must(t, err)
	db, err := postgres.Open(t.Context(), w.URL, traced.statements()...)
	must(t, err)
	defer db.Close()
	ctx, request := traced.provider.Tracer("test").Start(t.Context(), "request")
	err = db.Read(ctx, w.As(t, "land"), access.HomeView, func(tx *postgres.Tx) error {
		var id string
		return tx.QueryRow(ctx, `SELECT $1::text::uuid::text`, "Erika Muster").Scan(&id)
	})
	gone, wrong := postgres.Open(t.Context(), "postgres://portal_app@127.0.0.1:1/portal", traced.statements()...)
	must(t, wrong)
	defer gone.Close()
	if err == nil || gone.Ready(ctx) == nil {
		t.Fatal("what must fail does not")
	}
	request.End()
	traced.stop()
	failed := 0
	for _, s := range traces.spans {
		if s.GetStatus().GetCode() == spans.Status_STATUS_CODE_ERROR {
			failed++
		}
	}
	if failed < 2 || !bytes.Contains(traces.raw, []byte("22P02")) {
		t.Errorf("%d spans of %v tell that something failed", failed, traces.names())
	}
	for _, secret := range []string{"Erika", "127.0.0.1"} {
		if bytes.Contains(traces.raw, []byte(secret)) {
			t.Errorf("a trace tells %q", secret)
		}
	}
}

// collected is what a collector was sent.
type collected struct {
	*httptest.Server
	mu    sync.Mutex
	raw   []byte
	spans []*spans.Span
}

// collect starts a collector that takes OTLP over HTTP.
func collect(t *testing.T) *collected {
	t.Helper()
	c := &collected{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var sent collector.ExportTraceServiceRequest
		if err != nil || r.URL.Path != "/v1/traces" || proto.Unmarshal(body, &sent) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.raw = append(c.raw, body...)
		for _, resource := range sent.ResourceSpans {
			for _, scope := range resource.ScopeSpans {
				c.spans = append(c.spans, scope.Spans...)
			}
		}
	}))
	t.Cleanup(c.Close)
	return c
}

func (c *collected) named(name string) []*spans.Span {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(c.spans), func(s *spans.Span) bool { return s.Name != name })
}

func (c *collected) names() (names []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.spans {
		names = append(names, s.Name)
	}
	return names
}
