package profile_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/profile"
)

func TestFactsFulfilBasisStepsPresentAndFuture(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("wohngeld")
	w.state("16053", certificate("2026-11-30"))
	w.state("16053", single(profile.PostOffice, "COM Vibilia von Governikus"))
	w.state("16053", single(profile.DMS, "Docuware"))
	w.state("16053", backend("wohngeld", "WoGeVa 4.2"))
	if s := w.step("16053", "wohngeld", "k_survey"); s.State != onboarding.Open {
		t.Errorf("without an answer about E-Payment the inventory is %s", s.State)
	}
	w.state("16053", profile.Input{Kind: profile.Payment, Details: map[string]string{profile.Product: "ePayBL", profile.TestedOn: "2026-04-01"}})
	w.state("16053", configuration("Wohngeld", "2026-04-20"))
	w.rollIn("fuehrerschein")
	for _, slug := range []string{"wohngeld", "fuehrerschein"} {
		for _, key := range []string{"k_survey", "k_cert", "k_vps", "k_payment"} {
			if s := w.step("16053", slug, key); s.State != onboarding.Done || s.Given != "aus Profil, Stand 04.05.2026" {
				t.Errorf("%s of %s: %s %q", key, slug, s.State, s.Given)
			}
			if s := w.step("16051", slug, key); s.State != onboarding.Open {
				t.Errorf("%s of %s in another town: %s", key, slug, s.State)
			}
		}
	}
	w.verify()
	if p := w.show("k16053", "16053"); p.Uses["k_cert"] != 2 {
		t.Errorf("the certificate counts in %d onboardings, want 2", p.Uses["k_cert"])
	}
}

func TestRemovedFactProvesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("wohngeld")
	id := w.state("16053", certificate("2026-11-30"))
	w.Must(w.Remove(t.Context(), w.Actor("k16053"), "16053", profile.Certificate, id, 1))
	if s := w.step("16053", "wohngeld", "k_cert"); s.State != onboarding.InProgress || s.Reason == "" || s.ProofOf != "" {
		t.Errorf("%s, reason %q, proof %q", s.State, s.Reason, s.ProofOf)
	}
	w.verify()
}

func TestCertificateEndsOnItsDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("wohngeld")
	w.state("16053", certificate("2026-11-30"))
	land := w.Actor("land")
	told := func() int {
		return dbtest.Admin[int](t, w.World, `SELECT count(DISTINCT text) FROM portal.notice WHERE kind = 'certificate.expiring'`)
	}
	*w.Now = day("2026-11-01").Add(5 * time.Hour)
	w.Must(w.Sweep(t.Context(), land))
	if n := told(); n != 0 {
		t.Errorf("29 days before the end the body hears of it in %d notices", n)
	}
	*w.Now = day("2026-11-02").Add(5 * time.Hour)
	w.Must(w.Sweep(t.Context(), land))
	*w.Now = day("2026-11-29").Add(5 * time.Hour)
	w.Must(w.Sweep(t.Context(), w.Actor("land")))
	if n := told(); n != 1 {
		t.Errorf("before the end the body hears of it in %d notices, want 1", n)
	}
	if s := w.step("16053", "wohngeld", "k_cert"); s.State != onboarding.Done || !s.Expires(day("2026-11-29")) {
		t.Errorf("a day before: %s", s.State)
	}
	*w.Now = day("2026-11-30").Add(5 * time.Hour)
	land = w.Actor("land")
	w.Must(w.Sweep(t.Context(), land))
	w.Must(w.Sweep(t.Context(), land)) // a job may run twice
	if n := told(); n != 2 {
		t.Errorf("on the day the body has heard of it in %d notices, want 2", n)
	}
	s := w.step("16053", "wohngeld", "k_cert")
	if s.State != onboarding.InProgress || !s.DueOn.Equal(day("2026-11-30")) || s.Version != 3 {
		t.Errorf("on the day: %s, due %s, version %d", s.State, s.DueOn, s.Version)
	}
	w.verify()
	w.state("16053", certificate("2028-11-30")) // the renewed one beside the old one
	if s := w.step("16053", "wohngeld", "k_cert"); s.State != onboarding.Done || s.Expires(day("2026-11-30")) {
		t.Errorf("renewed: %s, ends %v", s.State, s.ProofEnds)
	}
	w.verify()
}

func TestConfirmingMakesTheStandYounger(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("wohngeld")
	w.state("16053", certificate("2026-11-30"))
	*w.Now = day("2026-06-01").Add(9 * time.Hour)
	who := w.Actor("k16053-b")
	p := w.show("k16053", "16053")
	w.Must(w.Confirm(t.Context(), who, "16053", p.Version))
	w.Must(w.Confirm(t.Context(), who, "16053", p.Version)) // a double click
	dbtest.Wants(t, "somebody who saw what stood before", w.Confirm(t.Context(), w.Actor("k16053"), "16053", p.Version), fault.Conflict)
	if s := w.step("16053", "wohngeld", "k_cert"); s.Given != "aus Profil, Stand 01.06.2026" {
		t.Errorf("%q", s.Given)
	}
	f := w.show("land", "16053").Of(profile.Certificate)[0]
	if f.ConfirmedBy != who.Name || f.ConfirmedAt.Format(time.DateOnly) != "2026-06-01" || f.Version != 1 {
		t.Errorf("confirmed by %q on %s, version %d", f.ConfirmedBy, f.ConfirmedAt, f.Version)
	}
}

