package eventpage

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/event"
	"rollinportal/internal/workday"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// past is the value of the filter that shows what is over.
const past = "vergangen"

// kindOf is the kind with its number in the series: "Sprechstunde Nr. 12".
func kindOf(e event.Event) string {
	if e.SeriesNo == nil {
		return e.Kind.Word()
	}
	return e.Kind.Word() + " Nr. " + strconv.Itoa(*e.SeriesNo)
}

var weekdays = map[time.Weekday]string{
	time.Monday: "Montag", time.Tuesday: "Dienstag", time.Wednesday: "Mittwoch", time.Thursday: "Donnerstag", time.Friday: "Freitag", time.Saturday: "Samstag", time.Sunday: "Sonntag",
}

// whenOf is the day and the hours: "Donnerstag, 26.11.2026, 10 bis 11:30 Uhr".
func whenOf(e event.Event) string {
	return weekdays[e.StartsAt.In(workday.Berlin).Weekday()] + ", " + ui.Date(e.StartsAt) + ", " + strings.TrimSuffix(ui.Clock(e.StartsAt), "\u00a0Uhr") + " bis " + ui.Clock(e.EndsAt)
}

// stateOf is how the event stands for the reader.
func stateOf(e event.Event) ui.StatusProps {
	switch {
	case e.Cancelled != "":
		return ui.StatusProps{Kind: ui.Blocked, Text: "Fällt aus"}
	case e.Own != nil && e.Own.Attended != nil && *e.Own.Attended:
		return ui.StatusProps{Kind: ui.Done, Text: "Sie waren dabei"}
	case e.Begun():
		return ui.StatusProps{Kind: ui.Locked, Text: "Vorbei"}
	case e.Waits():
		return ui.StatusProps{Kind: ui.Waiting, Text: "Auf der Warteliste"}
	case e.Own.Active():
		return ui.StatusProps{Kind: ui.Done, Text: "Angemeldet"}
	case !e.Registering():
		return ui.StatusProps{Kind: ui.Locked, Text: "Anmeldung geschlossen"}
	}
	return ui.StatusProps{Kind: ui.Open, Text: "Anmeldung offen"}
}

type listView struct {
	Switch  ui.SwitchProps
	Filter  ui.FilterProps
	Heading string
	Rows    []ui.Row
	Empty   ui.EmptyProps
	Pages   ui.PaginationProps
}

