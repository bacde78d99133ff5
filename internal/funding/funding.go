package funding

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/economics"
	"rollinportal/internal/fault"
)

// Record is a funding or a contract of a service.
type Record struct {
	ID           uuid.UUID `db:"funding_id"`
	Kind         Kind
	Purpose      Purpose
	Payer        economics.Payer
	Cents        int64
	From         time.Time `db:"from_on"`
	To           time.Time `db:"to_on"`
	Reservation  string    // the Haushaltsvorbehalt, "" for none
	Source       string
	PayerAfter   string // who pays afterwards, for everybody to read
	Version      int64  // 0 before it is written down
	WithdrawnAt  *time.Time
	WhyWithdrawn string
}

// Withdrawn reports whether the record holds no more: nobody pays by it and nothing of it ends.
func (r Record) Withdrawn() bool { return r.WithdrawnAt != nil }

// Kind says whether somebody pays or somebody is bound.
type Kind string

// The kinds.
const (
	Grant    Kind = "funding"
	Contract Kind = "contract"
)

// Kinds lists them in the order of the form.
var Kinds = []Kind{Grant, Contract}

// Word is the kind as people read it.
func (k Kind) Word() string {
	switch k {
	case Grant:
		return "Förderung"
	case Contract:
		return "Vertrag"
	case Price:
		return "Preisbindung"
	case Approval:
		return "Beschluss"
	}
	return ""
}

// Purpose is what is paid for.
type Purpose string

// The purposes, and in their order Purposes.
const (
	Reuse      Purpose = "reuse"
	Connection Purpose = "connection"
	Interface  Purpose = "interface"
	Operation  Purpose = "operation"
)

// Purposes lists what is paid for.
var Purposes = []Purpose{Reuse, Connection, Interface, Operation}

// Word is the purpose as people read it.
func (p Purpose) Word() string {
	switch p {
	case Reuse:
		return "Nachnutzung"
	case Connection:
		return "Anbindung"
	case Interface:
		return "Schnittstelle"
	case Operation:
		return "Betrieb"
	}
	return ""
}

// maxYears is how long a funding runs at most; maxText how long its words are.
const (
	maxYears = 20
	maxText  = 500
)

func (r Record) fit() Record {
	r.Reservation, r.Source, r.PayerAfter = strings.TrimSpace(r.Reservation), strings.TrimSpace(r.Source), strings.TrimSpace(r.PayerAfter)
	return r
}

// check names every field that does not hold. What ended may be corrected, and is not written down anew.
func (r Record) check(was Record, today time.Time) error {
	var wrong fault.Wrong
	wrong.If(!slices.Contains(Kinds, r.Kind), "kind", "Wählen Sie, ob es eine Förderung oder ein Vertrag ist.")
	wrong.If(!slices.Contains(Purposes, r.Purpose), "purpose", "Wählen Sie, wofür gezahlt wird.")
	wrong.If(!slices.Contains(economics.Payers, r.Payer), "payer", "Wählen Sie, wer zahlt.")
	wrong.If(r.Cents < 1, "amount", "Geben Sie einen Betrag über 0 Euro ein, zum Beispiel 250.000.")
	wrong.If(r.Cents > economics.MaxCents, "amount", "Prüfen Sie den Betrag: Mehr als 1 Milliarde Euro ist nicht möglich.")
	wrong.If(r.To.Before(today) && !r.To.Equal(was.To), "to", "Geben Sie ein Ende ab heute ein.")
	wrong.If(r.To.Before(r.From), "to", "Das Ende liegt vor dem Beginn. Prüfen Sie beide Tage.")
	wrong.If(r.To.After(r.From.AddDate(maxYears, 0, 0)), "to", "Prüfen Sie das Ende: Höchstens 20 Jahre sind möglich.")
	wrong.If(r.Source == "", "source", "Nennen Sie die Quelle, zum Beispiel den Haushaltstitel oder das Aktenzeichen.")
	for _, text := range []struct{ name, value string }{{"reservation", r.Reservation}, {"source", r.Source}, {"payer_after", r.PayerAfter}} {
		wrong.If(utf8.RuneCountInString(text.value) > maxText, text.name, "Kürzen Sie den Text auf höchstens 500 Zeichen.")
	}
	return wrong.Err()
}

// Withdrawal takes a record back, on the version that was seen.
type Withdrawal struct {
	Version int64
	Reason  string
}

func (w Withdrawal) check() error {
	switch {
	case w.Reason == "":
		return fault.InField("reason", "Begründen Sie, warum der Eintrag nicht mehr gilt.")
	case utf8.RuneCountInString(w.Reason) > maxText:
		return fault.InField("reason", "Kürzen Sie den Text auf höchstens 500 Zeichen.")
	}
	return nil
}

// Borne is what everybody may know of a funding.
type Borne struct {
	Purpose    Purpose         `json:"purpose"`
	Payer      economics.Payer `json:"payer"`
	Until      time.Time       `json:"until"`
	Reserved   bool            `json:"reserved"` // under a Haushaltsvorbehalt
	PayerAfter string          `json:"payer_after"`
}

// BorneAsJSON are the fundings of service s for everybody.
const BorneAsJSON = `
	SELECT json_agg(json_build_object('purpose', f.purpose, 'payer', f.payer, 'until', f.to_on::timestamp AT TIME ZONE 'UTC', 'reserved', f.reserved,
		'payer_after', f.payer_after) ORDER BY f.to_on, f.purpose, f.payer)
	FROM ctx.funding(s.service_id) f`
