package orgpage

import (
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
	Rows               []rowView
}

type rowView struct{ Name, Key, Detail, PeopleURL, InviteURL string }

var kindNames = []struct {
	kind organisation.Kind
	name string
}{
	{organisation.StateCoordination, "Landeskoordination"},
	{organisation.Ministry, "Fachressorts"},
	{organisation.IndependentCity, "Kreisfreie Städte"},
	{organisation.District, "Landkreise"},
	{organisation.ITProvider, "IT-Dienstleister"},
	{organisation.EfAProvider, "EfA-Anbieter"},
	{organisation.Association, "Spitzenverbände"},
	{organisation.Committee, "Gremien"},
	{organisation.Operator, "Plattform"},
}

// newView groups what exists today by kind and says of ended organisations what became of them.
func newView(who access.Actor, found []organisation.Organisation) view {
	v := view{Meta: ui.Count(len(found), "Organisation", "Organisationen")}
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

// newPlatformView groups by Land.
func newPlatformView(found []organisation.PlatformEntry) view {
	v := view{Meta: ui.Count(len(found), "Organisation", "Organisationen") + " in allen Ländern", People: true, Why: namelessID}
	for _, e := range found {
		if len(v.Groups) == 0 || v.Groups[len(v.Groups)-1].Heading != e.Land {
			v.Groups = append(v.Groups, groupView{ID: "land-" + e.Land, Heading: e.Land})
		}
		g := &v.Groups[len(v.Groups)-1]
		row := rowView{Name: e.Name, Key: e.OrgKey, Detail: ui.Count(e.People, "Person", "Personen")}
		if e.Kind == organisation.StateCoordination {
			row.InviteURL = link.Coordination(e.LandKey)
		}
		g.Rows = append(g.Rows, row)
		g.Count = ui.Count(len(g.Rows), "Eintrag", "Einträge")
	}
	return v
}
