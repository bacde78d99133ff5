package privacy_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/devstack"
	"rollinportal/internal/fault"
	"rollinportal/internal/identity"
	"rollinportal/internal/jobs"
	"rollinportal/internal/notify"
	"rollinportal/internal/privacy"
	"rollinportal/internal/profile"
)

// ask asks to erase a person in somebody's name.
func ask(t *testing.T, w *dbtest.World, who access.Actor, person uuid.UUID) uuid.UUID {
	t.Helper()
	id := uuid.New()
	must(t, privacy.NewService(w.DB).Ask(t.Context(), who, privacy.Request{ID: id, Person: person, Ground: privacy.Wish}))
	return id
}

// erase does the job of an approved request.
func erase(t *testing.T, w *dbtest.World, smtp *notify.SMTP, id uuid.UUID) error {
	t.Helper()
	worker, err := jobs.Actor(t.Context(), w.Work, w.As(t, "land").Land.ID, uuid.Nil)
	must(t, err)
	return privacy.NewEraser(w.Work, smtp, "portal.example").Erase(t.Context(), worker, id)
}

func TestTwoEraseAPersonAndTheOfficeStays(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s, gone, colleague := privacy.NewService(w.DB), w.As(t, "k16051-b"), w.As(t, "k16051")
	address := dbtest.Admin[string](t, w, `UPDATE auth.person SET email = 'b@erfurt.example' WHERE person_id = $1 RETURNING email`, gone.Person)
	mailbox, err := devstack.StartMailbox("127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { _ = mailbox.Stop() })
	id := ask(t, w, colleague, gone.Person)
	if err := erase(t, w, nil, id); err != nil || nameIs(t, w, gone.Person) != gone.Name {
		t.Fatalf("what nobody approved: %v, and the name is %q", err, nameIs(t, w, gone.Person))
	}
	must(t, s.Approve(t.Context(), w.As(t, "land"), id))
	if _, err := s.Own(t.Context(), gone); fault.KindOf(err) != fault.SignedOut {
		t.Errorf("after the approval the person's session: %v, want to be signed out", err)
	}
	server := &notify.SMTP{Host: "127.0.0.1", Port: mailbox.Port(), From: "portal@land.example", TLS: notify.Plain}
	for range 2 { // a job may run twice
		must(t, erase(t, w, server, id))
	}
	if mails := mailbox.Mails(); len(mails) != 1 || !strings.Contains(mails[0].To, address) || !strings.Contains(mails[0].Body, "werden jetzt gelöscht") {
		t.Errorf("%d mails, want one to %s: %+v", len(mails), address, mails)
	}
	back := identity.Member{OrgKey: "16051", Issuer: dbtest.Issuer, Subject: "k16051-b", Name: gone.Name, Role: "KB"}
	if err := addMember(t, w, back); err == nil || nameIs(t, w, gone.Person) == gone.Name {
		t.Errorf("who was erased comes back: %v", err)
	}
	must(t, identity.NewOperator(w.AdminURL).KeepMembers(t.Context(), colleague.Land.Key, []identity.Member{back}))
	if n := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM auth.membership WHERE person_id = $1 AND status = 'active'`, gone.Person); n != 0 || nameIs(t, w, gone.Person) == gone.Name {
		t.Errorf("the demo that starts again gives who was erased %d roles", n)
	}
	if n := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM auth.person WHERE name = $1 OR email = $2`, gone.Name, address); n != 0 {
		t.Error("the name or address is still there")
	}
	if name := nameOf(t, w, colleague, gone.Person); name != "Sachbearbeitung, "+gone.Org.Short {
		t.Errorf("colleagues read %q, want the office", name)
	}
	list, err := privacy.Erasures(t.Context(), w.AdminURL)
	must(t, err)
	if len(list) != 1 || list[0].Person != gone.Person {
		t.Errorf("the list for a restore is %+v, want the person", list)
	}
	found, trail, err := s.Erasure(t.Context(), colleague, id, 10)
	must(t, err)
	if found.State != privacy.ErasureDone || len(trail) != 3 {
		t.Errorf("state %s with %d entries, want done with three", found.State, len(trail))
	}
	if n := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM portal.audit_event a WHERE a::text LIKE '%' || $1 || '%'`, gone.Name); n != 0 {
		t.Errorf("%d entries of the trail name the person", n)
	}
	if _, err := audit.Verify(t.Context(), w.AdminURL); err != nil {
		t.Errorf("the trail: %v", err)
	}
}

// TestAContactOfAProfileIsToldAndGoes: what a body's profile says of a person is in the export, and loses the name with them.
func TestAContactOfAProfileIsToldAndGoes(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s, who := privacy.NewService(w.DB), w.As(t, "k16051-b")
	dbtest.Admin[string](t, w, `UPDATE auth.person SET email = 'b@erfurt.example' WHERE person_id = $1 RETURNING email`, who.Person)
	for _, address := range []string{"B@Erfurt.example", "jemand@erfurt.example"} {
		in := profile.Input{ID: uuid.New(), Kind: profile.Contact, Released: true, Details: map[string]string{
			profile.Role: profile.Deputy, profile.Name: "B. Ispiel", profile.Function: "OZG", profile.Email: address, profile.Phone: "0361 4711",
		}}
		must(t, profile.NewService(w.DB).Save(t.Context(), w.As(t, "k16051"), "16051", in))
	}
	d, err := s.Own(t.Context(), who)
	must(t, err)
	told := 0
	for _, section := range d.Sections {
		if section.Title == "Ansprechperson im Profil" {
			told += len(section.Entries)
		}
	}
	if told != 1 {
		t.Errorf("the export tells of %d contacts, want the own one", told)
	}
	id := ask(t, w, w.As(t, "k16051"), who.Person)
	must(t, s.Approve(t.Context(), w.As(t, "land"), id))
	must(t, erase(t, w, nil, id))
	if left := dbtest.Admin[string](t, w, `SELECT string_agg(details ->> 'name', ', ' ORDER BY details ->> 'name') FROM portal.profile_fact WHERE kind = 'contact'`); left != "B. Ispiel, Sachbearbeitung" {
		t.Errorf("the contacts are %q, want the other one and the office", left)
	}
	if n := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM portal.profile_fact f WHERE lower(f::text) LIKE '%b@erfurt.example%'`); n != 0 {
		t.Error("the address is still in a profile")
	}
}

