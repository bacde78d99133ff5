package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/devstack"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

var kills = flag.Int("kills", 0, "how often a worker is killed besides, whatever it is doing")

// asPortal makes a copy of this test binary the portal itself, so that tests can start it as a process and kill it.
const asPortal = "PORTAL_TEST_RUNS_AS_PORTAL"

func TestMain(m *testing.M) {
	if os.Getenv(asPortal) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// TestNothingGetsLostOrDoubledWhenWorkersAreKilled is the drill of issue 3 on real processes: a thousand notices while
// the mail server is away, `portal work` killed with SIGKILL while it makes the mails, between making and sending them, and in the
// midst of sending, while four mails are taken by the server and not noted. Every notice is in the mailbox once. Those four
// go out again under the same Message-ID (ADR 0014), so that the mailbox keeps one of each. -kills kills on at any moment.
func TestNothingGetsLostOrDoubledWhenWorkersAreKilled(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	box := startMailbox(t, "127.0.0.1:0")
	addr := box.Addr()
	_ = box.Stop()
	want := tellMuch(t, w, 100+2**kills)

	release := holdMails(t, w)
	collector := startWorker(t, w, addr)
	until(t, "a collector is about to store the mails", func() bool { return mailsHeld(t, w) > 0 })
	kill(t, collector)
	release()
	until(t, "what the dead one wanted is given up", func() bool { return mailsHeld(t, w) == 0 })
	if n := mailsIn(t, w, "waiting", "failing", "sent"); n != 0 {
		t.Fatalf("%d mails were made by a collector that died before its commit", n)
	}

	forget(t, w)
	first := startWorker(t, w, addr)
	until(t, "a thousand mails are made and some tries failed", func() bool {
		return mailsIn(t, w, "waiting", "failing") == len(want) && mailsIn(t, w, "failing") >= 10
	})
	kill(t, first)
	if n := mailsIn(t, w, "waiting"); n < len(want)-100 {
		t.Fatalf("%d mails were not tried when the workers died; the kill came too late to prove anything", n)
	}

	box = startMailbox(t, addr)
	forget(t, w)
	second := startWorker(t, w, addr)
	until(t, "a part is sent", func() bool { return mailsIn(t, w, "sent") >= 100 })
	release = holdMails(t, w)
	until(t, "each of the four hands has its mail taken and cannot note it", func() bool { return box.Arrivals() == mailsIn(t, w, "sent")+4 })
	kill(t, second)
	release()

	for i := range *kills { // whatever it is doing
		forget(t, w)
		worker, sent := startWorker(t, w, addr), mailsIn(t, w, "sent")
		until(t, "some more are sent", func() bool { return mailsIn(t, w, "sent") > sent+i%5 })
		kill(t, worker)
	}
	if n := mailsIn(t, w, "sent"); n == len(want) {
		t.Errorf("nothing was left to send when the workers were killed for the last time")
	}

	forget(t, w)
	startWorker(t, w, addr)
	startWorker(t, w, addr)
	until(t, "all mails are sent", func() bool { return mailsIn(t, w, "sent") == len(want) })
	got := lettersOf(box)
	for text := range want {
		if got[text] != 1 {
			t.Errorf("%q is in the mailbox %d times, want once", text, got[text])
		}
	}
	again := box.Arrivals() - len(got)
	t.Logf("P14: %d mails, workers killed %d times (making, before sending, between the server's yes and its note, then at any moment): %d different letters arrived, %d a second time under their Message-ID", len(want), 3+*kills, len(got), again)
	if len(got) != len(want) || again < 4 || again > 4+4**kills { // four hands
		t.Errorf("%d different letters, %d of them again; want %d, and only those again that were taken without a note: four by the third kill", len(got), again, len(want))
	}
}

// mailsHeld counts who waits for holdMails.
func mailsHeld(t *testing.T, w *dbtest.World) int {
	return dbtest.Admin[int](t, w, `SELECT count(*)::int FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database() AND NOT granted`)
}

// holdMails keeps workers from storing mails and from noting that one is sent, until the returned function lets them.
func holdMails(t *testing.T, w *dbtest.World) (release func()) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	conn, err := pgx.Connect(ctx, w.AdminURL)
	if err == nil {
		_, err = conn.Exec(ctx, `BEGIN; LOCK TABLE portal.mail IN SHARE MODE`)
	}
	if err != nil {
		t.Fatal(err)
	}
	return func() { _ = conn.Close(ctx) }
}