func TestTwoPeopleAtOneFact(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.state("16053", single(profile.DMS, "Docuware"))
	change := single(profile.DMS, "kein DMS")
	change.ID, change.Version = id, 1
	w.Must(w.Save(t.Context(), w.Actor("k16053"), "16053", change))
	w.Must(w.Save(t.Context(), w.Actor("k16053"), "16053", change)) // a double click
	late := single(profile.DMS, "Docuware")
	late.ID, late.Version = id, 1
	dbtest.Wants(t, "the second", w.Save(t.Context(), w.Actor("k16053-b"), "16053", late), fault.Conflict)
	second := single(profile.DMS, "Docuware")
	second.ID = uuid.New()
	dbtest.Wants(t, "a second DMS fact", w.Save(t.Context(), w.Actor("k16053-b"), "16053", second), fault.Conflict)
	w.Must(w.Remove(t.Context(), w.Actor("k16053"), "16053", profile.DMS, id, 2))
	change.Version = 2
	dbtest.Wants(t, "what was removed", w.Save(t.Context(), w.Actor("k16053-b"), "16053", change), fault.Conflict)
}

func TestProGovBasicHoldsSixConfigurations(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	office := w.state("16053", single(profile.PostOffice, profile.ProGovBasic))
	for i, name := range []string{"A", "B", "C", "D", "E", "F"} {
		if l := w.show("k16053", "16053").Limit(); l.Near() != (i >= 5) || l.Full() {
			t.Errorf("with %d configurations: %+v", i, l)
		}
		w.state("16053", configuration(name, ""))
	}
	if l := w.show("k16053", "16053").Limit(); !l.Full() || l.Used != 6 {
		t.Errorf("with six: %+v", l)
	}
	seventh := configuration("G", "")
	seventh.ID = uuid.New()
	dbtest.Wants(t, "a seventh", w.Save(t.Context(), w.Actor("k16053"), "16053", seventh), fault.Invalid)
	enterprise := single(profile.PostOffice, "ProGov von Procilon (Enterprise Version - unbegrenzt viele Konfigurationen möglich)")
	enterprise.ID, enterprise.Version = office, 1
	w.Must(w.Save(t.Context(), w.Actor("k16053"), "16053", enterprise))
	w.Must(w.Save(t.Context(), w.Actor("k16053"), "16053", seventh))
	back := single(profile.PostOffice, profile.ProGovBasic)
	back.ID, back.Version = office, 2
	dbtest.Wants(t, "back to Basic with seven", w.Save(t.Context(), w.Actor("k16053"), "16053", back), fault.Invalid)
}

func TestWhoSeesAProfile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.state("16053", certificate("2026-11-30"))
	w.state("16053", single(profile.DMS, "Docuware"))
	w.state("16053", profile.Input{Kind: profile.Contact, Details: map[string]string{
		profile.Role: profile.Coordinator, profile.Name: "Erika Beispiel", profile.Email: "ozg@stadt.example",
	}})
	if got := len(w.show("land", "16053").Facts); got != 3 {
		t.Errorf("the Land sees %d facts, want 3", got)
	}
	assigned := dbtest.Admin[bool](t, w.World, `SELECT EXISTS (SELECT FROM portal.assignment a
		JOIN portal.organisation b ON b.org_id = a.org_id AND b.key = '16053' JOIN portal.organisation p ON p.org_id = a.provider_id AND p.key = 'TLRZ')`)
	if !assigned {
		t.Fatal("TLRZ does not work for Jena: the test needs another provider")
	}
	if got := w.show("tlrz", "16053").Facts; len(got) != 1 || got[0].Kind != profile.Certificate {
		t.Errorf("the provider sees %v, want the certificate alone", got)
	}
	for _, login := range []string{"k16051", "d-land", "d-k1"} {
		_, err := w.Show(t.Context(), w.Actor(login), "16053")
		dbtest.Wants(t, login, err, fault.NotFound)
	}
	for _, login := range []string{"tmdi-referat", "gremium", "redaktion", "betreiber"} {
		_, err := w.Show(t.Context(), w.Actor(login), "16053")
		dbtest.Wants(t, login, err, fault.Forbidden)
	}
	in := single(profile.Mailbox, "")
	in.Details, in.ID = map[string]string{profile.Email: "post@stadt.example"}, uuid.New()
	dbtest.Wants(t, "another town's writing", w.Save(t.Context(), w.Actor("k16051"), "16053", in), fault.NotFound)
	dbtest.Wants(t, "the Land's writing", w.Save(t.Context(), w.Actor("land"), "16053", in), fault.Forbidden)
	id := w.show("land", "16053").Of(profile.Certificate)[0].ID
	dbtest.Wants(t, "another town's removing", w.Remove(t.Context(), w.Actor("k16051"), "16051", profile.Certificate, id, 1), fault.NotFound)
	dbtest.Wants(t, "another town's confirming", w.Confirm(t.Context(), w.Actor("k16051"), "16053", 3), fault.NotFound)
}

