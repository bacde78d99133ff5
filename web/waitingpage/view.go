package waitingpage

import (
	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/template"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

type listView struct {
	Heading string
	Rows    []partyView
	Empty   ui.EmptyProps
}

// partyView is a party with figures that lead to what they count.
type partyView struct {
	Name, Kind                     string
	Steps, Bodies, Median, Longest ui.Link
	Letter                         ui.Link
}

func newListView(found []dashboard.Party) listView {
	v := listView{
		Heading: ui.Count(len(found), "Stelle", "Stellen"),
		Empty:   ui.EmptyProps{Text: "Keine Aufgabe liegt bei anderen. Sobald eine Einheit „Liegt bei anderen“ meldet, steht die Stelle hier."},
	}
	for _, p := range found {
		url := link.With(link.Tasks, "wartet-auf", p.Key)
		v.Rows = append(v.Rows, partyView{
			Name: p.Name, Kind: kind(p.Kind),
			Steps: ui.Link{Text: ui.Number(int64(dashboard.WaitingSteps.Of(p).Part)), URL: url}, Bodies: ui.Link{Text: ui.Number(int64(dashboard.WaitingBodies.Of(p).Part)), URL: link.With(link.Bodies, "wartet-auf", p.Key)},
			Median: ui.Link{Text: days(dashboard.WaitingMedian.Of(p).Part), URL: url}, Longest: ui.Link{Text: days(dashboard.WaitingLongest.Of(p).Part), URL: url},
			Letter: ui.Link{Text: "Schreiben", URL: link.WaitingLetter(p.Key)},
		})
	}
	return v
}

func kind(of string) string {
	if of == "" {
		return "weitere Stelle"
	}
	return ui.PartyKind(of)
}

func days(n int) string { return ui.Count(n, "Tag", "Tage") }

type letterView struct {
	Intro, Closing, Sender string
	Rows                   []itemView
	List, Sheet            ui.Link
}

type itemView struct{ Body, Service, Task, URL, Ticket, Since, Days string }

func newLetterView(l *dashboard.Letter, who access.Actor) letterView {
	bodies := map[string]bool{}
	v := letterView{
		Closing: "Bitte teilen Sie den Einheiten je Punkt mit, bis wann er erledigt ist. Fragen beantwortet die Landeskoordination unter " + who.Land.ContactEmail + ".",
		Sender:  who.Org.Name, List: ui.Link{Text: "Als Liste mit Filtern ansehen", URL: link.With(link.Tasks, "wartet-auf", l.Tasks[0].PartyKey)},
	}
	if who.Can(access.WaitingExport) {
		v.Sheet = ui.Link{Text: "Als XLSX herunterladen", URL: link.WaitingSheet(l.Tasks[0].PartyKey)}
	}
	for _, t := range l.Tasks {
		bodies[t.BodyKey] = true
		row := itemView{
			Body: t.BodyName, Service: t.ServiceName, Task: t.Title, Ticket: ui.OrDash(t.Ticket), Since: ui.Date(*t.WaitsSince), Days: days(t.WaitsDays),
		}
		if t.Scope == template.Basis {
			row.Service = "alle Leistungen"
		}
		if who.Can(access.ChecklistView) && t.Via != "" {
			row.URL = link.Step(t.BodyKey, t.Via, t.Key)
		}
		v.Rows = append(v.Rows, row)
	}
	v.Intro = "Beim Anschluss der Einheiten an EfA-Leistungen liegen nach unserem Stand " + ui.Count(len(l.Tasks), "Punkt", "Punkte") + " aus " +
		ui.Count(len(bodies), "Einheit", "Einheiten") + " bei Ihnen."
	return v
}
