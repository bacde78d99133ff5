// Package metrics is what whoever runs the portal sees of it in Prometheus, on an address of its own: requests by route,
// connections, jobs and mails by state. Labels are routes, states and counts; no person, Land or organisation is among them.
package metrics

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"rollinportal/internal/operation"
	"rollinportal/internal/postgres"
)

// Watch gathers the figures of one process. A nil Watch gathers nothing.
type Watch struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

// New returns a watch over a process that was built from revision.
func New(revision string) *Watch {
	w := &Watch{registry: prometheus.NewRegistry(), requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "portal_request_seconds", Help: "How long answers took, by method, route and status.",
		Buckets: []float64{.01, .03, .1, .3, .8, 2, 5, 15}, // 0.3 and 0.8 s are what the portal promises
	}, []string{"method", "route", "status"})}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "portal_build_info", Help: "What runs here, always 1.",
		ConstLabels: prometheus.Labels{"revision": revision, "schema": strconv.FormatInt(postgres.SchemaVersion(), 10)},
	})
	build.Set(1)
	w.registry.MustRegister(w.requests, build, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return w
}

// Request notes an answer. The route is a pattern of the routing table, never an address with ids in it.
func (w *Watch) Request(method, route string, status int, took time.Duration) {
	if w == nil {
		return
	}
	w.requests.WithLabelValues(Method(method), route, strconv.Itoa(status)).Observe(took.Seconds())
}

// Method is a method that the portal answers, "other" for any else: a stranger makes up no series, and no words of the log.
func Method(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return method
	}
	return "other"
}

// Connections adds the connections of a pool. A process may have several, each under a name of its own.
func (w *Watch) Connections(pool string, db *postgres.DB) {
	prometheus.WrapRegistererWith(prometheus.Labels{"pool": pool}, w.registry).MustRegister(connections{db})
}

// Workload adds the jobs and mails that workers have before them.
func (w *Watch) Workload(work *operation.Service) { w.registry.MustRegister(workload{work}) }

// ServeHTTP answers a scrape. A figure that cannot be had, because the database is away, is left out.
func (w *Watch) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	promhttp.HandlerFor(w.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}).ServeHTTP(out, r)
}