// tellMuch has the Land tell each of ten people many things at once, and returns what they will read.
func tellMuch(t *testing.T, w *dbtest.World, things int) map[string]bool {
	t.Helper()
	want := map[string]bool{}
	for _, login := range []string{"k16051", "k16052", "k16053", "k16054", "k16055"} {
		org, addresses := w.As(t, login).Org.ID, []string{addressOf(t, w, login), addressOf(t, w, login+"-b")}
		var notices []notify.Notice
		for i := range things {
			text := fmt.Sprintf("Nachricht %d an %s.", i, login)
			notices = append(notices, notify.Notice{Kind: notify.ObstacleClosed, To: notify.Orgs(org), Text: text, Path: "/huerden/1", Urgent: true})
			for _, address := range addresses {
				want[address+" "+text] = true
			}
		}
		err := w.DB.Write(t.Context(), w.As(t, "land"), access.HomeView, func(tx *postgres.Tx) error {
			if err := notify.Tell(t.Context(), tx, notices...); err != nil {
				return err
			}
			return audit.Record(t.Context(), tx, audit.Entry{Org: tx.Org(), Action: "test", Kind: "test", Record: uuid.New(), Visibility: audit.Org})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(want) != 10*things {
		t.Fatalf("told %d things, want %d", len(want), 10*things)
	}
	return want
}

func addressOf(t *testing.T, w *dbtest.World, login string) string {
	return dbtest.Admin[string](t, w, `SELECT email FROM auth.person WHERE subject = $1`, login)
}

// startWorker runs `portal work` as a process of its own.
func startWorker(t *testing.T, w *dbtest.World, smtp string) *exec.Cmd {
	t.Helper()
	work := exec.CommandContext(context.WithoutCancel(t.Context()), os.Args[0], "work")
	work.Env = append(os.Environ(), asPortal+"=1", "WORKER_DATABASE_URL="+w.WorkerURL, "PORTAL_URL=https://portal.example",
		"SMTP_ADDR="+smtp, "SMTP_TLS=none", "SMTP_FROM=portal@land.example")
	log := dbtest.NewLog(t, nil)
	work.Stdout, work.Stderr = log, log
	if err := work.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = work.Process.Kill()
		_ = work.Wait()
		if t.Failed() {
			t.Logf("the worker said:\n%.2000s", log.String())
		}
	})
	return work
}

// kill ends a worker as a power cut would: SIGKILL, no word of farewell.
func kill(t *testing.T, work *exec.Cmd) {
	t.Helper()
	if err := work.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = work.Wait()
}

// forget moves the clock of the queue on by a quarter of an hour: what the dead worker held counts as stuck, and what
// failed is due again. Taking it up is left to River.
func forget(t *testing.T, w *dbtest.World) {
	t.Helper()
	dbtest.Admin[int](t, w, `
		WITH aged AS (
			UPDATE river.river_job SET attempted_at = attempted_at - interval '15 minutes', scheduled_at = least(scheduled_at, now())
			WHERE state IN ('running', 'retryable', 'scheduled') RETURNING 1), led AS (
			DELETE FROM river.river_leader RETURNING 1)
		SELECT count(*)::int FROM aged`)
}

func startMailbox(t *testing.T, addr string) *devstack.Mailbox {
	t.Helper()
	box, err := devstack.StartMailbox(addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Stop() })
	return box
}

// lettersOf counts what is in the mailbox, by recipient and what is said.
func lettersOf(box *devstack.Mailbox) map[string]int {
	got := map[string]int{}
	for _, m := range box.Mails() {
		for line := range strings.Lines(m.Body) {
			if strings.HasPrefix(line, "Nachricht ") {
				got[m.To+" "+strings.TrimSpace(line)]++
			}
		}
	}
	return got
}

func mailsIn(t *testing.T, w *dbtest.World, states ...string) int {
	return dbtest.Admin[int](t, w, `SELECT count(*)::int FROM portal.mail WHERE state = ANY ($1)`, states)
}

func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(120 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatalf("never: %s", what)
}
