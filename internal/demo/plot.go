package demo

import (
	"fmt"
	"time"

	"rollinportal/internal/catalog"
	"rollinportal/internal/decision"
)

// storyStart is when the demo begins: after the ministries were re-cut on 13.12.2024 (domain.md 4.2).
var storyStart = time.Date(2025, 1, 13, 8, 0, 0, 0, time.UTC)

// assumed says of an invented transport where it comes from.
const assumed = "Annahme der Demonstration"

// caseOf is how a decision about a service goes in the story.
type caseOf struct {
	Abroad    bool // in Demoland instead of Thüringen
	Slug      string
	Ministry  string // login prefix
	Start     string // day of the request
	Reviews   int    // how many of the four reviews are done
	Assessed  bool   // the Wirtschaftlichkeitsbetrachtung is filled in, though reviews are missing
	Asked     []asking
	Submit    bool
	Outcome   decision.State // "" while it is open
	Reason    string
	Holds     int // days that the approval still holds when the story ends; 0 for no end
	Rollin    *rollin
	Fulfilled bool           // the Auflage is reported and confirmed
	Said      []catalog.Fact // what sources say about the offer
}

// rollin is how the roll-in of an approved service goes.
type rollin struct {
	Change func(*catalog.Fields) // what the Land adds to the catalogue before
	Pace   float64               // 1: as fast as the template estimates
	Lead   int                   // working days that the Land gives before the deadlines begin
	Pilots []string
	Known  map[string]string // facts: bodies known to be live, and since which day
}

// asking is what a ministry asks others about a case; Answer is "" while they owe it.
type asking struct {
	Party, Login     string
	Kind             decision.OpinionKind
	Question, Answer string
}

const approval = "Der Dienst ist fachlich geeignet und wirtschaftlicher als eine eigene Entwicklung in ThAVEL."

