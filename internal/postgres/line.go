package postgres

import (
	"context"
	"errors"
	"net"
	"os"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

// greeting is how long a server may take to say its first word.
const greeting = 2 * time.Second

// GiveUpAfter makes connections take a line for dead when an answer does not begin within patience. A server that lost
// power and a firewall that forgot a connection say nothing, and TCP alone waits for a quarter of an hour. patience is more
// than statement_timeout: a living server answers before.
func GiveUpAfter(config *pgx.ConnConfig, patience time.Duration) {
	dial := config.DialFunc
	config.DialFunc = func(ctx context.Context, network, addr string) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, greeting)
		defer cancel()
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &line{Conn: conn, patience: patience}, nil
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = greeting
	}
}

// line is a connection on which each question sets the time for its answer.
type line struct {
	net.Conn
	patience time.Duration
	answered atomic.Bool
}

func (l *line) Write(question []byte) (int, error) {
	patience := greeting
	if l.answered.Load() {
		patience = l.patience
	}
	if err := l.SetDeadline(time.Now().Add(patience)); err != nil {
		return 0, err
	}
	return l.Conn.Write(question)
}

// Read closes a line whose answer did not come. pgx would try for fifteen seconds to part on good terms, and the
// connection would keep its place in the pool as long.
func (l *line) Read(answer []byte) (int, error) {
	n, err := l.Conn.Read(answer)
	if n > 0 {
		l.answered.Store(true)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		_ = l.Close()
	}
	return n, err
}
