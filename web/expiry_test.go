package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/profile"
	"rollinportal/internal/workday"
)

// TestACertificateThatEndsTurnsAllThatLeansOnItYellow moves the clock over the end of a certificate and looks, on each
// day, wherever its services are shown.
func TestACertificateThatEndsTurnsAllThatLeansOnItYellow(t *testing.T) {
	t.Parallel()
	now := workday.Day(time.Now()).Add(12 * time.Hour) // at noon it is the same day in Germany
	p := newPortal(t, postgres.WithClock(func() time.Time { return now }))
	for slug, ministry := range map[string]string{"wohngeld": "tmdi", "elterngeld": "tmsgaf"} {
		p.needsCertificate(t, slug)
		p.rollinOf(t, "land", ministry, slug)
		p.finishLandStep(t, slug, "l_guide")
	}
	ends := now.AddDate(0, 0, 100)
	p.certificate(t, "16051", ends)
	for _, at := range []struct {
		name       string
		days       int
		mark, none string
	}{
		{"29 days before", -29, "", "Zertifikat läuft ab am"},
		{"28 days before", -28, "Zertifikat läuft ab am " + ends.Format("02.01.2006"), "abgelaufen am"},
		{"on the day", 0, "Zertifikat abgelaufen am " + ends.Format("02.01.2006"), "Zertifikat läuft ab am"},
		{"a day later", 1, "Zertifikat abgelaufen am " + ends.Format("02.01.2006"), "Zertifikat läuft ab am"},
	} {
		now = ends.AddDate(0, 0, at.days)
		p.sweep(t)
		for _, seen := range []struct {
			login, path string
			times       int
		}{
			{"land", "/lagebild", 2},
			{"land", "/matrix", 2},
			{"land", "/leistungen/wohngeld/roll-in", 1},
			{"land", "/kommunen/16051", 2},
			{"land", "/roll-in?stand=laeuft-ab", 2},
			{"tlrz", "/matrix", 2},
			{"k16051", "/roll-in", 2},
			{"k16052", "/roll-in", 0},
		} {
			page := p.ask(t, seen.login, seen.path, nil).Body.String()
			if at.mark != "" && strings.Count(page, at.mark) != seen.times || strings.Contains(page, at.none) {
				t.Errorf("%s, %s as %s says %q %d times, want %d", at.name, seen.path, seen.login, at.mark, strings.Count(page, at.mark), seen.times)
			}
		}
		p.wantsRenewal(t, at.name, at.mark)
	}
	p.certificate(t, "16051", ends.AddDate(2, 0, 0))
	p.wantsRenewal(t, "renewed", "")
	if page := p.ask(t, "land", "/matrix", nil).Body.String(); strings.Contains(page, "Zertifikat abgelaufen") {
		t.Error("renewed: the matrix still says that it has ended")
	}
}

// wantsRenewal looks for the one common task on the town's first page; none if nothing ends.
func (p *portal) wantsRenewal(t *testing.T, when, mark string) {
	t.Helper()
	page := p.ask(t, "k16051", "/aufgaben", nil).Body.String()
	tasks := page
	if at := strings.Index(page, `id="leistungen"`); at > 0 {
		tasks = page[:at]
	}
	if mark == "" {
		if strings.Contains(tasks, "Zertifikat erneuern") {
			t.Errorf("%s: the town is asked to renew", when)
		}
		return
	}
	if strings.Count(tasks, ">Zertifikat erneuern</a></h3>") != 1 || strings.Count(tasks, mark) != 1 {
		t.Errorf("%s: %d tasks to renew, want one that says %q", when, strings.Count(tasks, ">Zertifikat erneuern</a></h3>"), mark)
	}
	for _, want := range []string{"beruhen 2 Leistungen", `href="/kommunen/16051/profil#zertifikat"`, "Im Profil erneuern", "Frage stellen"} {
		if !strings.Contains(tasks, want) {
			t.Errorf("%s: the task lacks %q", when, want)
		}
	}
	if strings.Contains(tasks, "aufgaben/k_cert\">") {
		t.Errorf("%s: the step stands there beside what replaces it", when)
	}
}

func (p *portal) needsCertificate(t *testing.T, slug string) {
	t.Helper()
	dbtest.Admin[string](t, p.World, `UPDATE portal.service SET transports = '{osci}'
		WHERE slug = $1 AND land_id = (SELECT land_id FROM portal.land WHERE key = 'thueringen') RETURNING slug`, slug)
}

func (p *portal) certificate(t *testing.T, body string, until time.Time) {
	t.Helper()
	must(t, profile.NewService(p.DB).Save(t.Context(), p.As(t, "k"+body), body, profile.Input{ID: uuid.New(), Kind: profile.Certificate, Details: map[string]string{
		profile.Purpose: profile.ForOSCI, profile.Subject: "CN=GRP: Testbehörde", profile.Issuer: "CN=Test-CA", profile.Fingerprint: strings.Repeat("ab", 32),
		profile.ValidFrom: until.AddDate(-2, 0, 0).Format(time.DateOnly), profile.ValidTo: until.Format(time.DateOnly), profile.Custodian: "IT-Abteilung",
	}}))
}

// sweep does what the workers do once a day.
func (p *portal) sweep(t *testing.T) {
	t.Helper()
	must(t, profile.NewService(p.DB).Sweep(t.Context(), p.As(t, "land")))
	must(t, onboarding.NewService(p.DB).ReopenExpired(t.Context(), p.As(t, "land")))
}
