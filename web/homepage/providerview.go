package homepage

import (
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type providerView struct {
	Kinds      []kindView
	First      []queueRow
	Conditions []ui.Row // Auflagen to see to
	Opinions   []ui.Row // that ministries wait for
	All        ui.Link
	Asked      ui.Link // what bodies say lies with the provider
	Empty      ui.EmptyProps
}

// kindView is how many tasks of a kind wait for the provider, and how many for something else.
type kindView struct {
	Title, HeldBy string
	Count, Held   ui.Link
	Due           string
}

func newProviderView(d *dashboard.ProviderDesk, who access.Actor) providerView {
	v := providerView{Asked: ui.Link{Text: "Was laut den Einheiten bei Ihnen liegt", URL: link.With(link.Tasks, "wartet-auf", who.Org.Key)}, Empty: ui.EmptyProps{Text: "Keine offenen Aufträge."}}
	v.Conditions = page.ConditionRows(d.Conditions)
	for _, o := range d.Asked {
		v.Opinions = append(v.Opinions, ui.Row{
			Title: o.ServiceName, URL: link.Opinion(o.ID), Meta: o.Kind.Word() + " für " + o.MinistryName + " · erbeten bis " + ui.Date(o.DueOn), Status: page.OpinionState(o),
		})
	}
	total := 0
	for _, k := range d.Kinds {
		if k.Check {
			v.Kinds = append(v.Kinds, kindView{
				Title: "Prüfen: " + k.Title, Due: firstDue(k), Count: ui.Counted(k.Count, link.With(link.Tasks, "status", "pruefen", "art", k.Key)),
				Held: ui.Counted(0, ""),
			})
			continue
		}
		total += k.Count
		v.Kinds = append(v.Kinds, kindView{
			Title: k.Title, Due: firstDue(k), HeldBy: heldBy(k),
			Count: ui.Counted(k.Count, queue("moeglich", k.Key)), Held: ui.Counted(k.Held, queue("noch-nicht", k.Key)),
		})
	}
	if total > 0 {
		v.All = ui.Link{Text: "Alle ansehen (" + ui.Number(int64(total)) + ")", URL: queue("moeglich", "")}
	}
	for _, t := range d.First {
		v.First = append(v.First, newQueueRow(t, who.Org.Key))
	}
	return v
}

func firstDue(k dashboard.Kind) string {
	if k.FirstDue == nil {
		return ui.NotApplicable
	}
	return ui.Date(*k.FirstDue)
}

// heldBy says what tasks of a kind wait for: "wartet auf „Zertifikat beantragen“".
func heldBy(k dashboard.Kind) string {
	if len(k.HeldBy) == 0 {
		return ""
	}
	return "wartet auf „" + strings.Join(k.HeldBy, "“, „") + "“"
}

// queue is the list of the provider's tasks with a status, of a kind if one is given.
func queue(status, kind string) string {
	return link.With(link.Tasks, "status", status, "zustaendig", string(template.ByProvider), "art", kind)
}

// queueRow is a task that may be ticked.
type queueRow struct {
	ui.Row
	ID, Value string
}

func newQueueRow(t dashboard.Task, own string) queueRow {
	if t.PartyKey == own {
		t.WaitsSince = nil
	}
	row := ui.Row{
		Title: t.Title, URL: link.Step(t.BodyKey, t.Via, t.Key), Meta: t.BodyName + " · " + t.ServiceName + " · fällig am " + ui.Date(t.DueOn),
		Status: page.TaskState(t),
	}
	if t.Scope == template.Basis {
		row.Meta = t.BodyName + " · alle Leistungen (Basis) · fällig am " + ui.Date(t.DueOn)
	}
	address := onboarding.Address{Body: t.BodyKey, Service: t.Via, Key: t.Key, Version: t.Version}
	return queueRow{Row: row, ID: "aufgabe-" + t.StepID.String(), Value: page.StepValue(address)}
}
