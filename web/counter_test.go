package web_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// counter is a pgx tracer that notes every statement but those that only frame a transaction, once it was reset.
type counter struct {
	mu         sync.Mutex
	on         atomic.Bool // what is measured shall not pay for what is counted
	statements []string
}

func (c *counter) option() postgres.Option { return postgres.WithTracer(c) }

// reset forgets what was counted.
func (c *counter) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.statements = nil
	c.on.Store(true)
}

// counted ends the counting.
func (c *counter) counted() []string {
	c.on.Store(false)
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.statements
}

func (c *counter) note(sql string) {
	if !c.on.Load() {
		return
	}
	sql = strings.Join(strings.Fields(sql), " ")
	for _, frame := range []string{"begin", "commit", "rollback"} {
		if strings.HasPrefix(strings.ToLower(sql), frame) {
			return
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.statements = append(c.statements, sql)
}

func (c *counter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	c.note(data.SQL)
	return ctx
}

func (c *counter) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func (c *counter) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return ctx
}

func (c *counter) TraceBatchQuery(_ context.Context, _ *pgx.Conn, data pgx.TraceBatchQueryData) {
	c.note(data.SQL)
}

func (c *counter) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}
