package web_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/dbtest"
)

// figure is what one request costs.
type figure struct {
	portal, database time.Duration // of CPU
	statements       int
	bytes            int
}

func (f figure) cpu() time.Duration { return f.portal + f.database }

// meter reads the CPU time of this process and of the database's processes.
type meter struct{ admin *pgx.Conn }

func newMeter(t testing.TB, w *dbtest.World) meter {
	conn, err := pgx.Connect(context.Background(), w.AdminURL)
	must(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return meter{conn}
}

// reading is what was spent until now.
type reading struct{ portal, database time.Duration }

func (r reading) since(from reading, n int) figure {
	return figure{portal: (r.portal - from.portal) / time.Duration(n), database: (r.database - from.database) / time.Duration(n)}
}

// read sums up. The pool keeps its connections, so no process ends between two readings.
func (m meter) read(t testing.TB) reading {
	var own syscall.Rusage
	must(t, syscall.Getrusage(syscall.RUSAGE_SELF, &own))
	rows, _ := m.admin.Query(context.Background(), `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename = 'portal_app' ORDER BY pid`)
	pids, err := pgx.CollectRows(rows, pgx.RowTo[int])
	must(t, err)
	r := reading{portal: time.Duration(own.Utime.Nano() + own.Stime.Nano())}
	for _, pid := range pids {
		r.database += cpuOf(t, pid)
	}
	return r
}

// cpuOf reads how long a process was on a CPU: the first number of its schedstat, in nanoseconds.
func cpuOf(t testing.TB, pid int) time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/schedstat", pid))
	must(t, err)
	ns, err := strconv.ParseInt(strings.Fields(string(text))[0], 10, 64)
	must(t, err)
	return time.Duration(ns)
}
