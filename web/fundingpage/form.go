package fundingpage

import (
	"strconv"

	"github.com/google/uuid"

	"rollinportal/internal/economics"
	"rollinportal/internal/funding"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

var fields = []string{"id", "version", "kind", "purpose", "payer", "amount", "from", "to", "reservation", "source", "payer_after"}

// form is what people typed, as they typed it.
type form struct {
	ID, Version                     string
	Kind, Purpose, Payer            string
	Amount, From, To                string
	Reservation, Source, PayerAfter string
}

func readForm(sent page.Form) form {
	return form{
		sent.Text("id"), sent.Text("version"), sent.Text("kind"), sent.Text("purpose"), sent.Text("payer"), sent.Text("amount"), sent.Text("from"), sent.Text("to"),
		sent.Text("reservation"), sent.Text("source"), sent.Text("payer_after"),
	}
}

func formOf(r funding.Record) form {
	return form{
		r.ID.String(), strconv.FormatInt(r.Version, 10), string(r.Kind), string(r.Purpose), string(r.Payer), ui.Euro(r.Cents), ui.Date(r.From), ui.Date(r.To),
		r.Reservation, r.Source, r.PayerAfter,
	}
}

// record reads the form; what cannot be read is named with its field.
func (f form) record() (funding.Record, page.Errors) {
	var wrong page.Errors
	r := funding.Record{
		Kind: funding.Kind(f.Kind), Purpose: funding.Purpose(f.Purpose), Payer: economics.Payer(f.Payer),
		Reservation: f.Reservation, Source: f.Source, PayerAfter: f.PayerAfter,
	}
	var err error
	if r.ID, err = uuid.Parse(f.ID); err != nil {
		wrong.Add("", "Dem Formular fehlt eine Angabe. Laden Sie die Seite neu.")
	}
	if r.Version, err = strconv.ParseInt(f.Version, 10, 64); err != nil || r.Version < 0 {
		wrong.Add("", "Dem Formular fehlt die Version. Laden Sie die Seite neu.")
	}
	if r.Cents, err = ui.ParseMoney(f.Amount); err != nil {
		wrong.Add("amount", err.Error())
	}
	if r.From, err = ui.ParseDate(f.From); err != nil {
		wrong.Add("from", err.Error())
	}
	if r.To, err = ui.ParseDate(f.To); err != nil {
		wrong.Add("to", err.Error())
	}
	return r, wrong
}
