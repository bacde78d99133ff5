package lagebildpage

import (
	"cmp"
	"slices"
	"strconv"

	"rollinportal/internal/dashboard"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// tileView is a body on the map. Classes place and colour it.
type tileView struct {
	Place, Quota    string
	URL, Code, Name string
	Part, Whole     string
	Flag            string // read aloud: what is late
}

// bodyView is the same body in the table.
type bodyView struct {
	Name              string
	URL               string
	Live, Whole, Late ui.Link
}

// quotaView is a colour of the map and what it means.
type quotaView struct{ Class, Text string }

var quotas = []quotaView{
	{"app-q0", "0 %"}, {"app-q1", "unter 25 %"}, {"app-q2", "25 bis 49 %"}, {"app-q3", "50 bis 69 %"}, {"app-q4", "70 bis 89 %"}, {"app-q5", "ab 90 %"},
}

// quotaClass colours a share. It rounds down like every percentage.
func quotaClass(s dashboard.Share) string {
	if s.Part == 0 {
		return "app-q0"
	}
	switch percent := s.Part * 100 / s.Whole; {
	case percent < 25:
		return "app-q1"
	case percent < 50:
		return "app-q2"
	case percent < 70:
		return "app-q3"
	case percent < 90:
		return "app-q4"
	}
	return "app-q5"
}

// newTiles orders the bodies from north to south and west to east: that is how the map is read aloud.
// There is no map of more bodies than fit on it.
func newTiles(p *dashboard.Picture) []tileView {
	if len(p.Bodies) > mostBodies {
		return nil
	}
	bodies := slices.SortedStableFunc(slices.Values(p.Bodies), func(a, b dashboard.Body) int {
		return cmp.Or(cmp.Compare(at(a.Row), at(b.Row)), cmp.Compare(at(a.Column), at(b.Column)))
	})
	tiles := make([]tileView, len(bodies))
	for i, b := range bodies {
		share := p.OfBody(b.Key)
		tiles[i] = tileView{
			Place: placeClass(b), Quota: quotaClass(share), URL: link.Body(b.Key), Code: b.Short, Name: ui.SoftHyphens(b.Name),
			Part: number(share.Part), Whole: number(share.Whole),
		}
		if b.Overdue > 0 {
			tiles[i].Flag = ", " + ui.Count(b.Overdue, "Aufgabe", "Aufgaben") + " überfällig"
		}
	}
	return tiles
}

// nowhere comes after every place on the map.
const nowhere = 1 << 20

func at(place *int) int {
	if place == nil {
		return nowhere
	}
	return *place
}

func placeClass(b dashboard.Body) string {
	if b.Column == nil || b.Row == nil {
		return ""
	}
	return "app-col-" + strconv.Itoa(*b.Column) + " app-row-" + strconv.Itoa(*b.Row)
}

func newBodies(p *dashboard.Picture) []bodyView {
	if len(p.Bodies) > mostBodies {
		return nil
	}
	found := make([]bodyView, len(p.Bodies))
	for i, b := range p.Bodies {
		share := p.OfBody(b.Key)
		found[i] = bodyView{
			Name: b.Name, URL: link.Body(b.Key),
			Live:  ui.Counted(share.Part, link.With(link.Onboardings, "einheit", b.Key, "stand", "produktiv")),
			Whole: ui.Counted(share.Whole, link.With(link.Onboardings, "einheit", b.Key)),
			Late:  ui.Counted(b.Overdue, overdueTasks("einheit", b.Key)),
		}
	}
	return found
}
