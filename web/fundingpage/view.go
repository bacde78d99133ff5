package fundingpage

import (
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/economics"
	"rollinportal/internal/funding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type deadlinesView struct {
	Heading string
	Rows    []ui.Row
	Empty   ui.EmptyProps
	Pages   ui.PaginationProps
}

func newDeadlines(found []funding.Deadline, today time.Time, q page.Query) deadlinesView {
	total := 0
	if len(found) > 0 {
		total = found[0].Total
	}
	v := deadlinesView{Heading: ui.Count(total, "Frist", "Fristen"), Pages: q.Pagination(total, funding.PageSize), Empty: ui.EmptyProps{Text: "In den nächsten 90 Tagen endet nichts."}}
	for _, d := range found {
		row := ui.Row{Title: d.Kind.Word() + ": " + d.ServiceName, URL: link.Funding(d.ServiceSlug), Meta: "endet am " + ui.Date(d.On), Status: left(d.Days(today))}
		switch d.Kind {
		case funding.Price:
			row.URL = link.Service(d.ServiceSlug)
		case funding.Approval:
			row.URL = link.Decision(d.Record)
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// left says how many days are left; the last two weeks are urgent.
func left(days int) ui.StatusProps {
	switch {
	case days == 0:
		return ui.StatusProps{Kind: ui.Overdue, Text: "heute"}
	case days <= 14:
		return ui.StatusProps{Kind: ui.Overdue, Text: "noch " + ui.Count(days, "Tag", "Tage")}
	}
	return ui.StatusProps{Kind: ui.Waiting, Text: "noch " + ui.Count(days, "Tag", "Tage")}
}

type listView struct {
	Late    ui.AlertProps // what came too late
	Records []recordView
	New     ui.ButtonProps
	Empty   ui.EmptyProps
}

type recordView struct {
	ID, Heading string
	Edit        ui.Link
	State       ui.StatusProps // "" for what holds
	Facts       ui.FactsProps
}

func newListView(p funding.Page, who access.Actor) listView {
	v := listView{Empty: ui.EmptyProps{Text: "Noch ist nicht eingetragen, wer zahlt."}}
	if who.Can(access.FundingEdit) {
		v.New = ui.ButtonProps{Text: "Förderung oder Vertrag eintragen", URL: link.NewFunding(p.ServiceSlug)}
	}
	for _, r := range p.Records {
		v.Records = append(v.Records, newRecord(p, r, who))
	}
	return v
}

func newRecord(p funding.Page, r funding.Record, who access.Actor) recordView {
	v := recordView{ID: "eintrag-" + r.ID.String(), Heading: r.Kind.Word() + ": " + r.Purpose.Word()}
	if who.Can(access.FundingEdit) && !r.Withdrawn() {
		v.Edit = ui.Link{Text: "Ändern", URL: link.EditFunding(p.ServiceSlug, r.ID)}
	}
	until := ui.Fact{Term: "Bis", Value: ui.Date(r.To)}
	if r.Withdrawn() {
		v.State = ui.StatusProps{Kind: ui.Locked, Text: "Zurückgezogen"}
	} else if days := int(r.To.Sub(p.Today).Hours() / 24); days < 0 {
		until.Value += " (abgelaufen)"
	} else if days <= 90 {
		until.Value += " (noch " + ui.Count(days, "Tag", "Tage") + ")"
	}
	v.Facts = ui.FactsProps{Columns: true, Items: []ui.Fact{
		{Term: "Wer zahlt", Value: r.Payer.Word()},
		{Term: "Betrag", Value: ui.Euro(r.Cents)},
		{Term: "Von", Value: ui.Date(r.From)},
		until,
		{Term: "Haushaltsvorbehalt", Value: r.Reservation},
		{Term: "Quelle", Value: r.Source},
		{Term: "Danach zahlt", Value: r.PayerAfter},
	}}
	if r.Withdrawn() {
		v.Facts.Items = append(v.Facts.Items, ui.Fact{Term: "Zurückgezogen am", Value: ui.Date(*r.WithdrawnAt)}, ui.Fact{Term: "Grund", Value: r.WhyWithdrawn})
	}
	return v
}

type editView struct {
	Errors      []ui.FieldError
	URL, Back   string
	ID, Version string
	Kind        ui.Field
	Purpose     ui.Field
	Payer       ui.Field
	Amount      ui.Field
	From, To    ui.Field
	Reservation ui.Field
	Source      ui.Field
	After       ui.Field
	Late        ui.AlertProps
	Withdraw    withdrawView
}

// withdrawView is the form that takes a record back; its URL is "" for what is not yet written down.
type withdrawView struct {
	URL, Version string
	Reason       ui.Field
	Open         bool
}

func newWithdrawView(p funding.Page, id uuid.UUID, version, reason string, wrong page.Errors) withdrawView {
	return withdrawView{
		URL: link.WithdrawFunding(p.ServiceSlug, id), Version: version,
		Reason: ui.Field{Name: "reason", Label: "Grund", Value: reason, Rows: 3, Error: wrong.For("reason")},
	}
}

func newEditView(p funding.Page, f form, wrong page.Errors) editView {
	field := func(name, label, value, hint string) ui.Field {
		return ui.Field{Name: name, Label: label, Value: value, Hint: hint, Error: wrong.For(name)}
	}
	v := editView{
		Errors: wrong.Summary(), URL: link.NewFunding(p.ServiceSlug), Back: link.Funding(p.ServiceSlug), ID: f.ID, Version: f.Version,
		Kind: field("kind", "Was tragen Sie ein?", f.Kind, ""), Purpose: field("purpose", "Wofür wird gezahlt?", f.Purpose, ""), Payer: field("payer", "Wer zahlt?", f.Payer, ""),
		Amount: field("amount", "Betrag für die ganze Laufzeit", f.Amount, ""), From: field("from", "Beginn", f.From, ""), To: field("to", "Ende", f.To, "Das Land und das Ressort werden 60 und 14 Tage vorher erinnert."),
		Reservation: field("reservation", "Haushaltsvorbehalt", f.Reservation, "Einheiten lesen nur, dass es einen gibt."),
		Source:      field("source", "Quelle", f.Source, "Zum Beispiel Haushaltstitel oder Aktenzeichen"),
		After:       field("payer_after", "Wer zahlt danach?", f.PayerAfter, "Alle Einheiten lesen das bei der Leistung."),
	}
	v.Reservation.Optional, v.After.Optional = true, true
	if id, err := uuid.Parse(f.ID); err == nil && f.Version != "0" {
		v.URL = link.EditFunding(p.ServiceSlug, id)
		v.Withdraw = newWithdrawView(p, id, f.Version, "", nil)
	}
	for _, k := range funding.Kinds {
		v.Kind.Options = append(v.Kind.Options, ui.Option{Value: string(k), Text: k.Word()})
	}
	for _, k := range funding.Purposes {
		v.Purpose.Options = append(v.Purpose.Options, ui.Option{Value: string(k), Text: k.Word()})
	}
	for _, k := range economics.Payers {
		v.Payer.Options = append(v.Payer.Options, ui.Option{Value: string(k), Text: k.Word()})
	}
	return v
}

// facts give back what was typed, to be copied.
func (f form) facts() []ui.Fact {
	var typed []ui.Fact
	for _, row := range compare(f, form{}) {
		typed = append(typed, ui.Fact{Term: row.Field, Value: ui.OrDash(row.Mine)})
	}
	return typed
}

// compare shows two forms side by side, in people's words.
func compare(mine, theirs form) []ui.ConflictRow {
	return []ui.ConflictRow{
		{Field: "Was", Mine: funding.Kind(mine.Kind).Word(), Theirs: funding.Kind(theirs.Kind).Word()},
		{Field: "Wofür", Mine: funding.Purpose(mine.Purpose).Word(), Theirs: funding.Purpose(theirs.Purpose).Word()},
		{Field: "Wer zahlt", Mine: economics.Payer(mine.Payer).Word(), Theirs: economics.Payer(theirs.Payer).Word()},
		{Field: "Betrag", Mine: mine.Amount, Theirs: theirs.Amount},
		{Field: "Beginn", Mine: mine.From, Theirs: theirs.From},
		{Field: "Ende", Mine: mine.To, Theirs: theirs.To},
		{Field: "Haushaltsvorbehalt", Mine: mine.Reservation, Theirs: theirs.Reservation},
		{Field: "Quelle", Mine: mine.Source, Theirs: theirs.Source},
		{Field: "Danach zahlt", Mine: mine.PayerAfter, Theirs: theirs.PayerAfter},
	}
}
