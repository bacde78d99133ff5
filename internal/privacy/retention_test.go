package privacy_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/identity"
	"rollinportal/internal/jobs"
	"rollinportal/internal/legal"
	"rollinportal/internal/postgres"
	"rollinportal/internal/privacy"
)

// later is a world whose clock the test moves.
type later struct {
	*dbtest.World
	days atomic.Int64
}

func newLater(t *testing.T) *later {
	t.Helper()
	l := &later{}
	start := time.Now()
	l.World = dbtest.New(t, postgres.WithClock(func() time.Time { return start.AddDate(0, 0, int(l.days.Load())) }))
	return l
}

// forget makes the daily round of a Land as the workers do.
func (l *later) forget(t *testing.T, login string) {
	t.Helper()
	worker, err := jobs.Actor(t.Context(), l.Work, l.As(t, login).Land.ID, uuid.Nil)
	must(t, err)
	must(t, privacy.NewService(l.Work).Forget(t.Context(), worker))
}

// leave ends every role of a person, as their coordination does.
func (l *later) leave(t *testing.T, who access.Actor) {
	t.Helper()
	members := identity.NewService(l.DB)
	must(t, members.EndMembership(t.Context(), l.As(t, "land"), who.Org.Key, who.Membership))
}

func TestWhoLeftIsForgottenAndTheOfficeStays(t *testing.T) {
	t.Parallel()
	l := newLater(t)
	who := l.As(t, "tmdi-referat")
	acted(t, l.World, who)
	l.leave(t, who)
	if _, err := privacy.NewService(l.DB).Own(t.Context(), who); fault.KindOf(err) != fault.SignedOut {
		t.Errorf("the session of somebody who left: %v, want to be signed out at the next request", err)
	}
	l.days.Store(364)
	l.forget(t, "land")
	if name := dbtest.Admin[string](t, l.World, `SELECT name FROM auth.person WHERE person_id = $1`, who.Person); name != who.Name {
		t.Errorf("before the period ends the name is %q", name)
	}
	l.days.Store(366)
	for range 2 { // the second round finds nothing
		l.forget(t, "land")
	}
	left := dbtest.Admin[int](t, l.World, `
		SELECT (SELECT count(*) FROM auth.person WHERE person_id = $1 AND (name <> 'Sachbearbeitung' OR email <> '' OR subject = 'tmdi-referat'))
			+ (SELECT count(*) FROM auth.session s JOIN auth.membership m USING (membership_id) WHERE m.person_id = $1)
			+ (SELECT count(*) FROM portal.notice WHERE person_id = $1) + (SELECT count(*) FROM portal.mail WHERE person_id = $1)
			+ (SELECT count(*) FROM portal.saved_view WHERE person_id = $1)`, who.Person)
	if left != 0 {
		t.Errorf("%d traces of the person are left", left)
	}
	if n := dbtest.Admin[int](t, l.World, `SELECT count(*) FROM portal.audit_event WHERE action = 'privacy.forget' AND changes::text LIKE '%1 ersetzt%Personen%'`); n != 1 {
		t.Errorf("%d entries say that one person was forgotten, want one", n)
	}
	if n := dbtest.Admin[int](t, l.World, `SELECT count(*) FROM portal.review WHERE reviewed_by = $1`, who.Person); n == 0 {
		t.Error("what the person did is no longer theirs by number")
	}
	if _, err := audit.Verify(t.Context(), l.AdminURL); err != nil {
		t.Errorf("the trail: %v", err)
	}
	if name := nameOf(t, l.World, l.As(t, "tmdi-leitung"), who.Person); name != "Sachbearbeitung, "+who.Org.Short {
		t.Errorf("colleagues read %q, want the office", name)
	}
}