func nameIs(t *testing.T, w *dbtest.World, person uuid.UUID) string {
	t.Helper()
	return dbtest.Admin[string](t, w, `SELECT name FROM auth.person WHERE person_id = $1`, person)
}

func TestErasingNeedsTwoPeopleOfTheTwoSides(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s := privacy.NewService(w.DB)
	second := identity.Member{OrgKey: w.As(t, "land").Org.Key, Issuer: dbtest.Issuer, Subject: "land-2", Name: "Zweite Koordination", Role: "LK"}
	must(t, identity.NewOperator(w.AdminURL).AddMembers(t.Context(), w.As(t, "land").Land.Key, []identity.Member{second}))
	town, land, land2 := w.As(t, "k16051"), w.As(t, "land"), w.As(t, "land-2")
	editor, clerk := w.As(t, "k16051-b").Person, w.As(t, "tmdi-referat").Person

	asked := map[string]uuid.UUID{"by the town": ask(t, w, town, editor)}
	must(t, s.Withdraw(t.Context(), town, asked["by the town"]))
	asked["by the Land"] = ask(t, w, land, editor)
	asked["of a ministry"] = ask(t, w, land, clerk)
	for _, c := range []struct {
		request string
		who     access.Actor
		want    fault.Kind
	}{
		{"by the town", land, fault.Conflict}, // withdrawn
		{"by the Land", land, fault.Forbidden},
		{"by the Land", land2, fault.Forbidden},
		{"by the Land", w.As(t, "k16051-b"), fault.Forbidden},
		{"by the Land", w.As(t, "k16052"), fault.NotFound},
		{"by the Land", w.As(t, "d-land"), fault.NotFound},
		{"of a ministry", land, fault.Forbidden},
		{"of a ministry", town, fault.NotFound},
		{"of a ministry", w.As(t, "tmdi-leitung"), fault.Forbidden},
		{"of a ministry", w.As(t, "betreiber"), fault.Forbidden},
	} {
		if err := s.Approve(t.Context(), c.who, asked[c.request]); fault.KindOf(err) != c.want {
			t.Errorf("%s approves the request %s: %v, want %v", c.who.Name, c.request, err, c.want)
		}
	}
	must(t, s.Approve(t.Context(), town, asked["by the Land"]))
	must(t, s.Refuse(t.Context(), land2, asked["of a ministry"]))
	if err := s.Approve(t.Context(), land2, asked["of a ministry"]); fault.KindOf(err) != fault.Conflict {
		t.Errorf("approving what is refused: %v, want Conflict", err)
	}
	for person, want := range map[uuid.UUID]int{editor: 0, clerk: 1} {
		if n := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM auth.membership WHERE person_id = $1 AND status = 'active'`, person); n != want {
			t.Errorf("%d active memberships after approval and refusal, want %d", n, want)
		}
	}
}

func TestNobodyIsErasedWhoHasToStay(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s := privacy.NewService(w.DB)
	land, town := w.As(t, "land"), w.As(t, "k16051")
	both := identity.Member{OrgKey: "16052", Issuer: dbtest.Issuer, Subject: "k16051-b", Name: "B", Role: "KB"}
	for _, c := range []struct {
		what   string
		who    access.Actor
		person uuid.UUID
		want   fault.Kind
	}{
		{"oneself", land, land.Person, fault.Forbidden},
		{"the last coordination of a town", land, town.Person, fault.Conflict},
		{"somebody of another town", town, w.As(t, "k16052").Person, fault.NotFound},
		{"somebody of another Land", land, w.As(t, "d-land").Person, fault.NotFound},
		{"somebody unknown", land, uuid.New(), fault.NotFound},
	} {
		err := s.Ask(t.Context(), c.who, privacy.Request{ID: uuid.New(), Person: c.person, Ground: privacy.Wish})
		if fault.KindOf(err) != c.want {
			t.Errorf("%s: %v, want %v", c.what, err, c.want)
		}
	}
	editor := w.As(t, "k16051-b")
	first := ask(t, w, town, editor.Person)
	if err := s.Ask(t.Context(), town, privacy.Request{ID: uuid.New(), Person: editor.Person, Ground: privacy.Mistake}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a second request for the same person: %v, want Conflict", err)
	}
	must(t, s.Refuse(t.Context(), land, first))
	must(t, addMember(t, w, both))
	if err := s.Ask(t.Context(), town, privacy.Request{ID: uuid.New(), Person: editor.Person, Ground: privacy.Wish}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a town asks for somebody who works elsewhere, too: %v, want Conflict", err)
	}
	if err := s.Ask(t.Context(), town, privacy.Request{ID: uuid.New(), Person: editor.Person}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("without a ground: %v, want Invalid", err)
	}
}

func TestASingleCoordinationHearsThatASecondIsMissing(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s, only, ministry := privacy.NewService(w.DB), w.As(t, "d-land"), w.As(t, "d-min-referat")
	request := func() privacy.Request {
		return privacy.Request{ID: uuid.New(), Person: ministry.Person, Ground: privacy.Wish}
	}
	if err := s.Ask(t.Context(), only, request()); fault.KindOf(err) != fault.Conflict || !strings.Contains(err.Error(), "die einzige") {
		t.Errorf("the only coordination asks for somebody of a ministry: %v", err)
	}
	must(t, identity.NewOperator(w.AdminURL).AddMembers(t.Context(), only.Land.Key, []identity.Member{{OrgKey: only.Org.Key, Issuer: dbtest.Issuer, Subject: "d-land2", Name: "Zwei", Role: "LK"}}))
	if err := s.Ask(t.Context(), only, request()); err != nil {
		t.Errorf("with a second coordination: %v", err)
	}
}

func addMember(t *testing.T, w *dbtest.World, m identity.Member) error {
	t.Helper()
	return identity.NewOperator(w.AdminURL).AddMembers(t.Context(), w.As(t, "land").Land.Key, []identity.Member{m})
}

// TestTwoLastCoordinationsCannotEraseEachOther: both requests are open, both are approved at once, one stays.
func TestTwoLastCoordinationsCannotEraseEachOther(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s, land := privacy.NewService(w.DB), w.As(t, "land")
	must(t, addMember(t, w, identity.Member{OrgKey: "16051", Issuer: dbtest.Issuer, Subject: "k16051-2", Name: "Zweite", Role: "KK"}))
	one, two := w.As(t, "k16051"), w.As(t, "k16051-2")
	requests := []uuid.UUID{ask(t, w, one, two.Person), ask(t, w, two, one.Person)}
	errs := make([]error, len(requests))
	var both sync.WaitGroup
	for i, id := range requests {
		both.Go(func() { errs[i] = s.Approve(t.Context(), land, id) })
	}
	both.Wait()
	if left := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM auth.membership WHERE org_id = $1 AND role = 'KK' AND status = 'active'`, one.Org.ID); left != 1 {
		t.Errorf("%d coordinations are left, want one (%v)", left, errs)
	}
}

