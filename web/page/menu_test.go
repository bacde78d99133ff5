package page

import (
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/web/link"
)

func TestTheMenuMarksWhereOneIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		role   access.Role
		path   string
		marked string
	}{
		{access.StateCoordinator, "/", "Lagebild"},
		{access.StateCoordinator, link.Services, "Leistungen"},
		{access.StateCoordinator, link.Services + "/wohngeld", "Leistungen"},
		{access.StateCoordinator, link.Services + "x", ""},
		{access.MinistryDecider, "/", "Übersicht"},
		{access.MinistryDecider, link.Lagebild, "Lagebild"},
		{access.MinistryDecider, "/nirgendwo", ""},
		{access.Platform, link.Jobs, "Aufträge"},
	} {
		got := ""
		for _, e := range menu(access.Actor{Role: c.role}, c.path) {
			if e.Current {
				got += e.Text
			}
		}
		if got != c.marked {
			t.Errorf("%s at %s: %q is marked, want %q", c.role, c.path, got, c.marked)
		}
	}
}

func TestTheUserMenuOffersWhatIsAllowed(t *testing.T) {
	t.Parallel()
	for role, want := range map[access.Role]bool{access.StateCoordinator: true, access.BodyEditor: true, access.Platform: false} {
		links := userLinks(access.Actor{Token: access.Token("t"), Person: uuid.New(), Role: role})
		found := false
		for _, l := range links {
			found = found || l.URL == link.Organisations
		}
		if found != want || links[0].URL != link.Account {
			t.Errorf("%s is offered %v", role, links)
		}
	}
}
