package notify_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/devstack"
	"rollinportal/internal/fault"
	"rollinportal/internal/jobs"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

// friday is a working day, nine o'clock.
var friday = time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)

func onFriday() postgres.Option { return postgres.WithClock(func() time.Time { return friday }) }

func mailbox(t testing.TB, addr string) *devstack.Mailbox {
	t.Helper()
	box, err := devstack.StartMailbox(addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Stop() })
	return box
}

func post(w *dbtest.World, port int) *notify.Post {
	base, _ := url.Parse("https://portal.example")
	return notify.NewPost(w.Work, &notify.SMTP{Host: "127.0.0.1", Port: port, From: "portal@land.example", TLS: notify.Plain}, base)
}

// crew runs workers that know the post, until the returned function stops them.
func crew(t testing.TB, w *dbtest.World, port int) (stop func()) {
	t.Helper()
	return crewLogging(t, w, port, dbtest.NewLog(t, nil))
}

func crewLogging(t testing.TB, w *dbtest.World, port int, log *dbtest.Log) (stop func()) {
	t.Helper()
	c := jobs.NewCrew(w.Work, slog.New(slog.NewJSONHandler(log, nil)))
	c.Hurry(20 * time.Millisecond)
	post(w, port).Enlist(c)
	running, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- c.Run(running, w.WorkerURL) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

func eventually(t testing.TB, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatalf("never: %s", what)
}

func mails(t testing.TB, w *dbtest.World, state string) int {
	return dbtest.Admin[int](t, w, `SELECT count(*)::int FROM portal.mail WHERE state = $1`, state)
}

// TestAMailServerAwayForADayLosesNothing: what fails on Friday is shown to the Land, tried again by itself, and arrives on
// Saturday once the server is back, each mail once. (For workers that are killed, see the drill in cmd/portal.)
func TestAMailServerAwayForADayLosesNothing(t *testing.T) {
	t.Parallel()
	var clock atomic.Pointer[time.Time]
	clock.Store(&friday)
	w := dbtest.New(t, postgres.WithClock(func() time.Time { return *clock.Load() }))
	for i := range 10 {
		tell(t, w, "land", nil, notify.Notice{
			Kind: notify.ObstacleClosed, To: notify.Orgs(w.As(t, "k16051").Org.ID), Text: fmt.Sprintf("Nachricht %d.", i), Path: "/huerden/1", Urgent: true,
		})
	}
	box := mailbox(t, "127.0.0.1:0")
	addr, port := box.Addr(), box.Port()
	_ = box.Stop()
	stop := crew(t, w, port)
	defer stop()
	tried := func(times int) func() bool {
		return func() bool {
			return dbtest.Admin[int](t, w, `SELECT count(*)::int FROM portal.mail WHERE state = 'failing' AND attempts >= $1`, times) == 20
		}
	}
	eventually(t, "all twenty mails failed", tried(1))
	found, err := notify.NewService(w.DB).Deliveries(ctx, w.As(t, "land"))
	if err != nil || len(found.Trouble) != 20 || !found.Trouble[0].Failing() || found.Trouble[0].Error == "" {
		t.Errorf("the Land sees %d mails in trouble, %v", len(found.Trouble), err)
	}
	saturday := friday.Add(24 * time.Hour)
	clock.Store(&saturday)
	eventually(t, "all twenty failed again, a day later", func() bool { dueAgain(t, w); return tried(5)() })
	late := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM river.river_job WHERE kind = 'notify.send' AND (scheduled_at > now() + interval '10 minutes' OR attempt > 1 OR state = 'discarded')`)
	if late != 0 {
		t.Errorf("%d of the mails wait for longer than ten minutes or use up their tries", late)
	}
	box = mailbox(t, addr)
	eventually(t, "all twenty are sent", func() bool { dueAgain(t, w); return mails(t, w, "sent") == 20 })
	if n, kept := box.Arrivals(), len(box.Mails()); n != 20 || kept != 20 {
		t.Errorf("%d arrivals of %d mails, want 20 of 20", n, kept)
	}
}

// dueAgain moves the clock of the queue: what waits for its next try is due. It passes over what a worker holds.
func dueAgain(t testing.TB, w *dbtest.World) {
	dbtest.Admin[int](t, w, `
		WITH due AS (
			UPDATE river.river_job SET scheduled_at = now()
			WHERE id IN (SELECT id FROM river.river_job WHERE state IN ('retryable', 'scheduled') AND kind = 'notify.send' FOR UPDATE SKIP LOCKED)
			RETURNING 1)
		SELECT count(*)::int FROM due`)
}

func worker(t testing.TB, w *dbtest.World) access.Actor {
	t.Helper()
	who, err := jobs.Actor(ctx, w.Work, w.As(t, "land").Land.ID, [16]byte{})
	if err != nil {
		t.Fatal(err)
	}
	return who
}

func TestTheDaysMailIsMadeOnceHoweverOftenItIsCollected(t *testing.T) {
	t.Parallel()
	now := friday.Add(-24 * time.Hour)
	w := dbtest.New(t, postgres.WithClock(func() time.Time { return now }))
	erfurt := notify.Orgs(w.As(t, "k16051").Org.ID)
	for range 3 {
		tell(t, w, "land", nil, notify.Notice{Kind: notify.DueSoon, To: erfurt, Text: "Frist", Path: "/"})
	}
	p, who := post(w, 1), worker(t, w)
	now = friday
	for range 3 {
		if err := p.Collect(ctx, who); err != nil {
			t.Fatal(err)
		}
	}
	if n := mails(t, w, "waiting"); n != 2 {
		t.Errorf("%d mails, want one for each of two people", n)
	}
	if n := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM river.river_job WHERE kind = 'notify.send'`); n != 2 {
		t.Errorf("%d are ordered to be sent, want 2", n)
	}
}