// nameOf is how a person reads the name of another.
func nameOf(t *testing.T, w *dbtest.World, reader access.Actor, of uuid.UUID) (name string) {
	t.Helper()
	must(t, w.DB.Read(t.Context(), reader, access.HomeView, func(tx *postgres.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT name FROM ctx.people() WHERE person_id = $1`, of).Scan(&name)
	}))
	return name
}

func TestErasedStaysErasedAfterARestore(t *testing.T) {
	t.Parallel()
	l := newLater(t)
	who := l.As(t, "tmdi-referat")
	l.leave(t, who)
	l.days.Store(400)
	l.forget(t, "land")
	list, err := privacy.Erasures(t.Context(), l.AdminURL)
	must(t, err)
	if len(list) != 1 || list[0].Person != who.Person {
		t.Fatalf("the list is %+v, want the one who left", list)
	}

	restored := dbtest.New(t) // as a backup from before the person left brings it back
	if restored.As(t, "tmdi-referat").Name != who.Name {
		t.Fatal("the other database does not know the person")
	}
	for _, want := range []int{1, 0} {
		again, err := privacy.Replay(t.Context(), restored.AdminURL, append(list, privacy.Erasure{Person: uuid.New(), At: time.Now()}))
		must(t, err)
		if again != want {
			t.Errorf("%d erased again, want %d", again, want)
		}
	}
	if n := dbtest.Admin[int](t, restored, `SELECT count(*) FROM auth.person WHERE name = $1`, who.Name); n != 0 {
		t.Error("the restored database still knows the name")
	}
	if _, err := identity.NewService(restored.DB).SignIn(t.Context(), identity.Person{Issuer: dbtest.Issuer, Subject: "tmdi-referat", Name: who.Name}); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("the erased person signs in: %v", err)
	}
	member := identity.Member{OrgKey: "TMDI", Issuer: dbtest.Issuer, Subject: "tmdi-referat", Name: who.Name, Role: "FE"}
	if err := identity.NewOperator(restored.AdminURL).AddMembers(t.Context(), who.Land.Key, []identity.Member{member}); err == nil {
		t.Error("the operator gives an erased person the name back")
	}
}

func TestEveryKindGoesAfterItsPeriod(t *testing.T) {
	t.Parallel()
	l := newLater(t)
	land, other := l.As(t, "land"), l.As(t, "d-land")
	for _, who := range []access.Actor{land, other} {
		must(t, legal.NewService(l.DB).ReportBarrier(t.Context(), who.Land.Key, legal.Report{ID: uuid.New(), Message: "x"}))
		plant(t, l.World, who)
	}
	must(t, privacy.NewService(l.DB).Retain(t.Context(), land, []privacy.Choice{{Kind: "barrier", Days: 90, Was: 365}}))
	stored := func(table string, of access.Actor) int {
		return dbtest.Admin[int](t, l.World, `SELECT count(*) FROM portal.`+table+` WHERE land_id = $1`, of.Land.ID)
	}
	for _, step := range []struct {
		days  int
		table string
		gone  bool
	}{
		{89, "barrier_report", false}, {91, "barrier_report", true}, // as the Land has set it
		{91, "mail", true}, {179, "invitation", false}, {181, "invitation", true}, {364, "notice", false}, {364, "rollin_draft", false}, {366, "notice", true}, {366, "rollin_draft", true},
	} {
		l.days.Store(int64(step.days))
		l.forget(t, "land")
		if n := stored(step.table, land); (n == 0) != step.gone {
			t.Errorf("after %d days %d rows of %s, gone should be %v", step.days, n, step.table, step.gone)
		}
		if n := stored(step.table, other); n == 0 {
			t.Errorf("the round of one Land forgets %s of another", step.table)
		}
	}
	l.forget(t, "d-land")
	if n := stored("barrier_report", other); n != 0 {
		t.Errorf("%d reports of the other Land after its own round", n)
	}
	if n := dbtest.Admin[int](t, l.World, `SELECT count(*) FROM auth.attempt`); n != 0 {
		t.Errorf("%d begun sign-ins are left", n)
	}
}

// plant leaves one of each kind that nobody makes by a click in this test.
func plant(t *testing.T, w *dbtest.World, who access.Actor) {
	t.Helper()
	for _, sql := range []string{
		`INSERT INTO portal.notice (land_id, org_id, person_id, notice_id, key, kind, text, path, role, urgent, at, mail) VALUES ($1, $2, $3, gen_random_uuid(), 'k', 'due.soon', 'x', '/', 'LK', false, now(), 'none')`,
		`INSERT INTO portal.mail (land_id, org_id, person_id, mail_id, key, address, name, token, state, made_at) VALUES ($1, $2, $3, gen_random_uuid(), 'k', 'a@b.example', 'x', gen_random_uuid()::text, 'sent', now())`,
		`INSERT INTO portal.invitation (land_id, org_id, invitation_id, email, role, invited_by, created_at, expires_at) VALUES ($1, $2, gen_random_uuid(), 'a@b.example', 'GR', $3, now(), now())`,
		`INSERT INTO portal.rollin_draft (land_id, org_id, service_id, content, changed_by, changed_at) SELECT $1, $2, service_id, '{}', $3, now() FROM portal.service WHERE land_id = $1 LIMIT 1`,
	} {
		if n := dbtest.Admin[int](t, w, `WITH planted AS (`+sql+` RETURNING 1) SELECT count(*)::int FROM planted`, who.Land.ID, who.Org.ID, who.Person); n != 1 {
			t.Fatalf("%d rows by %s", n, sql)
		}
	}
	dbtest.Admin[int](t, w, `INSERT INTO auth.attempt (token_hash, state, nonce, verifier, next) VALUES (sha256(gen_random_uuid()::text::bytea), 's', 'n', 'v', '/') RETURNING 1`)
}

func TestPeriodsHaveBoundsAndOneWhoSetsThem(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s, land := privacy.NewService(w.DB), w.As(t, "land")
	for _, c := range []privacy.Choice{{"person", 89, 365}, {"person", 1096, 365}, {"session", 30, 1}, {"notice", 0, 365}} {
		if err := s.Retain(t.Context(), land, []privacy.Choice{c}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%+v: %v, want Invalid", c, err)
		}
	}
	must(t, s.Retain(t.Context(), land, []privacy.Choice{{"person", 180, 365}}))
	if err := s.Retain(t.Context(), land, []privacy.Choice{{"person", 200, 365}}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("on what holds no more: %v, want a conflict", err)
	}
	if err := s.Forget(t.Context(), land); err == nil {
		t.Error("a person makes the daily round")
	}
}

// acted lets a person of a ministry leave marks: a review, a notice.
func acted(t *testing.T, w *dbtest.World, who access.Actor) {
	t.Helper()
	dbtest.Admin[int](t, w, `
		INSERT INTO portal.notice (land_id, org_id, person_id, notice_id, key, kind, text, path, role, urgent, at)
		VALUES ($1, $2, $3, gen_random_uuid(), 'k', 'decision.waits', 'Ein Vorgang wartet.', '/entscheidungen', 'FE', false, now())
		RETURNING 1`, who.Land.ID, who.Org.ID, who.Person)
	review(t, w, who)
}