func newListView(q page.Query, found []event.Listed, services []event.Choice, who access.Actor) listView {
	total := 0
	if len(found) > 0 {
		total = found[0].Total
	}
	over := q.Get("zeit") == past
	v := listView{
		Heading: ui.Count(total, "Termin", "Termine"), Pages: q.Pagination(total, event.PageSize), Filter: filter(q, services, who),
		Switch: ui.SwitchProps{Label: "Zeitraum", Items: []ui.NavItem{
			{Text: "Kommende", URL: q.With("zeit", ""), Current: !over}, {Text: "Vergangene", URL: q.With("zeit", past), Current: over},
		}},
		Empty: ui.EmptyProps{Text: "Zurzeit ist kein Termin angesetzt."},
	}
	switch {
	case q.Get("art")+q.Get("leistung")+q.Get("angemeldet") != "" || q.Page() > 1:
		v.Empty = ui.EmptyProps{Text: "Kein Termin passt zu diesen Filtern.", ResetURL: link.With(link.Events, "zeit", q.Get("zeit"))}
	case over:
		v.Empty = ui.EmptyProps{Text: "Noch hat kein Termin stattgefunden."}
	case who.Can(access.EventManage):
		v.Empty.Action = ui.ButtonProps{Text: "Termin ansetzen", URL: link.NewEvent}
	}
	for _, e := range found {
		row := ui.Row{Title: e.Title, URL: link.Event(e.ID), Tag: kindOf(e.Event), Meta: whenOf(e.Event), Status: stateOf(e.Event)}
		if e.Place != "" {
			row.Meta += " · " + e.Place
		}
		if who.Can(access.EventManage) {
			row.Meta += " · " + ui.Count(e.Registered, "Anmeldung", "Anmeldungen")
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

func filter(q page.Query, services []event.Choice, who access.Actor) ui.FilterProps {
	f := ui.FilterProps{
		Action: link.Events, Label: "Termine filtern", ResetURL: link.With(link.Events, "zeit", q.Get("zeit")),
		Selects: []ui.Field{{Name: "art", Label: "Art", Value: q.Get("art"), Empty: "Alle"}, {Name: "leistung", Label: "Leistung", Value: q.Get("leistung"), Empty: "Alle"}},
		Active:  slices.Concat(q.Active("art", event.Kind(q.Get("art")).Word()), q.Active("leistung", nameOf(services, q.Get("leistung"))), q.Active("angemeldet", "Mit Ihrer Kommune")),
	}
	if q.Get("zeit") != "" {
		f.Hidden = []ui.Value{{Name: "zeit", Value: q.Get("zeit")}}
	}
	for _, k := range event.Kinds {
		f.Selects[0].Options = append(f.Selects[0].Options, ui.Option{Value: string(k.Kind), Text: k.Word})
	}
	for _, s := range services {
		f.Selects[1].Options = append(f.Selects[1].Options, ui.Option{Value: s.Slug, Text: s.Name})
	}
	if who.Can(access.EventRegister) {
		f.Selects = append(f.Selects, ui.Field{Name: "angemeldet", Label: "Ihre Kommune", Value: q.Get("angemeldet"), Empty: "Alle", Options: []ui.Option{{Value: "ja", Text: "Angemeldet oder dabei"}}})
	}
	return f
}

func nameOf(services []event.Choice, slug string) string {
	for _, s := range services {
		if s.Slug == slug {
			return s.Name
		}
	}
	return slug
}

// registrationsID is the list of those who registered, and whyID the sentence in its place.
const (
	registrationsID = "anmeldungen"
	whyID           = "ohne-namen"
)

type showView struct {
	Errors        []ui.FieldError
	Late          ui.AlertProps
	Cancelled     string
	Goal          string
	Facts         ui.FactsProps
	Why           string // ID of the sentence that says why there is no list of those who registered
	Services      []ui.Link
	Materials     []ui.Link
	Result        string
	File          string // for calendar programs; "" if it does not take place
	Register      registerView
	Registrations []registrationView
	Who, Heading  string // of the registrations
	Attend        attendView
	Cancel        cancelView
}

type registerView struct {
	URL, WithdrawURL, Version, Text, Explain string
	Registered                               bool
	Question                                 ui.Field
}

type registrationView struct {
	Name, Question string
	State          ui.StatusProps
}

type attendView struct {
	URL, Version string
	Came         ui.Field
	Summary      string // folds the form away once it is noted who came
}

type cancelView struct {
	URL, Version string
	Reason       ui.Field
	Open         bool
}

func newShowView(e event.Shown, who access.Actor, x extra) showView {
	v := showView{Errors: x.Wrong.Summary(), Late: x.Late, Cancelled: e.Cancelled, Goal: e.Goal, Result: e.Result}
	for _, s := range e.Services {
		v.Services = append(v.Services, ui.Link{Text: s.Name, URL: link.Service(s.Slug)})
	}
	for _, m := range e.Materials {
		v.Materials = append(v.Materials, ui.Link{Text: m.Title, URL: m.URL})
	}
	if e.Cancelled == "" && !e.Begun() {
		v.File = link.EventFile(e.ID)
	}
	if who.Can(access.EventRegister) && e.Registering() {
		v.Register = newRegister(e.Event, x)
	}
	if !who.Can(access.EventManage) {
		v.Facts, v.Why = factsOf(e.Event, ""), whyID
		return v
	}
	v.Facts = factsOf(e.Event, "#"+registrationsID)
	v.Who = "Wer kommt"
	v.Heading, v.Registrations = registrations(e)
	version := strconv.FormatInt(e.Version, 10)
	switch {
	case e.Cancelled != "":
	case e.Begun():
		v.Attend = attendView{URL: link.AttendEvent(e.ID), Version: version, Came: cameField(e, x)}
		if v.Who = "Wer dabei war"; e.Noted() && x.Attended == nil {
			v.Attend.Summary = "Teilnahme ändern"
		}
	default:
		v.Cancel = cancelView{
			URL: link.CancelEvent(e.ID), Version: version, Open: x.Wrong.For("reason") != "",
			Reason: ui.Field{Name: "reason", Label: "Warum fällt der Termin aus?", Value: typed(x.Reason), MaxLength: 500, Rows: 2, Error: x.Wrong.For("reason"), Hint: "Das lesen alle, die angemeldet sind."},
		}
	}
	return v
}

func typed(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// factsOf is what everybody reads; list is where those who registered stand, for whoever may read it.
func factsOf(e event.Event, list string) ui.FactsProps {
	items := []ui.Fact{{Term: "Wann", Value: whenOf(e)}}
	if e.Place != "" {
		items = append(items, ui.Fact{Term: "Ort", Value: e.Place})
	}
	if e.Address != "" {
		items = append(items, ui.Fact{Term: "Online", Value: "Zur Konferenz", URL: e.Address})
	}
	if e.Audience != "" {
		items = append(items, ui.Fact{Term: "Für wen", Value: e.Audience})
	}
	seats := "ohne Begrenzung"
	if e.Seats != nil {
		seats = ui.Number(int64(*e.Seats))
	}
	registered := ui.Counted(e.Registered, list)
	items = append(items, ui.Fact{Term: "Plätze", Value: seats}, ui.Fact{Term: "Anmeldungen", Value: registered.Text, URL: registered.URL})
	if n := e.Waiting(); n > 0 && list == "" { // the list says it of each
		items = append(items, ui.Fact{Term: "Davon auf der Warteliste", Value: ui.Number(int64(n))})
	}
	if e.RegisterUntil != nil {
		items = append(items, ui.Fact{Term: "Anmeldung bis", Value: ui.Date(*e.RegisterUntil)})
	}
	return ui.FactsProps{Columns: true, Items: items}
}

func newRegister(e event.Event, x extra) registerView {
	v := registerView{
		URL: link.RegisterEvent(e.ID), WithdrawURL: link.WithdrawEvent(e.ID), Version: strconv.FormatInt(e.Version, 10), Text: "Anmelden", Registered: e.Own.Active(),
		Explain:  "Eine Anmeldung gilt für Ihre Kommune. Sie können sie bis zum Beginn zurücknehmen.",
		Question: ui.Field{Name: "question", Label: "Was möchten Sie vorab fragen?", Rows: 3, MaxLength: 1000, Optional: true, Error: x.Wrong.For("question"), Hint: "Das liest nur das Land."},
	}
	if full := e.Seats != nil && e.Registered >= *e.Seats; full && !v.Registered {
		v.Text, v.Explain = "Auf die Warteliste", "Alle Plätze sind vergeben. Wird einer frei, rücken Sie nach."
	}
	if v.Registered {
		v.Text, v.Explain, v.Question.Value = "Frage speichern", "Ihre Kommune ist angemeldet.", e.Own.Question
		if e.Waits() {
			v.Explain = "Ihre Kommune steht auf der Warteliste, Platz " + strconv.Itoa(e.BeforeOwn-*e.Seats+1) + "."
		}
	}
	if x.Question != nil {
		v.Question.Value = *x.Question
	}
	return v
}

// registrations are those who registered or came, as the Land reads them.
func registrations(e event.Shown) (string, []registrationView) {
	var found []registrationView
	place, came := 0, 0
	for _, r := range e.Registrations {
		row := registrationView{Name: r.Name, Question: r.Question, State: ui.StatusProps{Kind: ui.Open, Text: "Angemeldet"}}
		switch {
		case r.Attended != nil && *r.Attended:
			row.State = ui.StatusProps{Kind: ui.Done, Text: "Dabei"}
			came++
		case !r.Active():
			row.State = ui.StatusProps{Kind: ui.Locked, Text: "Abgemeldet"}
		case r.Attended != nil:
			row.State = ui.StatusProps{Kind: ui.Locked, Text: "Nicht dabei"}
		case e.Seats != nil && place >= *e.Seats:
			row.State = ui.StatusProps{Kind: ui.Waiting, Text: "Warteliste"}
		}
		if r.Active() {
			place++
		}
		found = append(found, row)
	}
	heading := ui.Count(e.Registered, "Anmeldung", "Anmeldungen")
	if came > 0 {
		heading = ui.Count(came, "Kommune war dabei", "Kommunen waren dabei")
	}
	return heading, found
}

// cameField asks who came; until that is noted, those who registered are ticked.
func cameField(e event.Shown, x extra) ui.Field {
	f := ui.Field{Name: "attended", Label: "Wer war dabei?", Error: x.Wrong.For("attended"), Hint: "Angemeldete sind angekreuzt, bis Sie speichern."}
	ticked := map[string]bool{}
	for _, r := range e.Registrations {
		ticked[r.Key] = r.Attended == nil && r.Active() || r.Attended != nil && *r.Attended
	}
	for _, b := range e.Bodies {
		checked := ticked[b.Key]
		if x.Attended != nil {
			checked = slices.Contains(x.Attended, b.Key)
		}
		f.Options = append(f.Options, ui.Option{Value: b.Key, Text: b.Name, Checked: checked})
	}
	return f
}

type formView struct {
	Errors                                          []ui.FieldError
	URL, Back, Submit, ID, Version                  string
	New                                             bool
	Kind, SeriesNo, Title, Goal, Audience           ui.Field
	Day, Begins, Ends, Place, Address, Seats, Until ui.Field
	Materials, Result, Services                     ui.Field
	Chosen                                          string
	Open                                            bool // the services are not folded away
}

func newFormView(f form, c event.Choices, wrong page.Errors) formView {
	v := formView{
		Errors: wrong.Summary(), ID: f.ID, Version: f.Version,
		Kind:      ui.Field{Name: "kind", Label: "Art", Value: f.Kind, Error: wrong.For("kind")},
		SeriesNo:  ui.Field{Name: "series_no", Label: "Nummer in der Reihe", Value: f.SeriesNo, Optional: true, InputMode: "numeric", Width: ui.Small, Error: wrong.For("series_no")},
		Title:     ui.Field{Name: "title", Label: "Name", Value: f.Title, MaxLength: 200, Error: wrong.For("title"), Hint: "zum Beispiel 12. OZG-Sprechstunde"},
		Goal:      ui.Field{Name: "goal", Label: "Worum es geht", Value: f.Goal, Rows: 4, MaxLength: 4000, Optional: true, Error: wrong.For("goal")},
		Audience:  ui.Field{Name: "audience", Label: "Für wen", Value: f.Audience, MaxLength: 200, Optional: true, Error: wrong.For("audience"), Hint: "zum Beispiel Koordination und IT"},
		Day:       ui.Field{Name: "day", Label: "Tag", Value: f.Day, Error: wrong.For("day")},
		Begins:    ui.Field{Name: "begins", Label: "Beginn", Value: f.Begins, Width: ui.Small, Error: wrong.For("begins"), Hint: "zum Beispiel 9:30"},
		Ends:      ui.Field{Name: "ends", Label: "Ende", Value: f.Ends, Width: ui.Small, Error: wrong.For("ends")},
		Place:     ui.Field{Name: "place", Label: "Ort", Value: f.Place, MaxLength: 200, Optional: true, Error: wrong.For("place"), Hint: "Ort oder Link, eines von beiden"},
		Address:   ui.Field{Name: "address", Label: "Link zur Konferenz", Value: f.Address, Type: "url", MaxLength: 500, Optional: true, Error: wrong.For("address")},
		Seats:     ui.Field{Name: "seats", Label: "Plätze", Value: f.Seats, Optional: true, InputMode: "numeric", Width: ui.Small, Error: wrong.For("seats"), Hint: "je Kommune einer; wer später kommt, steht auf der Warteliste"},
		Until:     ui.Field{Name: "register_until", Label: "Anmeldung bis", Value: f.RegisterUntil, Optional: true, Error: wrong.For("register_until")},
		Materials: ui.Field{Name: "materials", Label: "Unterlagen", Value: strings.TrimSpace(f.Materials), Rows: 3, Optional: true, Error: wrong.For("materials"), Hint: "je Zeile ein Name und dahinter der Link, zum Beispiel: Folien https://…"},
		Result:    ui.Field{Name: "result", Label: "Ergebnis", Value: f.Result, Rows: 4, MaxLength: 4000, Optional: true, Error: wrong.For("result"), Hint: "was besprochen wurde, für alle, die nicht dabei waren"},
		Services:  ui.Field{Name: "services", Label: "Welche Leistungen betrifft es?", Optional: true, Error: wrong.For("services")},
		Chosen:    "Leistungen (" + strconv.Itoa(len(f.Services)) + " gewählt)", Open: wrong.For("services") != "",
	}
	if c.Last > 0 {
		v.SeriesNo.Hint = "Die letzte Sprechstunde hatte die Nummer " + strconv.Itoa(c.Last) + "."
	}
	for _, k := range event.Kinds {
		v.Kind.Options = append(v.Kind.Options, ui.Option{Value: string(k.Kind), Text: k.Word})
	}
	for _, s := range c.Services {
		v.Services.Options = append(v.Services.Options, ui.Option{Value: s.Slug, Text: s.Name, Checked: slices.Contains(f.Services, s.Slug)})
	}
	return v
}
