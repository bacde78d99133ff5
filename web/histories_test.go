package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/identity"
	"rollinportal/internal/witness"
)

// asked has people of a history use the portal.
func (p *portal) asked(t *testing.T) witness.Ask {
	return func(login, path string, form url.Values) (int, string) {
		w := p.ask(t, login, path, form)
		return w.Code, w.Body.String()
	}
}

// TestHistoriesAreLinearizable: whatever people did at the same time to one step, one case, one draft and one team, one clerk
// could have done in some order. `make drill` does it at length, with faults (internal/faults).
func TestHistoriesAreLinearizable(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.finishLandStep(t, "wohngeld", "l_guide")
	ask := p.asked(t)
	histories := []*witness.History{
		witness.Step(ask, kickoff, []string{"k16051", "k16051-b"}, 6, 15),
		witness.Case(ask, p.readyCase(t, "fuehrerschein"), tmdi, 6, 8),
		witness.Case(ask, p.readyCase(t, "bauvorbescheid-und-baugenehmigung"), tmdi, 6, 8),
	}
	for i := range 6 {
		histories = append(histories, p.publishing(t, "Entwurf "+strconv.Itoa(i)))
	}
	for _, body := range []string{"16051", "16052", "16053"} {
		histories = append(histories, p.ending(t, body))
	}
	told := map[witness.Heard]int{}
	for _, h := range histories {
		if err := h.Check(t.ArtifactDir()); err != nil {
			t.Error(err)
		}
		for heard, n := range h.Count() {
			told[heard] += n
		}
	}
	t.Logf("P8: %d histories checked; answers %v", len(histories), told)
}

// TestHistoriesShowALostUpdate plants one: on the way to the portal each form's version becomes the newest, so that nobody hears
// that somebody was faster.
func TestHistoriesShowALostUpdate(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.finishLandStep(t, "wohngeld", "l_guide")
	ask := p.asked(t)
	careless := func(login, path string, form url.Values) (int, string) {
		if form != nil {
			form.Set("version", p.versionOfStep(t, "16051", "k_kickoff"))
		}
		return ask(login, path, form)
	}
	err := witness.Step(careless, kickoff, []string{"k16051", "k16051-b"}, 6, 8).Check(t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "linearizable: Illegal") {
		t.Errorf("lost updates: %v", err)
	}
}

func (p *portal) versionOfStep(t *testing.T, body, key string) string {
	return dbtest.Admin[string](t, p.World, `
		SELECT s.version::text FROM portal.step s JOIN portal.organisation o USING (land_id, org_id) WHERE o.key = $1 AND s.key = $2`, body, key)
}

var tmdi = [2]string{"tmdi-referat", "tmdi-leitung"}

// readyCase is the path of a case that can be submitted.
func (p *portal) readyCase(t *testing.T, slug string) string {
	t.Helper()
	id := p.Case(t, slug)
	p.Waive(t, "tmdi", id)
	return "/entscheidungen/" + id.String()
}

var draftFields = url.Values{"lifecycle": {"reusable"}, "execution_level": {"kreis"}, "competence": {"all"}}

func (p *portal) publishing(t *testing.T, name string) *witness.History {
	t.Helper()
	fields := url.Values{"name": {name}}
	for field, value := range draftFields {
		fields[field] = value
	}
	create := url.Values{"id": {uuid.NewString()}}
	for field, value := range fields {
		create[field] = value
	}
	w := p.ask(t, "land", "/leistungen", create)
	path, _, _ := strings.Cut(w.Header().Get("Location"), "?")
	if w.Code != http.StatusSeeOther {
		t.Fatalf("create %s: %d", name, w.Code)
	}
	return witness.Publishing(p.asked(t), path, fields, []string{"land", "land2"}, 8, 4)
}

// ending has the Land's two people end three coordinators of a town.
func (p *portal) ending(t *testing.T, body string) *witness.History {
	t.Helper()
	var members []identity.Member
	for i := range 2 {
		subject := "k" + body + "-" + strconv.Itoa(i)
		members = append(members, identity.Member{OrgKey: body, Issuer: dbtest.Issuer, Subject: subject, Name: subject, Email: subject + "@" + body + ".example", Role: "KK"})
	}
	must(t, identity.NewOperator(p.AdminURL).AddMembers(t.Context(), "thueringen", members))
	coordinators := strings.Fields(dbtest.Admin[string](t, p.World, `
		SELECT string_agg(m.membership_id::text, ' ' ORDER BY m.membership_id)
		FROM auth.membership m JOIN portal.organisation o USING (land_id, org_id) WHERE o.key = $1 AND m.role = 'KK'`, body))
	if len(coordinators) != 3 {
		t.Fatalf("%d coordinators", len(coordinators))
	}
	return witness.Team(p.asked(t), "/organisationen/"+body+"/mitglieder", coordinators, []string{"land", "land2"}, 6)
}
