package main

import (
	"context"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// quiet keeps the words of errors out of spans: Postgres quotes what people typed, and connections name their host. That a
// statement failed stays, and its SQLSTATE.
type quiet struct{ trace.TracerProvider }

// Tracer returns a tracer whose spans are quiet.
func (q quiet) Tracer(name string, options ...trace.TracerOption) trace.Tracer {
	return quietTracer{q.TracerProvider.Tracer(name, options...)}
}

type quietTracer struct{ trace.Tracer }

func (t quietTracer) Start(ctx context.Context, name string, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	ctx, span := t.Tracer.Start(ctx, name, options...)
	span = quietSpan{span}
	return trace.ContextWithSpan(ctx, span), span
}

type quietSpan struct{ trace.Span }

func (quietSpan) RecordError(error, ...trace.EventOption) {}

func (s quietSpan) SetStatus(code codes.Code, _ string) { s.Span.SetStatus(code, "") }
