package conditionpage

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"rollinportal/internal/access"
	"rollinportal/internal/condition"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type listView struct {
	Views   ui.SwitchProps
	Heading string
	Rows    []ui.Row
	Empty   ui.EmptyProps
	Pages   ui.PaginationProps
}

// standing are the lists as their URL names them.
var standing = []struct {
	param, text string
	status      condition.Status
}{
	{"", "Offen", condition.Unfinished},
	{"ueberfaellig", "Überfällig", condition.Late},
	{"gemeldet", "Zu prüfen", condition.ToCheck},
	{"erledigt", "Erledigt", condition.Finished},
}

// filterOf reads the filter; a status that nobody knows finds nothing.
func filterOf(q page.Query) condition.Filter {
	f := condition.Filter{Status: condition.Status("?"), Service: q.Get("leistung"), Mine: q.Get("wer") == "wir", Page: q.Page()}
	for _, s := range standing {
		if s.param == q.Get("stand") {
			f.Status = s.status
		}
	}
	return f
}

func newListView(found []condition.Condition, total int, q page.Query) listView {
	v := listView{
		Heading: ui.Count(total, "Auflage", "Auflagen"), Rows: page.ConditionRows(found), Empty: ui.EmptyProps{Text: "Hier ist keine Auflage."},
		Pages: q.Pagination(total, condition.PageSize), Views: ui.SwitchProps{Label: "Auflagen nach Stand"},
	}
	for _, s := range standing {
		chosen := s.param == q.Get("stand")
		if chosen {
			v.Heading += " · " + strings.ToLower(s.text)
		}
		v.Views.Items = append(v.Views.Items, ui.NavItem{
			Text: s.text, URL: link.With(link.Conditions, "stand", s.param, "leistung", q.Get("leistung"), "wer", q.Get("wer")), Current: chosen,
		})
	}
	return v
}

type showView struct {
	Errors  []ui.FieldError
	Late    ui.AlertProps
	Text    string
	Facts   []ui.Fact
	Version string
	Report  reportView
	Settle  settleView
	Hand    handView
	Files   templ.Component
	Trail   ui.LogProps
}

// reportView is the owner's form; without URL there is none.
type reportView struct {
	URL            string
	Evidence, Link ui.Field
}

// settleView is the ministry's form. What nobody reported can only be waived.
type settleView struct {
	URL        string
	Check      bool
	Act        ui.Field
	Reason     ui.Field
	Waive      string
	WaiveFirst bool
}

type handView struct {
	URL             string
	Owner, Function ui.Field
}

func newShowView(c condition.Shown, who access.Actor, f form, late *fault.Fault, wrong page.Errors) showView {
	v := showView{Errors: wrong.Summary(), Text: c.Text, Facts: facts(c), Version: strconv.FormatInt(c.Version, 10)}
	if late != nil {
		v.Late = ui.AlertProps{Tone: ui.Warning, Heading: "Nicht gespeichert", Text: late.Text}
		if typed := strings.TrimSpace(f.Evidence + f.Reason); typed != "" {
			v.Late.Body = kept(typed)
		}
	}
	if c.MayReport(who) {
		v.Report = newReport(c, f, wrong)
	}
	if c.MaySettle(who) {
		v.Settle = newSettle(c, f, wrong)
		if c.State == condition.Open {
			v.Hand = newHand(c, f, wrong)
		}
	}
	return v
}

func facts(c condition.Shown) []ui.Fact {
	found := []ui.Fact{
		{Term: "Zuständig", Value: page.ConditionOwner(c.Condition)},
		{Term: "Fällig", Value: ui.Date(c.DueOn)},
		{Term: "Gesetzt von", Value: c.MinistryOf},
		{Term: "Leistung", Value: c.ServiceName, URL: link.Service(c.ServiceSlug)},
		{Term: "Beschluss", Value: "Zur Entscheidung", URL: link.Decision(c.Decision)},
	}
	if c.Evidence != "" {
		found = append(found, ui.Fact{Term: "Nachweis", Value: c.Evidence})
	}
	if c.Link != "" {
		found = append(found, ui.Fact{Term: "Unterlage", Value: c.Link, URL: c.Link})
	}
	if c.ReportedAt != nil {
		found = append(found, ui.Fact{Term: "Gemeldet am", Value: ui.Date(*c.ReportedAt)})
	}
	if c.SettledAt != nil {
		found = append(found, ui.Fact{Term: c.State.Word() + " am", Value: ui.Date(*c.SettledAt)})
	}
	if c.Reason != "" {
		term := "Begründung"
		if c.State == condition.Open {
			term = "Zurückgegeben"
		}
		found = append(found, ui.Fact{Term: term, Value: c.Reason})
	}
	return found
}

func newReport(c condition.Shown, f form, wrong page.Errors) reportView {
	if f.Evidence == "" {
		f.Evidence = c.Evidence
	}
	if f.Link == "" {
		f.Link = c.Link
	}
	return reportView{
		URL:      link.ReportCondition(c.ID),
		Evidence: ui.Field{Name: "evidence", Label: "Womit ist die Auflage erfüllt?", Value: f.Evidence, Error: wrong.For("evidence"), Rows: 4, MaxLength: 2000},
		Link:     ui.Field{Name: "link", Label: "Adresse der Unterlage", Hint: "Zum Beispiel https://akte.example/nachweis", Value: f.Link, Error: wrong.For("link"), Optional: true, Type: "url", MaxLength: 500},
	}
}

func newSettle(c condition.Shown, f form, wrong page.Errors) settleView {
	return settleView{
		URL: link.SettleCondition(c.ID), Check: c.State == condition.Reported, Waive: string(condition.Waive),
		Act: ui.Field{Name: "act", Label: "Was gilt?", Value: f.Act, Error: wrong.For("act"), Options: []ui.Option{
			{Value: string(condition.Confirm), Text: "Erfüllt"},
			{Value: string(condition.SendBack), Text: "Zurückgeben", Hint: "mit Begründung"},
			{Value: string(condition.Waive), Text: "Erlassen", Hint: "mit Begründung"},
		}},
		Reason:     ui.Field{Name: "reason", Label: "Begründung", Value: f.Reason, Error: wrong.For("reason"), Optional: c.State == condition.Reported, Rows: 3, MaxLength: 2000},
		WaiveFirst: f.Act != "" || wrong.For("reason") != "",
	}
}

func newHand(c condition.Shown, f form, wrong page.Errors) handView {
	if f.Owner == "" {
		f.Owner, f.Function = c.OwnerKey, c.Function
	}
	v := handView{
		URL:      link.HandOverCondition(c.ID),
		Owner:    ui.Field{Name: "owner", Label: "Zuständige Stelle", Value: f.Owner, Error: wrong.For("owner")},
		Function: ui.Field{Name: "function", Label: "Funktion", Hint: "Zum Beispiel Hauptamt", Value: f.Function, Error: wrong.For("function"), Optional: true, MaxLength: 200},
	}
	for _, o := range c.Owners {
		v.Owner.Options = append(v.Owner.Options, ui.Option{Value: o.Key, Text: o.Name})
	}
	return v
}