// plot is the whole story. Figures and days are invented but for the facts about Einbürgerung and Elterngeld, which
// stand in domain.md and the hints of efa-dienste.csv.
var plot = []caseOf{
	{Slug: "einbuergerung", Ministry: "tmikl", Start: "2025-01-14", Reviews: 4, Submit: true, Outcome: decision.Approved, Reason: approval, Rollin: &rollin{
		Pace: 2.9, Lead: 250, Change: func(f *catalog.Fields) {
			price := int64(180_000)
			f.PriceOnce, f.Conditions = &price, "Anbindung 1.800 EUR zuzüglich Umsatzsteuer je Behörde (Stand 2024)."
			f.Backend, f.Payment = true, true
		},
		// Known by month only: the first of the month stands for it.
		Known: map[string]string{"16061": "2024-08-01", "16077": "2025-05-01", "16071": "2025-05-01"},
	}},
	{Slug: "elterngeld", Ministry: "tmsgaf", Start: "2025-01-20", Reviews: 4, Submit: true, Outcome: decision.Approved, Reason: approval, Rollin: &rollin{
		Pace: 0.5, Lead: 0, Change: func(f *catalog.Fields) { f.Transports, f.TransportNote = []string{catalog.OSCI}, assumed },
	}},
	{Slug: "wohngeld", Ministry: "tmdi", Start: "2025-03-03", Reviews: 4, Submit: true, Outcome: decision.Approved, Reason: approval, Rollin: &rollin{
		Pace: 2.1, Lead: 240, Change: func(f *catalog.Fields) { f.Backend, f.Declaration = true, true },
	}},
	{Slug: "wohnsitzanmeldung-ewa", Ministry: "tmikl", Fulfilled: true, Start: "2025-05-12", Reviews: 4, Submit: true, Outcome: decision.ApprovedWithConditions, Reason: approval + " Der Support ist vor der Fläche zu klären.", Rollin: &rollin{
		Pace: 2.6, Lead: 130, Pilots: []string{"16051"}, Change: func(f *catalog.Fields) {
			f.Transports, f.TransportNote, f.Piloting, f.Declaration = []string{catalog.OSCI}, assumed, true, true
		},
	}},
	{Slug: "fuehrerschein", Ministry: "tmdi", Start: "2025-08-04", Reviews: 4, Submit: true, Outcome: decision.Approved, Reason: approval, Rollin: &rollin{
		Pace: 2.3, Lead: 190, Change: func(f *catalog.Fields) {
			f.Transports, f.TransportNote, f.Payment, f.Backend = []string{catalog.FITConnect}, assumed, true, true
		},
	}},
	{Slug: "aufenthaltstitel", Ministry: "tmjmv", Start: "2025-10-06", Reviews: 4, Submit: true, Outcome: decision.ApprovedWithConditions, Reason: approval + " Der Rückkanal muss vor dem Produktivstart stehen.", Rollin: &rollin{
		Pace: 2.4, Lead: 180, Change: func(f *catalog.Fields) { f.Backend, f.Payment = true, true },
	}},
	{Slug: "unterhaltsvorschuss", Ministry: "tmsgaf", Start: "2026-01-12", Reviews: 4, Submit: true, Outcome: decision.Approved, Reason: approval, Rollin: &rollin{
		Pace: 2.2, Lead: 150, Change: func(f *catalog.Fields) {
			f.Transports, f.TransportNote = []string{catalog.FITConnect}, assumed
		},
	}},
	{Slug: "bildung-und-teilhabe", Ministry: "tmsgaf", Start: "2026-05-04", Reviews: 4, Submit: true, Outcome: decision.Approved, Reason: approval, Holds: 54, Rollin: &rollin{
		Pace: 2.6, Lead: 45, Change: func(f *catalog.Fields) {
			f.Transports, f.TransportNote = []string{catalog.FITConnect}, assumed
		},
	}},
	{Slug: "eheschliessung-und-beurkundung", Ministry: "tmikl", Start: "2026-06-15", Reviews: 4, Submit: true, Outcome: decision.Approved, Reason: approval},
	{Slug: "geburtsurkunde-und-bescheinigung", Ministry: "tmikl", Start: "2026-07-06", Reviews: 4, Submit: true, Outcome: decision.ApprovedWithConditions, Reason: approval + " Die Gebührenerhebung ist zu klären."},
	{Slug: "schwerbehindertenausweis", Ministry: "tmsgaf", Start: "2026-04-13", Reviews: 4, Submit: true, Outcome: decision.Deferred, Reason: "Der Anbieter hat den Preis noch nicht verbindlich festgesetzt."},
	{Slug: "fahrerkarte-fahrtenschreiber", Ministry: "tmdi", Start: "2026-02-09", Reviews: 4, Submit: true, Outcome: decision.Rejected, Reason: "Wenige Fälle im Jahr; die Anbindung ist nicht wirtschaftlich."},
	{Slug: "bafoeg", Ministry: "tmbwk", Start: "2026-08-31", Reviews: 4, Submit: true},
	{Slug: "bauvorbescheid-und-baugenehmigung", Ministry: "tmdi", Start: "2026-09-07", Reviews: 1, Said: []catalog.Fact{
		{Kind: catalog.FactOnce, Source: catalog.FITStore, Value: "1.200,00 €", CheckedOn: day("2026-09-03"), Address: "https://fit-store.example/angebot"},
		{Kind: catalog.FactOnce, Source: catalog.Marketplace, Value: "1.450,00 €", CheckedOn: day("2026-09-04"), Address: "https://marktplatz.example/angebot"},
		{Kind: catalog.FactBound, Source: catalog.FITStore, Value: "31.12.2027", CheckedOn: day("2026-09-03")},
	}, Asked: []asking{
		{Party: "TLRZ", Kind: decision.TechnicalOpinion, Question: "Kann das Rechenzentrum den Rückkanal bis zum Sommer betreiben? Welche Basisdienste brauchen die Einheiten?"},
	}},
	{Slug: "anlagengenehmigung-und-zulassung", Ministry: "tmuenf", Start: "2026-09-21", Reviews: 3, Assessed: true, Asked: []asking{
		{Party: "KIV", Login: "kiv", Kind: decision.TechnicalOpinion, Question: "Welche Fachverfahren der Einheiten lassen sich anbinden?", Answer: "Die Anbindung ist möglich, wenn die Schnittstelle vor dem Test freigegeben ist."},
		{Party: "TLKT", Login: "tlkt", Kind: decision.MunicipalOpinion, Question: "Wie sehen die Landkreise die Nachnutzung?"},
	}},
	{Slug: "gewerbeanmeldung-ummeldung-und-abmeldung", Ministry: "tmwllr", Start: "2026-10-12"},
	{Abroad: true, Slug: "wohngeld", Ministry: "d-min", Start: "2025-09-01", Reviews: 4, Submit: true, Outcome: decision.Approved, Reason: approval, Rollin: &rollin{Pace: 2}},
	{Slug: "verpflichtungserklaerung", Ministry: "tmjmv", Start: "2026-10-05", Reviews: 4, Submit: true},
}

// land is the login of the coordination that leads a case.
func (c caseOf) land() string {
	if c.Abroad {
		return "d-land"
	}
	return "land"
}

// coordinator is the login of a body's coordinator in a case.
func (c caseOf) coordinator(body string) string {
	for i, b := range demolandBodies {
		if b.Key == body {
			return fmt.Sprintf("d-k%d", i+1)
		}
	}
	return "k" + body
}

// moves are Produktivstarts that the Land plans for another day: service, body, when it does so, the new day, why.
var moves = []struct{ Slug, Body, Day, On, Cause, Reason string }{
	{"fuehrerschein", "16066", "2026-11-10", "2027-02-01", "backend", "Die Schnittstelle des Fachverfahrens kommt erst mit der nächsten Version."},
	{"aufenthaltstitel", "16069", "2026-11-11", "2027-03-01", "backend", "Der Hersteller liefert die Anbindung im Februar."},
	{"bildung-und-teilhabe", "16063", "2026-11-16", "2027-05-03", "staff", "Im Fachamt fehlt bis März eine Vertretung."},
}

// pauses are interruptions that the Land enters: service, body, day, reason.
var pauses = []struct{ Slug, Body, Day, Reason string }{
	{"fuehrerschein", "16069", "2026-03-16", "Wechsel des Fachverfahrens bis zum Jahresende."},
	{"wohngeld", "16065", "2026-02-02", "Fachamt nach Personalwechsel nicht besetzt."},
	{"aufenthaltstitel", "16076", "2026-09-14", "Hersteller liefert die Schnittstelle erst im nächsten Jahr."},
}