func TestReleasedContactsAreSeenAsLongAsTheyAreReleased(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	contact := profile.Input{Kind: profile.Contact, Released: true, Details: map[string]string{
		profile.Role: profile.Coordinator, profile.Name: "Erika Beispiel", profile.Email: "ozg@stadt.example",
	}}
	contact.ID = w.state("16053", contact)
	hidden := with(contact, profile.Name, "Max Verborgen")
	hidden.Released = false
	w.state("16053", hidden)
	jena := w.Actor("k16053").Org.ID
	names := func() (found []string) {
		w.Must(w.DB.Read(t.Context(), w.Actor("k16051"), access.ServiceView, func(tx *postgres.Tx) error {
			rows, _ := tx.Query(t.Context(), `
				SELECT details ->> 'name'
				FROM portal.profile_fact
				WHERE land_id = @land AND org_id = @jena AND kind = 'contact'`, pgx.StrictNamedArgs{"land": tx.Land(), "jena": jena})
			var err error
			found, err = pgx.CollectRows(rows, pgx.RowTo[string])
			return err
		}))
		return found
	}
	if got := names(); !slices.Equal(got, []string{"Erika Beispiel"}) {
		t.Errorf("another town sees %v", got)
	}
	contact.Released, contact.Version = false, 1
	w.Must(w.Save(t.Context(), w.Actor("k16053"), "16053", contact))
	if got := names(); len(got) != 0 {
		t.Errorf("after the release was taken back another town sees %v", got)
	}
}

func TestBodiesWithTheSameBackendFindEachOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.state("16053", backend("wohngeld", "WoGeVa 4.2"))
	w.state("16051", backend("wohngeld", "wogeva GmbH, Version 5"))
	w.state("16052", backend("wohngeld", "Mietzuschuss Pro"))
	w.state("16054", backend("fuehrerschein", "WoGeVa"))
	service := dbtest.Admin[uuid.UUID](t, w.World, `SELECT service_id FROM portal.service
		WHERE slug = 'wohngeld' AND land_id = (SELECT land_id FROM portal.land WHERE key = 'thueringen')`)
	same := func(login string) (product string, bodies []uuid.UUID) {
		w.Must(w.DB.Read(t.Context(), w.Actor(login), access.ServiceView, func(tx *postgres.Tx) error {
			rows, _ := tx.Query(t.Context(), `SELECT org_id, product FROM ctx.same_backend($1) ORDER BY org_id`, service)
			var id uuid.UUID
			_, err := pgx.ForEachRow(rows, []any{&id, &product}, func() error { bodies = append(bodies, id); return nil })
			return err
		}))
		return product, bodies
	}
	product, bodies := same("k16053")
	if product != "WoGeVa 4.2" || !slices.Equal(bodies, []uuid.UUID{w.Actor("k16051").Org.ID}) {
		t.Errorf("Jena finds %q in %v, want Erfurt", product, bodies)
	}
	for _, login := range []string{"k16052", "k16054", "land", "tlrz"} {
		if _, bodies := same(login); len(bodies) != 0 {
			t.Errorf("%s finds %v", login, bodies)
		}
	}
}

func TestNothingOfAKeyIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := with(certificate("2026-11-30"), profile.Custodian, "-----BEGIN RSA PRIVATE KEY----- MIIEvQIBADAN")
	in.ID = uuid.New()
	dbtest.Wants(t, "a key among the details", w.Save(t.Context(), w.Actor("k16053"), "16053", in), fault.Invalid)
	kept := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.profile_fact`)
	traces := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.audit_event WHERE changes::text LIKE '%MIIEvQ%'`)
	if kept+traces != 0 {
		t.Errorf("%d facts and %d traces are kept", kept, traces)
	}
}

func TestTrailKeepsNoPersonalData(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.state("16053", profile.Input{Kind: profile.Contact, Details: map[string]string{
		profile.Role: profile.Coordinator, profile.Name: "Erika Beispiel", profile.Email: "ozg@stadt.example",
	}})
	if n := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.audit_event WHERE changes::text ~ 'Beispiel|ozg@'`); n != 0 {
		t.Errorf("%d entries name the person", n)
	}
	if n := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.audit_event WHERE action = 'profile.add' AND changes::text LIKE '%Name%'`); n != 1 {
		t.Errorf("%d entries say that a name was stated, want 1", n)
	}
}