// TestWhatIsSetAsideIsNotLookedAtAgain: nobody reads mails of somebody without an address.
func TestWhatIsSetAsideIsNotLookedAtAgain(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t, onFriday())
	tell(t, w, "land", nil, notify.Notice{Kind: notify.DueSoon, To: notify.Orgs(w.As(t, "k16051").Org.ID), Text: "Frist", Path: "/"})
	dbtest.Admin[int](t, w, `WITH without AS (UPDATE auth.person SET email = '' RETURNING 1) SELECT count(*)::int FROM without`)
	if err := post(w, 1).Collect(ctx, worker(t, w)); err != nil {
		t.Fatal(err)
	}
	if due := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM portal.notice WHERE mail <> 'none'`); due != 0 {
		t.Errorf("%d notices are still to become mails", due)
	}
}

func TestNoticesGoAfterAYearAndMailsAfterNinetyDays(t *testing.T) {
	t.Parallel()
	now := friday
	w := dbtest.New(t, postgres.WithClock(func() time.Time { return now }))
	tell(t, w, "land", nil, notify.Notice{Kind: notify.ObstacleClosed, To: notify.Orgs(w.As(t, "k16051").Org.ID).In(access.BodyCoordinator), Text: "Gelöst.", Path: "/", Urgent: true})
	p, who := post(w, 1), worker(t, w)
	if err := p.Collect(ctx, who); err != nil {
		t.Fatal(err)
	}
	for _, left := range []struct{ days, notices, mails int }{{90, 1, 1}, {91, 1, 0}, {365, 1, 0}, {366, 0, 0}} {
		now = friday.AddDate(0, 0, left.days)
		if err := p.Purge(ctx, who); err != nil {
			t.Fatal(err)
		}
		notices, mails := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM portal.notice`), dbtest.Admin[int](t, w, `SELECT count(*)::int FROM portal.mail`)
		if notices != left.notices || mails != left.mails {
			t.Errorf("after %d days: %d notices and %d mails, want %+v", left.days, notices, mails, left)
		}
	}
}

