package access

import (
	"slices"
	"strings"
	"testing"
)

// TestTheColumnsOfTheTableAreTheRoles: a column moved in the file would give everybody the rights of their neighbour.
func TestTheColumnsOfTheTableAreTheRoles(t *testing.T) {
	t.Parallel()
	head, _, _ := strings.Cut(csvTable, "\n")
	want := []string{"action", "route"}
	for _, role := range Roles {
		want = append(want, string(role))
	}
	if got := strings.Split(strings.TrimSpace(head), ";"); !slices.Equal(got, append(want, "rule", "not_yet")) {
		t.Errorf("the table has the columns %v", got)
	}
}

// TestWhatTheTableSaysHolds looks at one cell of each kind, for the role and for the actor.
func TestWhatTheTableSaysHolds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		action Action
		role   Role
		want   Reach
	}{
		{DecisionDecide, MinistryDecider, Responsible},
		{DecisionDecide, StateCoordinator, None},
		{ServiceCreate, StateEditor, WholeLand},
		{ServiceCreate, BodyCoordinator, None},
		{ChecklistItemEdit, BodyEditor, Own},
		{SearchRun, Committee, Aggregates},
		{HomeView, Platform, Self},
		{LegalView, Anonymous, Everybody},
		{PlatformJobs, Platform, AllLaender},
		{InviteAccept, Anonymous, WithToken},
		{PeerView, BodyEditor, Published},
		{"no.such-action", StateCoordinator, None},
	} {
		who := Actor{Token: Token("x"), Role: c.role}
		if c.role == Anonymous {
			who = Actor{}
		}
		if got := who.Reach(c.action); got != c.want || who.Can(c.action) != (c.want != None) || Allows(c.action, c.role) != (c.want != None) {
			t.Errorf("%s as %s: %q, may it: %v; want %q", c.action, c.role, got, Allows(c.action, c.role), c.want)
		}
		if Known(c.action) == (c.action == "no.such-action") {
			t.Errorf("%s is known: %v", c.action, Known(c.action))
		}
	}
	if len(Rules()) < 75 || Rules()[0].Action != Login || Rules()[0].Routes == "" {
		t.Errorf("%d rules, the first is %v", len(Rules()), Rules()[0])
	}
}

// TestWhoShowsNoProofIsAStranger, whatever role is claimed.
func TestWhoShowsNoProofIsAStranger(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		who Actor
		may bool
	}{
		"with a session":  {Actor{Token: Token("x"), Role: StateCoordinator}, true},
		"a worker":        {Actor{Automatic: true, Role: StateCoordinator}, true},
		"a claimed role":  {Actor{Role: StateCoordinator}, false},
		"nobody":          {Actor{}, false},
		"an unknown role": {Actor{Token: Token("x"), Role: "XX"}, false},
	} {
		if c.who.Can(ServiceCreate) != c.may {
			t.Errorf("%s may create services: %v", name, !c.may)
		}
	}
}

func TestOnlyTownsAndDistrictsAreBodies(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]bool{"district": true, "independent_city": true, "ministry": false, "provider": false, "": false} {
		if (Org{Kind: kind}).IsBody() != want {
			t.Errorf("%q is a body: %v", kind, !want)
		}
	}
}

// TestABrokenTableStopsTheStart: a cell that nobody understands must not be read as a right, nor as none.
func TestABrokenTableStopsTheStart(t *testing.T) {
	t.Parallel()
	const head = "action;route;LK;LR;FE;FL;KK;KB;IT;GR;PA;AN;rule;not_yet\n"
	if found := parse(head + "a.b;GET /x;L;O;Z;P;G;S;T;X;*;-;Satz;2026-01-01\n"); len(found) != 1 || found[0].Cells[StateCoordinator] != WholeLand ||
		found[0].Cells[Anonymous] != None || found[0].Remarks != "Satz" || found[0].NotYet != "2026-01-01" {
		t.Errorf("a table that holds is read as %v", found)
	}
	for name, row := range map[string]string{
		"an unknown cell": "a.b;GET /x;Q;-;-;-;-;-;-;-;-;-;;\n",
		"an empty cell":   "a.b;GET /x;;-;-;-;-;-;-;-;-;-;;\n",
		"a column less":   "a.b;GET /x;L;-;-;-;-;-;-;-;-;;\n",
		"a broken quote":  "a.b;\"GET /x;L;-;-;-;-;-;-;-;-;-;;\n",
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s is taken", name)
				}
			}()
			parse(head + row)
		}()
	}
}
