package bodypage

import (
	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/organisation"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type listView struct {
	Meta, Heading string
	Filter        ui.FilterProps
	Sorts         []ui.SortHeaderProps
	Rows          []rowView
	Empty         ui.EmptyProps
	Means         string
}

type rowView struct {
	Name, URL, Kind, Target string
	Live                    ui.FractionProps
	Work, Late              ui.Link
	Missed                  ui.StatusProps // the target
}

func newListView(q page.Query, found []dashboard.BodyRow, who access.Actor) listView {
	v := listView{
		Meta: "Landkreise und kreisfreie Städte", Heading: ui.Count(len(found), "Einheit", "Einheiten"), Filter: filterBar(q, found), Means: dashboard.OverdueMeans,
		Empty: ui.EmptyProps{Text: "Noch keine Einheit angelegt."},
	}
	switch {
	case who.Role == access.Provider:
		v.Meta = "Die Einheiten, für die Sie arbeiten"
		v.Empty.Text = "Ihnen ist noch keine Einheit zugeordnet. Wenden Sie sich an die OZG-Landeskoordination."
	case who.Reach(access.RolloutView) == access.Responsible:
		v.Meta += ", gezählt zu den Leistungen Ihres Ressorts"
	}
	if q.Filtered() {
		v.Empty = ui.EmptyProps{Text: "Keine Einheit passt zu diesem Filter.", ResetURL: q.Reset()}
	}
	for i, head := range []struct{ key, text string }{{"einheit", "Einheit"}, {"produktiv", "Produktiv"}, {"arbeit", "In Arbeit"}, {"ueberfaellig", "Überfällig"}, {"ziel", "Nächstes Ziel"}} {
		sort := q.SortHeader(head.key, head.text)
		sort.Numeric = 0 < i && i < 4
		v.Sorts = append(v.Sorts, sort)
	}
	for _, b := range found {
		v.Rows = append(v.Rows, newRow(b))
	}
	return v
}

func newRow(b dashboard.BodyRow) rowView {
	live := dashboard.LiveInBody.Of(b)
	row := rowView{
		Name: b.Name, URL: link.Body(b.Key), Kind: kindName(b.Kind), Target: ui.NotApplicable,
		Live: ui.NewFraction(live.Part, live.Whole, link.With(link.Onboardings, "einheit", b.Key, "stand", "produktiv"), link.With(link.Onboardings, "einheit", b.Key), "produktiv, "+b.Name),
		Work: ui.Counted(dashboard.InWorkInBody.Of(b).Part, link.With(link.Onboardings, "einheit", b.Key, "stand", "in-arbeit")),
		Late: ui.Counted(dashboard.LateInBody.Of(b).Part, overdueTasks(b.Key)),
	}
	if b.NextTarget != nil {
		row.Target = ui.Date(*b.NextTarget)
	}
	if b.TargetMissed {
		row.Missed = ui.StatusProps{Kind: ui.Overdue, Text: "Ziel überschritten"}
	}
	return row
}

func overdueTasks(body string) string {
	return link.With(link.Tasks, "einheit", body, "status", "ueberfaellig")
}

func filterBar(q page.Query, found []dashboard.BodyRow) ui.FilterProps {
	bar := ui.FilterProps{
		Action: link.Bodies, Label: "Einheiten filtern", Hidden: q.Hidden(), ResetURL: q.Reset(),
		Selects: []ui.Field{
			{Name: "verzug", Label: "Verzug", Empty: "Alle", Options: []ui.Option{{Value: "ja", Text: "Mit überfälligen Aufgaben"}, {Value: "nein", Text: "Ohne überfällige Aufgaben"}}},
			{Name: "angabe", Label: "Angaben", Empty: "Alle", Options: []ui.Option{
				{Value: "rollen", Text: "Koordination und Stellvertretung benannt"},
				{Value: "erfahrung", Text: "Erfahrungen geteilt"},
				{Value: "umfrage-aktuell", Text: "Umfrage aktuell beantwortet"},
				{Value: "umfrage-gefragt", Text: "Zu einer Umfrage eingeladen"},
				{Value: "teilnahme", Text: "In den letzten zwölf Monaten bei einem Termin"},
			}},
		},
	}
	for i, field := range bar.Selects {
		bar.Selects[i].Value = q.Get(field.Name)
		for _, o := range field.Options {
			if o.Value == q.Get(field.Name) {
				bar.Active = append(bar.Active, q.Active(field.Name, o.Text)...)
			}
		}
	}
	if q.Get(waitsFor) != "" {
		bar.Active = append(bar.Active, q.Active(waitsFor, "mit Aufgaben bei "+q.Get(waitsFor))...)
	}
	if len(found) > 0 && found[0].Deals != "" {
		bar.Active = append(bar.Active, q.Active(dealsWith, "zuständig für "+found[0].Deals)...)
	}
	return bar
}

func kindName(k organisation.Kind) string {
	if k == organisation.IndependentCity {
		return "Kreisfreie Stadt"
	}
	return "Landkreis"
}
