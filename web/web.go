// Package web is what is seen: it turns requests into pages.
//
//	recover -> request id -> log line -> security headers -> cross-origin check -> session -> Actor -> route
//
// Every URL stands in routes.go with the action of the permission table that guards it. Behind a route is a method
// of a page package (catalogpage, decisionpage, …), which reads the request, calls one service and renders. Which
// services each of them may touch stands in rooms.go.
package web

import (
	"log/slog"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"go.opentelemetry.io/otel/trace"

	"rollinportal/internal/devstack"
	"rollinportal/internal/identity"
	"rollinportal/internal/postgres"
	"rollinportal/web/metrics"
	"rollinportal/web/page"
	"rollinportal/web/signinpage"
	"rollinportal/web/static"
)

// Config is what the web needs to know of the world outside.
type Config struct {
	BaseURL  *url.URL // as browsers see the portal
	Provider signinpage.ProviderConfig
	Log      *slog.Logger
	Mailbox  *devstack.Mailbox    // of the demo, whose mails everybody may read; nil everywhere else
	Prints   bool                 // workers make PDFs of Vermerke
	Demo     bool                 // every page says that its figures are invented
	Rate     int                  // requests of a session in a minute; 0 sets no limit
	Proxies  int                  // reverse proxies in front, each of which adds to X-Forwarded-For; 0: nobody is believed
	Watch    *metrics.Watch       // counts the answers; nil counts nothing
	Traces   trace.TracerProvider // OpenTelemetry; nil traces nothing
}

// Server answers the portal's requests.
type Server struct {
	router   *chi.Mux
	routes   []Route
	draining atomic.Bool
}

// Route is an entry of the routing table.
type Route struct {
	Method, Pattern string
	Action          string
}

// New returns the portal over a database.
func New(c Config, db *postgres.DB) (*Server, error) {
	assets, err := static.New()
	if err != nil {
		return nil, err
	}
	people := identity.NewService(db)
	shell := page.Shell{Styles: assets.Styles(), Scripts: []string{assets.URL("count.js")}, Asset: assets.URL, Favicon: assets.URL("favicon.svg"), Demo: c.Demo, DemoPost: c.Mailbox != nil}
	s := &Server{}
	t := &table{
		router: chi.NewRouter(),
		desk:   page.Desk{Shell: shell, Log: c.Log},
	}
	guard := guard{config: c, desk: t.desk, people: people, cookie: signinpage.CookieName(c.BaseURL), draining: &s.draining}
	t.router.Use(guard.protect, middleware.Compress(1, "text/html"))
	t.router.Method(http.MethodGet, static.Prefix+"*", assets)
	t.router.Method(http.MethodHead, static.Prefix+"*", assets)
	t.fill(furnish(c, db, people, shell, &s.draining))
	t.router.NotFound(t.desk.NotFound)
	t.router.MethodNotAllowed(t.desk.NotFound)
	s.router, s.routes = t.router, t.routes
	return s, nil
}

// ServeHTTP makes Server an http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.router.ServeHTTP(w, r) }

// Drain has the server say that it is about to end: /readyz answers 503, and each connection ends with its next answer,
// so that load balancers turn elsewhere before it stops to listen.
func (s *Server) Drain() { s.draining.Store(true) }

// Routes returns the routing table for the tests that walk it.
func (s *Server) Routes() []Route { return s.routes }

// Router lets tests walk what chi really serves.
func (s *Server) Router() chi.Routes { return s.router }

// Listen returns an http.Server with the time limits that keep slow clients from holding the portal.
func Listen(addr string, h http.Handler) *http.Server {
	return &http.Server{
		Addr: addr, Handler: h,
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 60 * time.Second, IdleTimeout: 120 * time.Second,
		MaxHeaderBytes:               64 << 10,
		DisableGeneralOptionsHandler: true, // OPTIONS * is answered as any other address, with all headers
	}
}
