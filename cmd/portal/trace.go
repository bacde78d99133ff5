package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"github.com/exaring/otelpgx"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"

	"rollinportal/internal/postgres"
)

// traceAccess is where OpenTelemetry traces go. The exporter reads the further OTEL_ variables by itself.
type traceAccess struct {
	Traces string `env:"OTEL_EXPORTER_OTLP_ENDPOINT" help:"Where OpenTelemetry traces go by OTLP over HTTP, such as http://127.0.0.1:4318. The other OTEL_ variables hold, too. Without it there are none."`
}

// tracing is what traces requests and statements. The zero value traces nothing.
type tracing struct{ provider *trace.TracerProvider }

func (c traceAccess) tracing(ctx context.Context, log *slog.Logger) (tracing, error) {
	if c.Traces == "" {
		return tracing{}, nil
	}
	to, err := url.JoinPath(c.Traces, "v1/traces")
	if err != nil {
		return tracing{}, fmt.Errorf("OTEL_EXPORTER_OTLP_ENDPOINT: %w", err)
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.WarnContext(ctx, "traces get lost", "error", err) }))
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(to))
	what, wrong := resource.New(ctx, resource.WithAttributes(semconv.ServiceName("portal"), semconv.ServiceVersion(revision())), resource.WithFromEnv())
	if err := errors.Join(err, wrong); err != nil {
		return tracing{}, fmt.Errorf("trace to %s: %w", c.Traces, err)
	}
	return tracing{trace.NewTracerProvider(trace.WithBatcher(exporter), trace.WithResource(what))}, nil
}

// statements traces what a pool asks of the database: its statements, never the values in them.
func (t tracing) statements() []postgres.Option {
	if t.provider == nil {
		return nil
	}
	return []postgres.Option{postgres.WithTracer(otelpgx.NewTracer(otelpgx.WithTracerProvider(quiet{t.provider}), otelpgx.WithDisableConnectionDetailsInAttributes()))}
}

// stop sends what waits, as long as somebody takes it soon.
func (t tracing) stop() {
	if t.provider == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	_ = t.provider.Shutdown(ctx) // the error handler has said it
}
