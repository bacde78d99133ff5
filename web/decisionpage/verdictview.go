package decisionpage

import (
	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type verdictView struct {
	Errors                                   []ui.FieldError
	Late                                     ui.AlertProps // the case changed meanwhile
	URL, Version, Seen                       string
	Outcome, DeferredUntil, Reason, Question ui.Field
	ValidUntil                               ui.Field
	Ground, Delegation                       ui.Field // Delegation only for who stands in for somebody today
	Figures                                  ui.Link
	Opinions                                 []opinionRow
	Conditions                               []conditionFields
	Add                                      ui.ButtonProps
	Returning                                bool // the question is what went wrong
	Reviews                                  []ui.Row
	Facts                                    ui.FactsProps
	ServiceURL                               string
}

type conditionFields struct {
	Text, Owner, DueOn ui.Field
	Remove             ui.ButtonProps
}

func newVerdictView(d decision.Shown, f verdictForm, wrong page.Errors) verdictView {
	v := verdictView{
		URL: link.Decide(d.ID), Version: version(f.Version), Facts: ui.FactsProps{Items: facts(d)}, ServiceURL: link.Service(d.ServiceSlug),
		Returning:     f.Step == toReturn || f.Question != "",
		Outcome:       ui.Field{Name: "outcome", Label: "Wie entscheiden Sie über die Nachnutzung?", Value: f.Outcome, Options: outcomeOptions(d)},
		DeferredUntil: ui.Field{Name: "deferred_until", Label: "Wiedervorlage am", Value: f.DeferredUntil},
		ValidUntil:    ui.Field{Name: "valid_until", Label: "Gilt bis", Value: f.ValidUntil, Optional: true, Hint: "Am Tag danach ruhen laufende Anbindungen, wenn nicht neu entschieden ist. Ohne Datum gilt der Beschluss, bis er aufgehoben oder ersetzt wird."},
		Reason:        ui.Field{Name: "reason", Label: "Begründung", Value: f.Reason, Rows: 6, Hint: "Die Begründung erscheint im Vermerk und ist für alle im Land sichtbar."},
		Question:      ui.Field{Name: fieldQuest, Label: "Ihre Rückfrage", Value: f.Question, Rows: 4, Hint: "Nur Ihr Ressort liest sie."},
	}
	v.Seen = f.Seen
	v.Ground = ui.Field{Name: "ground", Label: "Grund", Value: f.Ground, Empty: "Bitte wählen", Options: allGrounds()}
	v.Delegation = delegationField(d, f.Delegation)
	v.Figures = ui.Link{Text: "Wirtschaftlichkeitsbetrachtung ansehen", URL: link.Assessment(d.ID)}
	v.Opinions = opinionRows(d, decision.TechnicalOpinion, decision.MunicipalOpinion)
	v.Add = ui.ButtonProps{Text: "Auflage hinzufügen", Name: stepField, Value: addOne, Action: v.URL + "#auflagen", Icon: ui.IconPlus}
	if f.Step == toReturn {
		wrong = renamed(wrong, "reason", fieldQuest)
	}
	v.Errors = wrong.Summary()
	for _, field := range []*ui.Field{&v.Outcome, &v.DeferredUntil, &v.ValidUntil, &v.Ground, &v.Delegation, &v.Reason, &v.Question} {
		field.Error = wrong.For(field.Name)
	}
	if len(f.Conditions) == 0 {
		f.Conditions = []conditionForm{{}}
	}
	var owners []string
	for _, o := range d.Owners {
		owners = append(owners, o.Name)
	}
	for i, c := range f.Conditions {
		v.Conditions = append(v.Conditions, newConditionFields(i, c, v.URL, owners, wrong))
	}
	for _, r := range d.Reviews {
		v.Reviews = append(v.Reviews, ui.Row{Title: r.Kind.Word(), URL: link.Review(d.ID, page.ArtOf(r.Kind)), Meta: r.Note, Status: resultOf(r.Result)})
	}
	return v
}

// allGrounds lists the coded reasons under the outcome that they fit.
func allGrounds() []ui.Option {
	var options []ui.Option
	for _, outcome := range []decision.State{decision.Approved, decision.Deferred, decision.Rejected} {
		for _, o := range groundOptions(outcome) {
			o.Group = map[decision.State]string{decision.Approved: "Für die Nachnutzung", decision.Deferred: "Zum Zurückstellen", decision.Rejected: "Gegen die Nachnutzung"}[outcome]
			options = append(options, o)
		}
	}
	return options
}

// delegationField asks in whose name the person decides, if there is a choice.
func delegationField(d decision.Shown, value string) ui.Field {
	f := ui.Field{Name: "delegation", Label: "In wessen Namen entscheiden Sie?", Value: value}
	if len(d.StandsIn) == 0 {
		return f
	}
	f.Options = []ui.Option{{Value: "", Text: "In meinem Namen"}}
	for _, g := range d.StandsIn {
		f.Options = append(f.Options, ui.Option{Value: g.ID.String(), Text: "In Vertretung von " + g.FromName, Hint: "bis " + ui.Date(g.Ends)})
	}
	return f
}

// renamed moves a complaint to the field of the page that it is about.
func renamed(wrong page.Errors, from, to string) page.Errors {
	for i, f := range wrong {
		if f.Name == from {
			wrong[i].Name = to
		}
	}
	return wrong
}

func newConditionFields(i int, c conditionForm, url string, owners []string, wrong page.Errors) conditionFields {
	no := ui.Number(int64(i + 1))
	context := "für Auflage " + no
	f := conditionFields{
		Text:   ui.Field{Name: "text", ID: numbered("text", i), Label: "Auflage " + no, Value: c.Text, MaxLength: 500},
		Owner:  ui.Field{Name: "owner", ID: numbered("owner", i), Label: "Zuständig", Context: context, Value: c.Owner, MaxLength: 500, Suggest: owners},
		DueOn:  ui.Field{Name: "due_on", ID: numbered("due_on", i), Label: "Frist", Context: context, Value: c.DueOn},
		Remove: ui.ButtonProps{Text: "Auflage " + no + " entfernen", Name: stepField, Value: removeOne + no, Action: url + "#auflagen"},
	}
	for _, field := range []*ui.Field{&f.Text, &f.Owner, &f.DueOn} {
		field.Error = wrong.For(field.ID)
	}
	return f
}

func outcomeOptions(d decision.Shown) []ui.Option {
	options := make([]ui.Option, len(decision.Outcomes))
	for i, o := range decision.Outcomes {
		options[i] = ui.Option{Value: string(o), Text: outcomeTexts[o], Hint: effect(o, d.Competent)}
		switch o {
		case decision.Approved:
			options[i].Reveals = "c"
		case decision.ApprovedWithConditions:
			options[i].Reveals = "a c"
		case decision.Deferred:
			options[i].Reveals = "b"
		}
	}
	return options
}

// facts give back what was typed, where it can no longer be used.
func (f verdictForm) facts() []ui.Fact {
	found := []ui.Fact{}
	add := func(term, value string) {
		if value != "" {
			found = append(found, ui.Fact{Term: term, Body: prose(value)})
		}
	}
	add("Ergebnis", outcomeTexts[decision.State(f.Outcome)])
	for i, c := range f.Conditions {
		add("Auflage "+ui.Number(int64(i+1)), c.words())
	}
	add("Wiedervorlage", f.DeferredUntil)
	add("Gilt bis", f.ValidUntil)
	add("Grund", decision.Ground(f.Ground).Word())
	add("Begründung", f.Reason)
	add("Rückfrage", f.Question)
	return found
}

func (c conditionForm) words() string {
	if c == (conditionForm{}) {
		return ""
	}
	return c.Text + " (" + ui.OrDash(c.Owner) + ", bis " + ui.OrDash(c.DueOn) + ")"
}

type summaryView struct {
	URL    string
	Hidden []ui.Value
	Answer ui.SummaryProps
	Record ui.SummaryProps
}

func newSummaryView(d decision.Shown, f verdictForm, v decision.Verdict, who access.Actor) summaryView {
	url := link.Decide(d.ID)
	s := summaryView{
		URL: url, Hidden: f.hidden(),
		Answer: ui.SummaryProps{Title: "Ihre Entscheidung", Items: []ui.SummaryItem{answer(url, "outcome", "Ergebnis", outcomeTexts[v.Outcome])}},
		Record: ui.SummaryProps{Title: "So steht es im Vermerk", Items: []ui.SummaryItem{
			{Key: "Leistung", Value: d.ServiceName},
			{Key: "Entscheidendes Ressort", Value: d.MinistryName},
			{Key: "Entschieden durch", Value: who.Name},
			{Key: "Entschieden am", Value: ui.LongDate(d.Today)},
			{Key: "Wirkung", Value: consequence(v.Outcome, d.Competent)},
		}},
	}
	if v.Outcome == decision.ApprovedWithConditions {
		for i, c := range v.Conditions {
			text := c.Text + "\nZuständig: " + c.Owner + "\nFrist: " + ui.Date(c.DueOn)
			s.Answer.Items = append(s.Answer.Items, answer(url, numbered("text", i), "Auflage "+ui.Number(int64(i+1)), text))
		}
	}
	if v.Outcome == decision.Deferred {
		s.Answer.Items = append(s.Answer.Items, answer(url, "deferred_until", "Wiedervorlage", ui.LongDate(*v.DeferredUntil)))
	}
	if v.Outcome.Approves() {
		until := "ohne Ende"
		if v.ValidUntil != nil {
			until = ui.LongDate(*v.ValidUntil)
		}
		s.Answer.Items = append(s.Answer.Items, answer(url, "valid_until", "Gilt bis", until))
	}
	s.Answer.Items = append(s.Answer.Items, answer(url, "ground", "Grund", v.Ground.Word()), answer(url, "reason", "Begründung", v.Reason))
	for _, g := range d.StandsIn {
		if v.DelegationID != nil && g.ID == *v.DelegationID {
			s.Answer.Items = append(s.Answer.Items, answer(url, "delegation", "In Vertretung von", g.FromName))
		}
	}
	return s
}

// answer is what was entered, with the button that leads back to its field.
func answer(url, field, key, value string) ui.SummaryItem {
	return ui.SummaryItem{Key: key, Value: value, Change: ui.ButtonProps{Text: key + " ändern", Name: stepField, Value: toForm, Action: url + "#" + field}}
}

// consequence is the effect as the record states it.
func consequence(s decision.State, bodies int) string {
	if s == decision.Deferred {
		return "Der Roll-in beginnt nicht. Nach dem Termin kann neu entschieden werden."
	}
	return effect(s, bodies)
}

// hidden carries the whole form through the summary.
func (f verdictForm) hidden() []ui.Value {
	values := []ui.Value{
		{Name: "version", Value: version(f.Version)},
		{Name: "seen", Value: f.Seen},
		{Name: "ground", Value: f.Ground},
		{Name: "delegation", Value: f.Delegation},
		{Name: "outcome", Value: f.Outcome},
		{Name: "deferred_until", Value: f.DeferredUntil},
		{Name: "valid_until", Value: f.ValidUntil},
		{Name: "reason", Value: f.Reason},
	}
	for _, c := range f.Conditions {
		values = append(values, ui.Value{Name: "text", Value: c.Text}, ui.Value{Name: "owner", Value: c.Owner}, ui.Value{Name: "due_on", Value: c.DueOn})
	}
	return values
}
