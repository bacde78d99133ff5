package web_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/benchdata"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/identity"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// bench is the portal over a set, with yardsticks beside its own routes.
type bench struct {
	*portal
	meter   meter
	counter *counter
	movers  [connections]mover
	filled  time.Duration // how long the data took
}

// mover moves a step to and fro.
type mover struct{ version int }

// form returns the next move.
func (m *mover) form() url.Values {
	m.version++
	form := url.Values{"version": {strconv.Itoa(m.version)}}
	switch {
	case m.version%2 == 0:
		form.Set("to", "done")
		form.Set("evidence", "Akte")
	case m.version == 1:
		form.Set("to", "in_progress")
	default:
		form.Set("to", "in_progress")
		form.Set("reason", "doch noch offen")
	}
	return form
}

func newBench(b testing.TB, set benchdata.Set) *bench {
	b.Helper()
	c := &counter{}
	p := &bench{portal: newPortal(b, c.option(), postgres.WithPool(func(c *pgxpool.Config) { c.MaxConns = connections })), counter: c}
	from := time.Now()
	must(b, benchdata.Load(b.Context(), p.AdminURL, set, today))
	p.filled = time.Since(from)
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
	p.reopenSteps(b)
	p.addYardsticks(b)
	return p
}

// reopenSteps makes the steps that are moved to and fro ones that can be: the one before is done, they are not.
func (p *bench) reopenSteps(b testing.TB) {
	b.Helper()
	var slugs []string
	for n := range connections {
		slugs = append(slugs, benchdata.ServiceSlug(n))
	}
	_, err := p.meter.admin.Exec(b.Context(), `
		UPDATE portal.step SET state = CASE key WHEN 'k_kickoff' THEN 'done' ELSE 'open' END, version = 1
		WHERE key IN ('k_kickoff', 'k_02') AND (land_id, org_id, service_id) IN (
			SELECT o.land_id, o.org_id, v.service_id
			FROM portal.organisation o JOIN portal.service v USING (land_id)
			WHERE o.land_id = $1 AND o.key = $2 AND v.slug = ANY ($3))`, identity.ID(benchdata.LandKey(0)), benchdata.BodyKey(0), slugs)
	must(b, err)
	_, err = p.meter.admin.Exec(b.Context(), `
		UPDATE portal.onboarding SET state = 'preparing', live_on = NULL, state_reason = ''
		WHERE (land_id, org_id, service_id) IN (
			SELECT o.land_id, o.org_id, v.service_id
			FROM portal.organisation o JOIN portal.service v USING (land_id)
			WHERE o.land_id = $1 AND o.key = $2 AND v.slug = ANY ($3))`, identity.ID(benchdata.LandKey(0)), benchdata.BodyKey(0), slugs)
	must(b, err)
}

// change is what makes an old one of all that is kept of a Land, without the work of a write: the trail of an organisation
// goes on.
func (p *bench) change(b testing.TB, land int) {
	_, err := p.meter.admin.Exec(b.Context(), `
		INSERT INTO auth.chain_head AS h (land_id, org_id, seq, hash)
		SELECT o.land_id, o.org_id, 1, sha256('change') FROM portal.organisation o WHERE o.land_id = $1 AND o.key = $2
		ON CONFLICT (land_id, org_id) DO UPDATE SET hash = sha256(h.hash)`, identity.ID(benchdata.LandKey(land)), benchdata.BodyKey(1))
	must(b, err)
}

// costOfChange is the CPU time that change itself takes of this process, which is the portal's while it is measured.
func (p *bench) costOfChange(b testing.TB, land int) time.Duration {
	const times = 300
	from := p.meter.read(b)
	for range times {
		p.change(b, land)
	}
	return p.meter.read(b).since(from, times).portal
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
	p.server.AddRoute(page.Desk{Shell: shell}, http.MethodGet, "/bench/grid", func(w http.ResponseWriter, r *http.Request, who access.Actor) error {
		rows, err := p.readGrid(r.Context(), who)
		if err != nil {
			return err
		}
		return shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: "Raster"}, grid(rows))
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

// gridCell is an onboarding with the names at its ends.
type gridCell struct {
	Service, Slug, Body string
	State               onboarding.State
	Done, Relevant      int
}

// readGrid asks once for what is kept of the onboardings, in the order of the grid.
func (p *bench) readGrid(ctx context.Context, who access.Actor) (found []gridCell, err error) {
	err = p.DB.ReadSteady(ctx, who, access.RolloutView, func(tx *postgres.Tx) error {
		rows, _ := tx.Query(ctx, `
			SELECT v.name AS service, v.slug, b.key AS body, o.state, o.steps_done AS done, o.steps_relevant AS relevant
			FROM portal.onboarding o
			JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
			JOIN portal.organisation b ON b.land_id = @land AND b.org_id = o.org_id
			WHERE o.land_id = @land
			ORDER BY v.name, v.service_id, b.key
			LIMIT 10000`, pgx.StrictNamedArgs{"land": tx.Land()})
		found, err = pgx.CollectRows(rows, pgx.RowToStructByName[gridCell])
		return err
	})
	return found, err
}

// grid is a table with a row for each service and a cell for each body, as the matrix draws them.
func grid(found []gridCell) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		_, err := io.WriteString(w, `<table class="app-matrix app-matrix--links"><tbody>`)
		for len(found) > 0 && err == nil {
			n := 0
			var cells []ui.MatrixCell
			for n < len(found) && found[n].Slug == found[0].Slug {
				cell := page.StageCell(dashboard.StageOf(found[n].State))
				cell.URL = link.Checklist(found[n].Body, found[n].Slug)
				cells = append(cells, cell)
				n++
			}
			_, _ = io.WriteString(w, `<tr><th scope="row"><a href="`+link.Rollin(found[0].Slug)+`">`+templ.EscapeString(found[0].Service)+`</a></th>`)
			err = ui.MatrixCells(cells).Render(ctx, w)
			_, _ = io.WriteString(w, `</tr>`)
			found = found[n:]
		}
		_, _ = io.WriteString(w, `</tbody></table>`)
		return err
	})
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
