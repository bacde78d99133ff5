package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/benchdata"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/identity"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// bench is the portal over a set, with yardsticks beside its own routes.
type bench struct {
	*portal
	meter   meter
	counter *counter
	version int // of the step that step-update moves
}

func newBench(b testing.TB, set benchdata.Set) *bench {
	b.Helper()
	c := &counter{}
	p := &bench{portal: newPortal(b, c.option()), counter: c, version: 1}
	must(b, benchdata.Load(b.Context(), p.AdminURL, set, today))
	people := identity.NewService(p.DB)
	for n := range set.Lands {
		for _, login := range []string{benchdata.Coordinator(n), benchdata.BodyCoordinator(n)} {
			token, err := people.SignIn(b.Context(), identity.Person{Issuer: benchdata.Issuer, Subject: login})
			must(b, err)
			p.tokens[login] = token
		}
	}
	for n := range min(2, len(set.Lands)) {
		who, err := people.Actor(b.Context(), p.tokens[benchdata.Coordinator(n)])
		must(b, err)
		must(b, onboarding.NewService(p.DB).CountUsualTimes(b.Context(), who))
	}
	p.meter = newMeter(b, p.World)
	p.reopenStep(b)
	p.addYardsticks(b)
	return p
}

// reopenStep makes the step that is moved to and fro one that can be: the one before is done, it is not.
func (p *bench) reopenStep(b testing.TB) {
	b.Helper()
	_, err := p.meter.admin.Exec(b.Context(), `
		UPDATE portal.step SET state = CASE key WHEN 'k_kickoff' THEN 'done' ELSE 'open' END, version = 1
		WHERE key IN ('k_kickoff', 'k_02') AND (land_id, org_id, service_id) IN (
			SELECT o.land_id, o.org_id, v.service_id
			FROM portal.organisation o JOIN portal.service v USING (land_id)
			WHERE o.land_id = $1 AND o.key = $2 AND v.slug = $3)`, identity.ID(benchdata.LandKey(0)), benchdata.BodyKey(0), benchdata.ServiceSlug(0))
	must(b, err)
	_, err = p.meter.admin.Exec(b.Context(), `
		UPDATE portal.onboarding SET state = 'preparing', live_on = NULL, state_reason = ''
		WHERE (land_id, org_id, service_id) IN (
			SELECT o.land_id, o.org_id, v.service_id
			FROM portal.organisation o JOIN portal.service v USING (land_id)
			WHERE o.land_id = $1 AND o.key = $2 AND v.slug = $3)`, identity.ID(benchdata.LandKey(0)), benchdata.BodyKey(0), benchdata.ServiceSlug(0))
	must(b, err)
}

// forms returns the forms of a write, one after the other.
func (p *bench) forms(b testing.TB, w work) func() url.Values {
	return func() url.Values {
		if w.name == bareWrite {
			return url.Values{}
		}
		p.version++
		form := url.Values{"version": {strconv.Itoa(p.version - 1)}}
		switch {
		case p.version%2 == 1:
			form.Set("to", "done")
			form.Set("evidence", "Akte")
		case p.version == 2:
			form.Set("to", "in_progress")
		default:
			form.Set("to", "in_progress")
			form.Set("reason", "doch noch offen")
		}
		return form
	}
}

// addYardsticks serves the bare page (one query by primary key and 29 KB of templ) and the bare write (one transaction:
// a step, its progress row, an entry in the trail) through the same server.
func (p *bench) addYardsticks(b testing.TB) {
	shell := page.Shell{}
	p.server.AddRoute(page.Desk{Shell: shell}, http.MethodGet, "/bench/page", func(w http.ResponseWriter, r *http.Request, who access.Actor) error {
		var name string
		err := p.DB.Read(r.Context(), who, access.HomeView, func(tx *postgres.Tx) error {
			return tx.QueryRow(r.Context(), `SELECT name FROM portal.organisation WHERE land_id = @land AND org_id = @org`,
				pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org()}).Scan(&name)
		})
		if err != nil {
			return err
		}
		return shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: name}, links())
	})
	step := p.someStep(b)
	p.server.AddRoute(page.Desk{Shell: shell}, http.MethodPost, "/bench/write", func(w http.ResponseWriter, r *http.Request, who access.Actor) error {
		err := p.DB.Write(r.Context(), who, access.ChecklistItemEdit, func(tx *postgres.Tx) error { return step.touch(r, tx) })
		if err != nil {
			return err
		}
		return page.Redirect(w, r, "/bench/page", page.NoFlash)
	})
}

// links is 29 KB, as templ writes them.
func links() templ.Component {
	found := make([]ui.Link, 0, 400)
	for i := range 400 {
		found = append(found, ui.Link{Text: fmt.Sprintf("Eintrag %03d", i), URL: fmt.Sprintf("/leistungen/eintrag-%03d", i)})
	}
	return ui.LinkList(found)
}

// bareStep is a step of the first body of the first Land, and the progress row it counts in.
type bareStep struct{ id, service uuid.UUID }

func (p *bench) someStep(b testing.TB) bareStep {
	find := func(column string) uuid.UUID {
		return dbtest.Admin[uuid.UUID](b, p.World, `
			SELECT s.`+column+`
			FROM portal.step s JOIN portal.organisation o USING (land_id, org_id) JOIN portal.service v USING (land_id, service_id)
			WHERE s.land_id = $1 AND o.key = $2 AND v.slug = $3 AND s.key = 'k_03'`,
			identity.ID(benchdata.LandKey(0)), benchdata.BodyKey(0), benchdata.ServiceSlug(0))
	}
	return bareStep{find("step_id"), find("service_id")}
}

func (s bareStep) touch(r *http.Request, tx *postgres.Tx) error {
	args := pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "step": s.id}
	if _, err := tx.Exec(r.Context(), `UPDATE portal.step SET version = version + 1 WHERE land_id = @land AND org_id = @org AND step_id = @step`, args); err != nil {
		return err
	}
	args = pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "service": s.service}
	if _, err := tx.Exec(r.Context(), `
		UPDATE portal.progress SET done = done
		WHERE land_id = @land AND org_id = @org AND service_id = @service AND pillar = 3 AND scope = 'kommune'`, args); err != nil {
		return err
	}
	return audit.Record(r.Context(), tx, audit.Entry{Org: tx.Org(), Action: "step.done", Kind: "step", Record: s.id, Title: "Schritt", Visibility: audit.Org})
}
