package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"

	"rollinportal/web"
	"rollinportal/web/metrics"
)

// watchAccess is where Prometheus finds the figures: never on the address that browsers reach.
type watchAccess struct {
	MetricsAddr string `env:"PORTAL_METRICS_ADDR" help:"Address for /metrics, such as 127.0.0.1:9100: not one that the reverse proxy serves. Without it there are none."`
}

// watch serves the figures until the returned function is called: to the end of a shutdown, which is worth watching.
func (c watchAccess) watch(w *metrics.Watch, log *slog.Logger) (stop func(), err error) {
	if c.MetricsAddr == "" {
		return func() {}, nil
	}
	listener, err := net.Listen("tcp", c.MetricsAddr)
	if err != nil {
		return nil, fmt.Errorf("listen for metrics on %s: %w", c.MetricsAddr, err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", w)
	server := web.Listen(c.MetricsAddr, mux)
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics are no longer served", "error", err)
		}
	}()
	return func() { _ = server.Close() }, nil
}

func newWatch() *metrics.Watch { return metrics.New(revision()) }

// revision is what this program was built from, "unknown" outside a checkout.
func revision() string {
	if built, ok := debug.ReadBuildInfo(); ok {
		for _, s := range built.Settings {
			if s.Key == "vcs.revision" {
				return s.Value
			}
		}
	}
	return "unknown"
}
