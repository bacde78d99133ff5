package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

// greeting is how long a server may take to say its first word.
const greeting = 2 * time.Second

// GiveUpAfter makes connections take a line for dead when an answer does not begin within patience. A server that lost
// power and a firewall that forgot a connection say nothing, and TCP alone waits for a quarter of an hour. patience is more
// than statement_timeout: a living server answers before. The server is asked to do the same: else it keeps a place for
// everybody who fell silent, for hours, until it has none left.
func GiveUpAfter(config *pgx.ConnConfig, patience time.Duration) {
	for name, value := range map[string]string{
		"tcp_keepalives_idle": "30", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3", "tcp_user_timeout": "60000",
	} {
		config.RuntimeParams[name] = value
	}
	dial := config.DialFunc
	config.DialFunc = func(ctx context.Context, network, addr string) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, greeting)
		defer cancel()
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		l := &line{Conn: conn, usual: patience}
		l.patience.Store(int64(patience))
		return l, nil
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = greeting
	}
}

// line is a connection on which each question sets the time for its answer.
type line struct {
	net.Conn
	usual    time.Duration
	patience atomic.Int64 // a time.Duration; longer than usual while a transaction takes its time
	answered atomic.Bool
}

// lineOf finds the line of a connection, below TLS if there is any; nil if nobody watches it.
func lineOf(conn *pgx.Conn) *line {
	under := conn.PgConn().Conn()
	if secure, ok := under.(interface{ NetConn() net.Conn }); ok {
		under = secure.NetConn()
	}
	l, _ := under.(*line)
	return l
}

// TakeTime lets each statement that follows in this transaction run as long as limit, where a request's must answer in
// seconds: for rounds that read all that a Land ever did.
func (tx *Tx) TakeTime(ctx context.Context, limit time.Duration) error {
	if l := lineOf(tx.Conn()); l != nil {
		l.patience.Store(int64(limit + greeting))
		tx.slow = l
	}
	if _, err := tx.Exec(ctx, `SELECT set_config('statement_timeout', $1, true)`, strconv.FormatInt(limit.Milliseconds(), 10)); err != nil {
		return fmt.Errorf("take time: %w", err)
	}
	return nil
}

// hurry ends what TakeTime began.
func (tx *Tx) hurry() {
	if tx.slow != nil {
		tx.slow.patience.Store(int64(tx.slow.usual))
	}
}

func (l *line) Write(question []byte) (int, error) {
	patience := greeting
	if l.answered.Load() {
		patience = time.Duration(l.patience.Load())
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
