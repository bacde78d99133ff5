package web

import (
	"net/http"

	"github.com/go-chi/chi/v5/middleware"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"rollinportal/web/metrics"
	"rollinportal/web/page"
)

// traced puts a request into a trace; the returned function names it by its route when it is over. Addresses, people and
// Länder stay out. Only a proxy of our own may say which trace a request belongs to.
func (g guard) traced(r *http.Request) (*http.Request, func(middleware.WrapResponseWriter, *page.Visit)) {
	if g.config.Traces == nil {
		return r, func(middleware.WrapResponseWriter, *page.Visit) {}
	}
	ctx := r.Context()
	if g.config.Proxies > 0 {
		ctx = propagation.TraceContext{}.Extract(ctx, propagation.HeaderCarrier(r.Header))
	}
	ctx, span := g.config.Traces.Tracer("rollinportal/web").Start(ctx, metrics.Method(r.Method), trace.WithSpanKind(trace.SpanKindServer))
	r = r.WithContext(ctx)
	return r, func(answer middleware.WrapResponseWriter, visit *page.Visit) {
		route := routePattern(r.Context())
		span.SetName(metrics.Method(r.Method) + " " + route)
		span.SetAttributes(attribute.String("http.route", route), attribute.Int("http.response.status_code", answer.Status()), attribute.String("request", visit.ID))
		if answer.Status() >= http.StatusInternalServerError {
			span.SetStatus(codes.Error, "")
		}
		span.End()
	}
}
