package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/jobs"
	"rollinportal/internal/postgres"
)

var ctx = context.Background()

type greet struct{ Name string }

func (greet) Kind() string { return "test.greet" }

// diary notes what workers did.
type diary struct {
	mu    sync.Mutex
	lines []string
}

func (d *diary) note(line string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, line)
}

func (d *diary) read() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	slices.Sort(d.lines)
	return slices.Clone(d.lines)
}

// until waits for n lines and a little longer, for those that should not come.
func (d *diary) until(t *testing.T, n int) []string {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if len(d.read()) >= n {
			time.Sleep(300 * time.Millisecond)
			return d.read()
		}
	}
	t.Fatalf("%d lines did not come; there are %q", n, d.read())
	return nil
}

// work runs a crew for the length of a test.
func work(t *testing.T, w *dbtest.World, log *bytes.Buffer, prepare func(*jobs.Crew)) {
	t.Helper()
	crew := jobs.NewCrew(w.Work, slog.New(slog.NewTextHandler(log, nil)))
	crew.Hurry(20 * time.Millisecond)
	prepare(crew)
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- crew.Run(ctx, w.WorkerURL) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the crew ended with %v", err)
		}
	})
}

// promise inserts a job in a transaction that leaves its entry in the trail and then ends with end.
func promise(t *testing.T, w *dbtest.World, login, name string, end error) {
	t.Helper()
	err := w.DB.Write(ctx, w.As(t, login), access.HomeView, func(tx *postgres.Tx) error {
		if err := jobs.Insert(ctx, tx, greet{name}); err != nil {
			return err
		}
		if err := audit.Record(ctx, tx, audit.Entry{Org: tx.Org(), Action: "test", Kind: "test", Record: uuid.New(), Visibility: audit.Org}); err != nil {
			return err
		}
		return end
	})
	if !errors.Is(err, end) {
		t.Fatal(err)
	}
}

func TestAJobIsDoneForTheLandOfItsActAndOnlyAfterTheCommit(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	promise(t, w, "k16051", "erfurt", nil)
	promise(t, w, "d-k1", "demoland", nil)
	promise(t, w, "k16051", "zurückgerollt", errors.New("rolled back"))
	var done diary
	var log bytes.Buffer
	work(t, w, &log, func(c *jobs.Crew) {
		jobs.Handle(c, func(_ context.Context, who access.Actor, job greet) error {
			done.note(who.Land.Key + " " + who.Org.Kind + " " + job.Name)
			return nil
		})
	})
	want := []string{"demoland state_coordination demoland", "thueringen state_coordination erfurt"}
	if got := done.until(t, 2); !slices.Equal(got, want) {
		t.Errorf("done %q, want %q", got, want)
	}
}

func TestAFailedJobIsLoggedAndTriedAgain(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	promise(t, w, "k16051", "erfurt", nil)
	var tries diary
	var log bytes.Buffer
	work(t, w, &log, func(c *jobs.Crew) {
		jobs.Handle(c, func(context.Context, access.Actor, greet) error {
			tries.note("try")
			if len(tries.read()) == 1 {
				return errors.New("the line is busy")
			}
			return nil
		})
	})
	if got := tries.until(t, 2); len(got) != 2 {
		t.Errorf("tried %d times, want 2", len(got))
	}
	if !strings.Contains(log.String(), "the line is busy") || !strings.Contains(log.String(), "test.greet") {
		t.Errorf("the log does not tell of the failure: %s", log.String())
	}
}

// TestAJobOutlastsADatabaseThatIsAway: as often as it fails, it is tried again at once when it can, and never discarded.
func TestAJobOutlastsADatabaseThatIsAway(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	promise(t, w, "k16051", "erfurt", nil)
	var tries diary
	var log bytes.Buffer
	work(t, w, &log, func(c *jobs.Crew) {
		jobs.Handle(c, func(context.Context, access.Actor, greet) error {
			tries.note("try")
			if len(tries.read()) < 6 {
				return fault.New(fault.Unavailable, "Die Datenbank antwortet gerade nicht.")
			}
			return nil
		})
	})
	tries.until(t, 6) // by attempt⁴ the sixth would come after a quarter of an hour
	left := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM river.river_job WHERE kind = 'test.greet' AND (state <> 'completed' OR attempt > 1)`)
	if left != 0 {
		t.Errorf("%d jobs are not done, or used up tries", left)
	}
}

func TestARoundIsMadeOncePerLandAndDayByTheClock(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	now := time.Date(2026, 11, 20, 3, 30, 0, 0, time.UTC) // half past four in Erfurt: too early
	clock := func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	w := dbtest.New(t, postgres.WithClock(clock))
	var made diary
	var log bytes.Buffer
	prepare := func(c *jobs.Crew) {
		c.Daily("count", func(ctx context.Context, who access.Actor) error {
			return w.Work.Read(ctx, who, access.HomeView, func(tx *postgres.Tx) error {
				made.note(tx.Now.Format(time.DateOnly) + " " + tx.Who.Land.Key)
				return nil
			})
		})
	}
	work(t, w, &log, prepare)
	work(t, w, &log, prepare) // a second process beside the first
	time.Sleep(1500 * time.Millisecond)
	if got := made.read(); len(got) != 0 {
		t.Errorf("before five o'clock: %q", got)
	}
	mu.Lock()
	now = now.Add(2 * time.Hour)
	mu.Unlock()
	want := []string{"2026-11-20 demoland", "2026-11-20 thueringen"}
	if got := made.until(t, 2); !slices.Equal(got, want) {
		t.Errorf("made %q, want %q", got, want)
	}
}

func TestAWorkerActsWithinTheRightsOfWhomItActsFor(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	erfurt := w.As(t, "k16051")
	who, err := jobs.Actor(ctx, w.Work, erfurt.Land.ID, erfurt.Org.ID)
	if err != nil {
		t.Fatal(err)
	}
	var scope string
	err = w.Work.Read(ctx, who, access.ChecklistView, func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `SELECT ctx.scope() || ' ' || ctx.land_id() || ' ' || ctx.org_id()`).Scan(&scope)
	})
	if want := "body " + erfurt.Land.ID.String() + " " + erfurt.Org.ID.String(); err != nil || scope != want {
		t.Errorf("context %q, %v, want %q", scope, err, want)
	}
	if err := w.Work.Read(ctx, who, access.ObstacleManage, func(*postgres.Tx) error { return nil }); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("acting for a body, the door of the Land answers %v", err)
	}
	if err := w.DB.Read(ctx, who, access.ChecklistView, func(*postgres.Tx) error { return nil }); err == nil {
		t.Error("portal_app got in as a worker")
	}
	foreign := w.As(t, "d-k1")
	if _, err := jobs.Actor(ctx, w.Work, erfurt.Land.ID, foreign.Org.ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a body of another Land: %v", err)
	}
}

// TestWorkersActForTheCoordinationOfToday, and not for the one that Thüringen had before it.
func TestWorkersActForTheCoordinationOfToday(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	land := w.As(t, "land")
	ended := dbtest.Admin[string](t, w, `SELECT min(key) FROM portal.organisation WHERE kind = 'state_coordination' AND valid_to IS NOT NULL`)
	who, err := jobs.Actor(t.Context(), w.Work, land.Land.ID, uuid.Nil)
	if err != nil || who.Org.ID != land.Org.ID || ended >= who.Org.Key {
		t.Errorf("workers act for %s, the Land's people for %s; before it was %s (%v)", who.Org.Key, land.Org.Key, ended, err)
	}
}
