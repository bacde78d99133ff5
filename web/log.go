package web

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/web/metrics"
	"rollinportal/web/page"
	"rollinportal/web/signinpage"
)

// logLine writes one line per request: the route, never the URL; ids, never names or contents.
func (g guard) logLine(r *http.Request, w middleware.WrapResponseWriter, visit *page.Visit, started time.Time) {
	took, route := time.Since(started), routePattern(r.Context())
	g.config.Watch.Request(r.Method, route, w.Status(), took)
	fields := []any{
		"method", metrics.Method(r.Method), "route", route, "status", w.Status(), "bytes", w.BytesWritten(), "ms", took.Milliseconds(), "request", visit.ID,
	}
	if visit.Who.SignedIn() {
		fields = append(fields, "person", visit.Who.Person, "land", visit.Who.Land.Key, "role", visit.Who.Role)
	}
	if event := securityEvent(visit, route, w.Status()); event != "" {
		fields = append(fields, "security", event)
	}
	kind := fault.KindOf(visit.Failed)
	switch {
	case visit.Failed == nil:
		g.config.Log.InfoContext(r.Context(), "request", fields...)
	case kind == fault.Internal || kind == fault.Unavailable || errors.Is(visit.Failed, signinpage.ErrApart):
		g.config.Log.ErrorContext(r.Context(), "request", append(fields, "error", visit.Failed)...)
	default:
		g.config.Log.InfoContext(r.Context(), "request", append(fields, "fault", int(kind))...)
	}
}

// securityEvent names what whoever guards the portal looks for in its log, "" for everyday requests. A request is at most
// one such event; what changed, and by whom, stands in the audit trail and not here.
func securityEvent(visit *page.Visit, route string, status int) string {
	returned := route == "/auth/callback"
	switch {
	case status == http.StatusTooManyRequests:
		return "too_many_requests"
	case status == http.StatusRequestEntityTooLarge:
		return "too_large"
	case errors.Is(visit.Failed, errCrossSite):
		return "cross_site"
	case returned && status == http.StatusSeeOther:
		return "signed_in"
	case returned && status < http.StatusInternalServerError:
		return "sign_in_refused"
	case visit.Action == access.Logout && status < http.StatusBadRequest:
		return "signed_out"
	case status == http.StatusForbidden:
		return "forbidden"
	case status == http.StatusNotFound && visit.Action != "":
		return "not_visible" // unknown, or foreign: the portal does not tell them apart
	case visit.Stale:
		return "session_over"
	case status == http.StatusUnauthorized:
		return "not_signed_in"
	}
	return ""
}

// routePattern is the route that chi found. "-" if there is none: addresses may hold what nobody should keep.
func routePattern(ctx context.Context) string {
	if rc := chi.RouteContext(ctx); rc != nil && rc.RoutePattern() != "" {
		return rc.RoutePattern()
	}
	return "-"
}
