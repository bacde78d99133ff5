package orgpage

import (
	"slices"

	"rollinportal/internal/access"
	"rollinportal/internal/organisation"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

type view struct {
	Meta   string
	People bool   // the last column counts people
	Why    string // ID of the sentence that says why they have no list
	Groups []groupView
}

// namelessID is the sentence that says why the operator has no list of people.
const namelessID = "ohne-namen"

type groupView struct {
	ID, Heading, Count string
	Invite             ui.Link // for the operator: who begins in a Land
	Rows               []rowView
}

type rowView struct{ Name, Kind, Key, Detail, PeopleURL string }

var kindNames = []struct {
	kind      organisation.Kind
	name, one string
}{
	{organisation.StateCoordination, "Landeskoordination", "Landeskoordination"},
	{organisation.Ministry, "Fachressorts", "Fachressort"},
	{organisation.IndependentCity, "Kreisfreie Städte", "Kreisfreie Stadt"},
	{organisation.District, "Landkreise", "Landkreis"},
	{organisation.ITProvider, "IT-Dienstleister", "IT-Dienstleister"},
	{organisation.EfAProvider, "EfA-Anbieter", "EfA-Anbieter"},
	{organisation.Association, "Spitzenverbände", "Spitzenverband"},
	{organisation.Committee, "Gremien", "Gremium"},
	{organisation.Operator, "Plattform", "Plattform"},
}

// newView groups what exists today by kind, and behind it what ended, with what became of it.
func newView(who access.Actor, found []organisation.Organisation) view {
	v := view{Meta: ui.Count(len(found), "Organisation", "Organisationen")}
	found = slices.Clone(found)
	slices.SortStableFunc(found, func(a, b organisation.Organisation) int { return rank(a) - rank(b) })
	for _, k := range kindNames {
		g := groupView{ID: string(k.kind), Heading: k.name}
		for _, o := range found {
			if o.Kind == k.kind {
				g.Rows = append(g.Rows, rowView{Name: o.Name, Key: o.Key, Detail: detail(o), PeopleURL: peopleURL(who, o)})
			}
		}
		g.Count = ui.Count(len(g.Rows), "Eintrag", "Einträge")
		if len(g.Rows) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
	return v
}

func rank(o organisation.Organisation) int {
	if o.Ended {
		return 1
	}
	return 0
}

// peopleURL leads to the people of an organisation, where the reader may know them.
func peopleURL(who access.Actor, o organisation.Organisation) string {
	if reach := who.Reach(access.MemberList); reach == access.WholeLand || reach != access.None && o.ID == who.Org.ID {
		return link.Members(o.Key)
	}
	return ""
}

func detail(o organisation.Organisation) string {
	switch {
	case o.Ended && o.SuccessorKey != nil:
		return "bis " + ui.Date(*o.ValidTo) + ", Nachfolge " + *o.SuccessorKey
	case o.Population != nil && o.PopulationOn != nil:
		return ui.Number(int64(*o.Population)) + " Einwohner (" + ui.Date(*o.PopulationOn) + ")"
	case o.Task != "":
		return o.Task
	}
	return ui.NotApplicable
}

// newPlatformView groups by Land, and in each by kind: who coordinates comes first.
func newPlatformView(found []organisation.PlatformEntry) view {
	v := view{Meta: ui.Count(len(found), "Organisation", "Organisationen") + " in allen Ländern", People: true, Why: namelessID}
	for len(found) > 0 {
		n := 1
		for n < len(found) && found[n].LandKey == found[0].LandKey {
			n++
		}
		v.Groups = append(v.Groups, newLand(found[:n]))
		found = found[n:]
	}
	return v
}

// newLand lists the organisations of a Land.
func newLand(entries []organisation.PlatformEntry) groupView {
	g := groupView{ID: "land-" + entries[0].LandKey, Heading: entries[0].Land, Count: ui.Count(len(entries), "Organisation", "Organisationen")}
	for _, k := range kindNames {
		for _, e := range entries {
			if e.Kind != k.kind {
				continue
			}
			g.Rows = append(g.Rows, rowView{Name: e.Name, Kind: k.one, Key: e.OrgKey, Detail: ui.Number(int64(e.People))})
			if k.kind == organisation.StateCoordination {
				g.Invite = ui.Link{Text: "Koordination einladen", URL: link.Coordination(e.LandKey)}
			}
		}
	}
	return g
}
