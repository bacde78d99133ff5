package registerpage

import (
	"slices"
	"strconv"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/register"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// stateFilters are the filters as the URL names them; a key nobody knows filters nothing.
var stateFilters = map[string]register.Filter{
	"offen": {State: register.Open}, "ueberfaellig": {Overdue: true}, "entschieden": {State: register.Decided}, "entfallen": {State: register.Dropped},
}

var stateOptions = []ui.Option{
	{Value: "offen", Text: "Offen"}, {Value: "ueberfaellig", Text: "Überfällig"}, {Value: "entschieden", Text: "Entschieden"}, {Value: "entfallen", Text: "Entfallen"},
}

type listView struct {
	Filter  ui.FilterProps
	Heading string
	Sorts   []ui.SortHeaderProps
	Rows    []rowView
	Empty   ui.EmptyProps
	Pages   ui.PaginationProps
}

type rowView struct {
	Question, URL, No, Decider, Due, Links string
	State                                  ui.StatusProps
}

func newListView(q page.Query, found []register.Listed, who access.Actor) listView {
	total := 0
	if len(found) > 0 {
		total = found[0].Total
	}
	v := listView{
		Heading: ui.Count(total, "Grundsatzentscheidung", "Grundsatzentscheidungen"), Pages: q.Pagination(total, register.PageSize),
		Sorts: []ui.SortHeaderProps{q.SortHeader("frage", "Frage"), q.SortHeader("stelle", "Wer entscheidet"), q.SortHeader("stand", "Stand"), q.SortHeader("frist", "Frist oder Tag")},
		Filter: ui.FilterProps{
			Hidden: q.Hidden(),
			Action: link.Register, Label: "Grundsatzentscheidungen filtern", ResetURL: q.Reset(),
			Search:  &ui.Field{Name: "suche", Label: "Frage oder Stelle", Type: "search", Value: q.Get("suche")},
			Selects: []ui.Field{{Name: "stand", Label: "Stand", Value: q.Get("stand"), Empty: "Alle", Options: stateOptions}},
			Active:  q.Active("suche", "„"+q.Get("suche")+"“"),
		},
		Empty: ui.EmptyProps{Text: "Keine Frage ist eingetragen."},
	}
	for _, o := range stateOptions {
		if o.Value == q.Get("stand") {
			v.Filter.Active = append(v.Filter.Active, q.Active("stand", o.Text)...)
		}
	}
	switch {
	case q.Filtered() || q.Page() > 1:
		v.Empty = ui.EmptyProps{Text: "Kein Eintrag passt zu diesen Filtern.", ResetURL: q.Reset()}
	case who.Can(access.RegisterEdit):
		v.Empty.Action = ui.ButtonProps{Text: "Frage eintragen", URL: link.NewMatter}
	}
	for _, m := range found {
		v.Rows = append(v.Rows, rowView{
			Question: m.Question, URL: link.Matter(m.No), No: "Nr. " + strconv.Itoa(m.No), Decider: m.DeciderName, Due: dueOf(m.Matter),
			Links: concerns(m.Services, m.Obstacles), State: stateOf(m.Matter),
		})
	}
	return v
}

// concerns counts what a question is about, without zeros.
func concerns(services, obstacles int) string {
	var parts []string
	if services > 0 {
		parts = append(parts, ui.Count(services, "Leistung", "Leistungen"))
	}
	if obstacles > 0 {
		parts = append(parts, ui.Count(obstacles, "Hürde", "Hürden"))
	}
	return ui.OrDash(strings.Join(parts, ", "))
}

// dueOf is the day that matters now: until when to decide, or when it was decided.
func dueOf(m register.Matter) string {
	switch {
	case m.State == register.Open:
		return "bis " + ui.Date(m.DueOn)
	case m.DecidedOn != nil:
		return "am " + ui.Date(*m.DecidedOn)
	}
	return ui.NotApplicable
}

func stateOf(m register.Matter) ui.StatusProps {
	switch {
	case m.Overdue():
		return ui.StatusProps{Kind: ui.Overdue, Text: "Überfällig"}
	case m.State == register.Decided:
		return ui.StatusProps{Kind: ui.Done, Text: m.State.Word()}
	case m.State == register.Dropped:
		return ui.StatusProps{Kind: ui.Locked, Text: m.State.Word()}
	}
	return ui.StatusProps{Kind: ui.Open, Text: m.State.Word()}
}

type showView struct {
	Errors              []ui.FieldError
	Late                ui.AlertProps
	Typed               []ui.Fact
	Background          string
	Facts               ui.FactsProps
	Result, Reason      string
	Services, Obstacles []ui.Link
	Others              string // obstacles that this reader may not see
	Carry               []ui.Link
	MayEdit             bool
	Turn                turnView
	Reopen              bool
	Trail               ui.LogProps
}

type turnView struct {
	URL, Version                  string
	To, Result, DecidedOn, Reason ui.Field
}

func newShowView(d register.Shown, who access.Actor, n notice) showView {
	may := who.Can(access.RegisterEdit)
	v := showView{
		Errors: n.Wrong.Summary(), Late: n.Late, Typed: n.Typed, Background: d.Background, Result: d.Result, Reason: d.Reason,
		MayEdit: may && d.State == register.Open, Reopen: may && d.State != register.Open, Turn: newTurnView(d.Matter, n),
		Facts: ui.FactsProps{Columns: true, Items: []ui.Fact{{Term: "Wer entscheidet", Value: d.DeciderName}, {Term: "Frist", Value: ui.Date(d.DueOn)}}},
	}
	if d.DecidedOn != nil {
		v.Facts.Items = append(v.Facts.Items, ui.Fact{Term: "Entschieden am", Value: ui.Date(*d.DecidedOn)})
	}
	for _, s := range d.Services {
		v.Services = append(v.Services, ui.Link{Text: s.Name, URL: link.Service(s.Slug)})
	}
	for _, o := range d.Obstacles {
		v.Obstacles = append(v.Obstacles, ui.Link{Text: "Hürde Nr. " + strconv.Itoa(o.No), URL: link.Hurdle(o.No), Note: o.Text})
		if v.Reopen && d.State == register.Decided && o.Open && o.Undecided {
			v.Carry = append(v.Carry, ui.Link{Text: "In Hürde Nr. " + strconv.Itoa(o.No) + " eintragen", URL: link.Hurdle(o.No) + "#bearbeiten", Note: o.Text})
		}
	}
	if hidden := d.Linked - len(d.Obstacles); hidden > 0 {
		v.Others = ui.Count(hidden, "Hürde liegt", "Hürden liegen") + " außerhalb Ihres Bereichs."
	}
	return v
}

func newTurnView(m register.Matter, n notice) turnView {
	return turnView{
		URL: link.TurnMatter(m.No), Version: strconv.FormatInt(m.Version, 10),
		To: ui.Field{Name: "to", Label: "Wie ging es aus?", Value: n.Turn.To, Error: n.Wrong.For("to"), Options: []ui.Option{
			{Value: string(register.Decided), Text: "Entschieden", Hint: "Das Ergebnis lesen auch Ressorts und Gremien.", Reveals: "a"},
			{Value: string(register.Dropped), Text: "Entfallen", Hint: "Niemand muss mehr entscheiden.", Reveals: "b"},
		}},
		Result:    ui.Field{Name: "result", Label: "Ergebnis", Value: n.Turn.Result, Rows: 4, MaxLength: 4000, Error: n.Wrong.For("result"), Hint: noNames},
		DecidedOn: ui.Field{Name: "decided_on", Label: "Entschieden am", Value: n.Turn.DecidedOn, Error: n.Wrong.For("decided_on")},
		Reason:    ui.Field{Name: "reason", Label: "Warum entfällt die Frage?", Value: n.Turn.Reason, Rows: 3, MaxLength: 4000, Error: n.Wrong.For("reason"), Hint: noNames},
	}
}

const noNames = "Nennen Sie keine einzelne Kommune: Gremien lesen den Text."

type formView struct {
	Errors                                    []ui.FieldError
	URL, Back, Submit, ID, Version            string
	Question, Background, DeciderKey, Decider ui.Field
	DueOn, Services, Obstacles                ui.Field
	Chosen                                    string
	Open                                      bool // the services are not folded away
}

func newFormView(f form, c register.Choices, wrong page.Errors) formView {
	v := formView{
		Errors: wrong.Summary(), ID: f.ID, Version: f.Version,
		Question:   ui.Field{Name: "question", Label: "Was ist zu entscheiden?", Value: f.Question, Rows: 2, MaxLength: 300, Error: wrong.For("question"), Hint: "Als Frage. " + noNames},
		Background: ui.Field{Name: "background", Label: "Hintergrund", Value: f.Background, Rows: 4, MaxLength: 4000, Optional: true, Error: wrong.For("background")},
		DeciderKey: ui.Field{Name: "decider_key", Label: "Wer entscheidet?", Value: f.DeciderKey, Empty: "Andere Stelle, Name unten", Error: wrong.For("decider_key")},
		Decider:    ui.Field{Name: "decider", Label: "Name der anderen Stelle", Value: f.Decider, MaxLength: 200, Optional: true, Error: wrong.For("decider"), Hint: "zum Beispiel IT-Planungsrat"},
		DueOn:      ui.Field{Name: "due_on", Label: "Bis wann?", Value: f.DueOn, Error: wrong.For("due_on")},
		Obstacles:  ui.Field{Name: "obstacles", Label: "Nummern der Hürden, die damit wegfallen", Value: f.Obstacles, Optional: true, Error: wrong.For("obstacles"), Hint: "mit Komma getrennt, zum Beispiel 12, 14"},
		Services:   ui.Field{Name: "services", Label: "Welche Leistungen warten darauf?", Optional: true, Error: wrong.For("services")},
		Chosen:     "Leistungen (" + strconv.Itoa(len(f.Services)) + " gewählt)", Open: wrong.For("services") != "",
	}
	for _, d := range c.Deciders {
		v.DeciderKey.Options = append(v.DeciderKey.Options, ui.Option{Value: d.Key, Text: d.Name, Group: kinds[d.Kind]})
	}
	for _, s := range c.Services {
		v.Services.Options = append(v.Services.Options, ui.Option{Value: s.Key, Text: s.Name, Checked: slices.Contains(f.Services, s.Key)})
	}
	return v
}

var kinds = map[string]string{
	"state_coordination": "Land", "ministry": "Ressorts", "committee": "Gremien", "association": "Spitzenverbände", "it_provider": "IT-Dienstleister",
}

// typed is what a person wrote, for them to copy.
func (f form) typed() []ui.Fact {
	return []ui.Fact{{Term: "Frage", Value: f.Question}, {Term: "Hintergrund", Value: f.Background}, {Term: "Wer entscheidet", Value: f.DeciderKey + f.Decider}, {Term: "Frist", Value: f.DueOn}}
}

func (f turnForm) typed() []ui.Fact {
	if f.To == string(register.Open) {
		return nil
	}
	return []ui.Fact{{Term: "Ergebnis", Value: f.Result}, {Term: "Entschieden am", Value: f.DecidedOn}, {Term: "Grund", Value: f.Reason}}
}

func (f form) rows(d register.Details) []ui.ConflictRow {
	now := formOf(d)
	return []ui.ConflictRow{
		{Field: "Frage", Mine: f.Question, Theirs: now.Question},
		{Field: "Hintergrund", Mine: f.Background, Theirs: now.Background},
		{Field: "Wer entscheidet", Mine: f.DeciderKey + f.Decider, Theirs: now.DeciderKey + now.Decider},
		{Field: "Frist", Mine: f.DueOn, Theirs: now.DueOn},
		{Field: "Leistungen", Mine: ui.Number(int64(len(f.Services))), Theirs: ui.Number(int64(len(now.Services)))},
		{Field: "Hürden", Mine: f.Obstacles, Theirs: now.Obstacles},
	}
}

func (f turnForm) rows(m register.Matter) []ui.ConflictRow {
	return []ui.ConflictRow{
		{Field: "Frage", Mine: "", Theirs: m.Question},
		{Field: "Stand", Mine: register.State(f.To).Word(), Theirs: m.State.Word()},
		{Field: "Ergebnis", Mine: f.Result, Theirs: m.Result},
		{Field: "Grund", Mine: f.Reason, Theirs: m.Reason},
	}
}
