package hurdlepage

import (
	"slices"
	"testing"

	"rollinportal/internal/access"
	"rollinportal/internal/hurdle"
	"rollinportal/web/page"
)

// TestTheCrossTableAddsUp: the last row counts each dimension once more, over all ages, and leads to them.
func TestTheCrossTableAddsUp(t *testing.T) {
	t.Parallel()
	found := hurdle.Overview{
		Open:     map[hurdle.Dimension]int{hurdle.Technical: 3},
		Clusters: []hurdle.Cluster{{Dimension: hurdle.Technical, Age: 1, Obstacles: 1, Bodies: 6}, {Dimension: hurdle.Technical, Age: 4, Obstacles: 2, Bodies: 2}},
	}
	v := newListView(page.Query{}, found, access.Actor{Token: access.Token("t"), Role: access.StateCoordinator})
	last, technical := v.Cross[len(v.Cross)-1], slices.Index(hurdle.Dimensions, hurdle.Technical)
	if last.Age != "zusammen" || last.Cells[technical].Text != "3" || last.Cells[technical].URL != "/huerden?art=technisch" || len(v.Counts.Items) != 0 {
		t.Errorf("%+v, and besides %+v", last, v.Counts.Items)
	}
	if town := newListView(page.Query{}, found, access.Actor{Token: access.Token("t"), Role: access.BodyCoordinator}); len(town.Cross) != 0 || len(town.Counts.Items) != 4 {
		t.Errorf("a town sees %d rows and %d figures", len(town.Cross), len(town.Counts.Items))
	}
}