// TestErasingDoesNotWaitForeverForAMailServer: for a day the person shall hear of it, then their right counts more.
func TestErasingDoesNotWaitForeverForAMailServer(t *testing.T) {
	t.Parallel()
	l := newLater(t)
	s, gone := privacy.NewService(l.DB), l.As(t, "k16051-b")
	dbtest.Admin[string](t, l.World, `UPDATE auth.person SET email = 'b@erfurt.example' WHERE person_id = $1 RETURNING email`, gone.Person)
	id := ask(t, l.World, l.As(t, "k16051"), gone.Person)
	must(t, s.Approve(t.Context(), l.As(t, "land"), id))
	away := &notify.SMTP{Host: "127.0.0.1", Port: 1, From: "portal@land.example", TLS: notify.Plain}
	if err := erase(t, l.World, away, id); err == nil || nameIs(t, l.World, gone.Person) != gone.Name {
		t.Errorf("while the server is away: %v, and the name is %q; want to try later", err, nameIs(t, l.World, gone.Person))
	}
	l.days.Store(2)
	worker, err := jobs.Actor(t.Context(), l.Work, gone.Land.ID, uuid.Nil)
	must(t, err)
	must(t, privacy.NewEraser(l.Work, away, "portal.example").Erase(t.Context(), worker, id))
	if name := nameIs(t, l.World, gone.Person); name != "Sachbearbeitung" {
		t.Errorf("after two days the name is %q", name)
	}
}
