package listpage

import (
	"net/http/httptest"
	"testing"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

func TestTaskLeadsWhereItsReaderMayGo(t *testing.T) {
	t.Parallel()
	kommune := dashboard.Task{Scope: template.Kommune, Key: "k_web", Pillar: 4, BodyKey: "16051", ServiceSlug: "wohngeld", Via: "wohngeld"}
	basis := dashboard.Task{Scope: template.Basis, Key: "k_cert", Pillar: 2, BodyKey: "16051", Via: "elterngeld"}
	land := dashboard.Task{Scope: template.Land, Key: "l_guide", Pillar: 3, ServiceSlug: "wohngeld"}
	for _, c := range []struct {
		role access.Role
		task dashboard.Task
		want string
	}{
		{access.StateCoordinator, kommune, "/kommunen/16051/leistungen/wohngeld/aufgaben/k_web"},
		{access.StateCoordinator, basis, "/kommunen/16051/leistungen/elterngeld/aufgaben/k_cert"},
		{access.StateCoordinator, land, "/leistungen/wohngeld/schritte/l_guide"},
		{access.StateEditor, kommune, ""}, // reads figures, not checklists
		{access.StateEditor, land, "/leistungen/wohngeld/schritte/l_guide"},
		{access.MinistryReader, kommune, "/kommunen/16051/leistungen/wohngeld/aufgaben/k_web"},
	} {
		who := access.Actor{Token: access.Token("t"), Role: c.role}
		if got := taskURL(c.task, who); got != c.want {
			t.Errorf("%s opens %s at %q, want %q", c.role, c.task.Key, got, c.want)
		}
	}
}

func TestOverdueOutweighsTheState(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state   onboarding.StepState
		overdue bool
		blocked bool
		want    string
	}{
		{onboarding.Open, false, false, "Offen"},
		{onboarding.Open, true, false, "Überfällig"},
		{onboarding.Submitted, false, true, "Zur Prüfung"},
		{onboarding.InProgress, false, false, "In Arbeit"},
		{onboarding.InProgress, true, true, "Blockiert"},
		{onboarding.Done, false, true, "Erledigt"},
		{onboarding.NotApplicable, false, true, "Entfällt"},
	} {
		got := newTask(dashboard.Task{State: c.state, Overdue: c.overdue, Blocked: c.blocked, Pillar: 1}, access.Actor{})
		if got.Status.Text != c.want || (got.Status.Kind == ui.Overdue) != (c.overdue && !c.blocked) {
			t.Errorf("%s, overdue %v, blocked %v: %v, want %s", c.state, c.overdue, c.blocked, got.Status, c.want)
		}
	}
}

func TestEveryStateIsBehindAFilter(t *testing.T) {
	t.Parallel()
	found := map[onboarding.State]bool{}
	for _, f := range stateFilters {
		states := statesOf(f.key)
		if len(states) == 0 {
			t.Errorf("%s finds nothing", f.key)
		}
		for _, s := range states {
			found[s] = true
		}
	}
	if len(found) != len(onboarding.States) {
		t.Errorf("filters find %d of %d states", len(found), len(onboarding.States))
	}
	if statesOf("gibt-es-nicht") != nil {
		t.Error("an unknown filter narrows the list")
	}
}

func TestHeadingSaysWhatIsCounted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		url  string
		role access.Role
		want string
	}{
		{"/aufgaben", access.StateCoordinator, "12 Aufgaben · Zu tun"},
		{"/aufgaben?status=alle", access.StateCoordinator, "12 Aufgaben"},
		{"/aufgaben?status=ueberfaellig", access.StateCoordinator, "12 Aufgaben · Überfällig"},
		{"/aufgaben?status=unbekannt", access.StateCoordinator, "12 Aufgaben · Zu tun"},
		{"/aufgaben?status=noch-nicht", access.Provider, "12 Aufgaben · Noch nicht möglich"},
		{"/aufgaben?status=noch-nicht", access.StateCoordinator, "12 Aufgaben · Zu tun"},
	} {
		q := page.QueryOf(httptest.NewRequest("GET", c.url, nil), "status")
		if got := heading(q, 12, access.Actor{Role: c.role}); got != c.want {
			t.Errorf("%s as %s: %q, want %q", c.url, c.role, got, c.want)
		}
	}
}

func TestAPillarBeyondTheFourFindsNothing(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]int{0: 0, 1: 1, 4: 4, 5: -1, -3: -1, 1 << 40: -1} {
		if got := pillarOf(n); got != want {
			t.Errorf("pillarOf(%d) = %d, want %d", n, got, want)
		}
	}
}