// TestWhatIsUrgentIsNotHeldUp by ten thousand notices that wait for the day's mail, as `make faults` had them.
func TestWhatIsUrgentIsNotHeldUp(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t, onFriday())
	erfurt := notify.Orgs(w.As(t, "k16051").Org.ID)
	dbtest.Admin[int](t, w, `
		WITH waiting AS (
			INSERT INTO portal.notice (land_id, org_id, person_id, notice_id, key, kind, text, path, role, urgent, at)
			SELECT m.land_id, m.org_id, m.person_id, gen_random_uuid(), 'k' || n, 'due.soon', 'Frist', '/', 'KK', false, $1
			FROM auth.membership m JOIN auth.person p USING (person_id), generate_series(1, 10000) n WHERE p.subject = 'k16051'
			RETURNING 1)
		SELECT count(*)::int FROM waiting`, friday.Add(-time.Minute))
	tell(t, w, "land", nil, notify.Notice{Kind: notify.ObstacleClosed, To: erfurt, Text: "Gelöst.", Path: "/", Urgent: true})
	if err := post(w, 1).Collect(ctx, worker(t, w)); err != nil {
		t.Fatal(err)
	}
	if n := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM portal.notice WHERE urgent AND mail = 'due'`); n != 0 {
		t.Errorf("%d urgent notices still wait", n)
	}
}

func TestARefusedMailIsShownToTheLandAndNotTriedAgain(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t, onFriday())
	box := mailbox(t, "127.0.0.1:0")
	dbtest.Admin[int](t, w, `WITH moved AS (UPDATE auth.person SET email = 'weg@kreis.invalid' WHERE subject = 'k16051' RETURNING 1) SELECT count(*)::int FROM moved`)
	tell(t, w, "land", nil, notify.Notice{Kind: notify.ObstacleClosed, To: notify.Orgs(w.As(t, "k16051").Org.ID), Text: "Gelöst.", Path: "/", Urgent: true})
	stop := crew(t, w, box.Port())
	defer stop()
	eventually(t, "one is sent, one refused", func() bool { return mails(t, w, "refused") == 1 && mails(t, w, "sent") == 1 })
	found, err := notify.NewService(w.DB).Deliveries(ctx, w.As(t, "land"))
	if err != nil || len(found.Trouble) != 1 || found.Sent != 1 {
		t.Fatalf("the Land sees %+v, %v", found, err)
	}
	if d := found.Trouble[0]; !d.Refused() || !d.Unknown() || d.Address != "weg@kreis.invalid" || d.Attempts != 1 {
		t.Errorf("the Land sees %+v", d)
	}
	for _, login := range []string{"k16051", "tlrz", "redaktion", "gremium"} {
		if _, err := notify.NewService(w.DB).Deliveries(ctx, w.As(t, login)); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%s sees how mails went: %v", login, err)
		}
	}
	abroad, err := notify.NewService(w.DB).Deliveries(ctx, w.As(t, "d-land"))
	if err != nil || len(abroad.Trouble) != 0 || abroad.Sent != 0 {
		t.Errorf("another Land sees %+v, %v", abroad, err)
	}
}

func TestAMailIsTriedForFiveDaysAndThenTheLandHears(t *testing.T) {
	t.Parallel()
	now := friday
	w := dbtest.New(t, postgres.WithClock(func() time.Time { return now }))
	tell(t, w, "land", nil, notify.Notice{Kind: notify.ObstacleClosed, To: notify.Orgs(w.As(t, "k16051").Org.ID).In(access.BodyCoordinator), Text: "Gelöst.", Path: "/", Urgent: true})
	box := mailbox(t, "127.0.0.1:0")
	port := box.Port()
	_ = box.Stop()
	p, who := post(w, port), worker(t, w)
	if err := p.Collect(ctx, who); err != nil {
		t.Fatal(err)
	}
	id := dbtest.Admin[[16]byte](t, w, `SELECT mail_id FROM portal.mail`)
	for _, after := range []time.Duration{24 * time.Hour, 120 * time.Hour} {
		now = friday.Add(after)
		if err := p.Send(ctx, who, id); err == nil || mails(t, w, "failing") != 1 {
			t.Errorf("after %s: %v, %d failing; want to be tried again", after, err, mails(t, w, "failing"))
		}
	}
	now = friday.Add(121 * time.Hour)
	if err := p.Send(ctx, who, id); err != nil || mails(t, w, "refused") != 1 {
		t.Errorf("after five days: %v, %d refused", err, mails(t, w, "refused"))
	}
}

func TestAMailTurnsItsKindsOffWithoutSigningIn(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t, onFriday())
	org := notify.Orgs(w.As(t, "k16051").Org.ID).In(access.BodyEditor)
	urgent := func(kind notify.Kind) notify.Notice {
		return notify.Notice{Kind: kind, To: org, Text: "Etwas.", Path: "/", Urgent: true}
	}
	s, p, who := notify.NewService(w.DB), post(w, 1), worker(t, w)
	token := func(kind notify.Kind) string {
		tell(t, w, "land", nil, urgent(kind))
		if err := p.Collect(ctx, who); err != nil {
			t.Fatal(err)
		}
		return dbtest.Admin[string](t, w, `SELECT coalesce((SELECT m.token FROM portal.mail m JOIN portal.notice n USING (land_id, mail_id) WHERE n.kind = $1 ORDER BY m.made_at DESC, m.mail_id LIMIT 1), '')`, string(kind))
	}
	first := token(notify.ObstacleClosed)
	sub, err := s.Subscription(ctx, first)
	if err != nil || !slices.Equal(sub.Kinds, []notify.Kind{notify.ObstacleClosed}) || len(sub.Muted) != 0 {
		t.Fatalf("the link offers %+v, %v", sub, err)
	}
	for range 2 {
		if err := s.Unsubscribe(ctx, first, nil); err != nil {
			t.Fatal(err)
		}
	}
	binding := token(notify.DecisionMade)
	if sub, err := s.Subscription(ctx, binding); err != nil || len(sub.Kinds) != 0 {
		t.Errorf("what binds can be turned off: %+v, %v", sub, err)
	}
	if err := s.Unsubscribe(ctx, binding, []notify.Kind{notify.DecisionMade}); err != nil {
		t.Fatal(err)
	}
	set, err := s.Settings(ctx, w.As(t, "k16051-b"))
	if err != nil || !slices.Equal(set.Muted, []notify.Kind{notify.ObstacleClosed}) {
		t.Errorf("settings are %+v, %v", set, err)
	}
	before := mails(t, w, "waiting")
	token(notify.ObstacleClosed)
	if n := mails(t, w, "waiting"); n != before {
		t.Errorf("%d mails after turning the kind off, want %d", n, before)
	}
	if _, err := s.Subscription(ctx, "ERFUNDEN"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an invented link: %v", err)
	}
	if err := s.Unsubscribe(ctx, "ERFUNDEN", nil); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an invented link: %v", err)
	}
}

func TestSettingsAreOnesOwn(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s := notify.NewService(w.DB)
	in := notify.Settings{DigestHour: 15, Muted: []notify.Kind{notify.DueSoon, notify.DecisionMade, "erfunden"}}
	if err := s.Choose(ctx, w.As(t, "k16051"), in); err != nil {
		t.Fatal(err)
	}
	got, err := s.Settings(ctx, w.As(t, "k16051"))
	if err != nil || got.DigestHour != 15 || !slices.Equal(got.Muted, []notify.Kind{notify.DueSoon}) {
		t.Errorf("chose %+v, got %+v, %v", in, got, err)
	}
	if got, _ := s.Settings(ctx, w.As(t, "k16051-b")); got.DigestHour != 8 || len(got.Muted) != 0 {
		t.Errorf("a colleague's settings became %+v", got)
	}
	if err := s.Choose(ctx, w.As(t, "k16051"), notify.Settings{DigestHour: 3}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("three in the night: %v", err)
	}
}
