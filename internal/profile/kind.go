package profile

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"

	"rollinportal/internal/webaddress"
)

// Kind says what a fact is about.
type Kind string

// The kinds of facts.
const (
	Contact       Kind = "contact"
	Mailbox       Kind = "mailbox"
	DMS           Kind = "dms"
	PostOffice    Kind = "post_office"
	Variant       Kind = "variant"
	Payment       Kind = "payment"
	Links         Kind = "links"
	Certificate   Kind = "certificate"
	Configuration Kind = "configuration"
	DVDV          Kind = "dvdv"
	Destination   Kind = "destination"
	Backend       Kind = "backend"
)

// Kinds lists the kinds in the order in which a profile is read.
var Kinds = []Kind{Contact, Mailbox, PostOffice, Configuration, DMS, Variant, Payment, Backend, Certificate, DVDV, Destination, Links}

// asks says whether a fact belongs to a service.
type asks int

const (
	noService asks = iota
	maybeService
	oneService
)

// Spec says what facts of a kind look like.
type Spec struct {
	Word    string // "Zertifikat"
	Single  bool   // a body has at most one
	Service asks
	Fields  []Field
}

// HasService reports whether a service may be named with a fact.
func (s Spec) HasService() bool { return s.Service != noService }

// NeedsService reports whether a service has to be named with a fact.
func (s Spec) NeedsService() bool { return s.Service == oneService }

// Field is one detail of a fact.
type Field struct {
	Name     string // in the details and in forms
	Word     string // as people call it
	Needed   bool
	Day      bool     // a day, kept as 2026-11-30
	Many     bool     // several of the options, one a line
	Options  []string // what may be chosen; empty: free text
	Personal bool     // about a person: the trail keeps no value
	Most     int      // letters; maxText if 0
	check    func(value string) string
}

// The names of details that rules ask for.
const (
	Role        = "role"
	Name        = "name"
	Function    = "function"
	Email       = "email"
	Phone       = "phone"
	Product     = "product"
	Release     = "release"
	Vendor      = "vendor"
	Purpose     = "purpose"
	Subject     = "subject"
	Issuer      = "issuer"
	Fingerprint = "fingerprint"
	ValidFrom   = "valid_from"
	ValidTo     = "valid_to"
	Custodian   = "custodian"
	TestedOn    = "tested_on"
	Other       = "other"
	Remark      = "remark"
)

// What a certificate is for.
const (
	ForOSCI       = "OSCI-Empfang"
	ForFITConnect = "FIT-Connect"
	ForOther      = "anderer Zweck"
)

// Roles of contacts.
const (
	Coordinator = "Koordination"
	Deputy      = "Stellvertretung"
)

// ProGovBasic is the virtuelle Poststelle that holds six configurations at most, as the survey calls it.
const ProGovBasic = "ProGov von Procilon (Basic Version - max. 6 Konfigurationen möglich)"

// The options that say that there is nothing.
const (
	NoPostOffice = "nicht vorhanden"
	NoPayment    = "kein E-Payment"
	noDMS        = "kein DMS"
)

// OtherProduct is the option beside which the product stands in words.
const OtherProduct = "anderes"

// edition is what the inventory asks of a product besides its name.
var edition = []Field{
	{Name: Other, Word: "Anderes Produkt", Most: 100},
	{Name: Release, Word: "Version oder Ausgabe", Most: 40},
	{Name: Remark, Word: "Bemerkung"},
}

var specs = map[Kind]Spec{
	Contact: {Word: "Ansprechperson", Fields: []Field{
		{Name: Role, Word: "Rolle", Needed: true, Options: []string{Coordinator, Deputy}},
		{Name: Name, Word: "Name", Needed: true, Personal: true, Most: 100},
		{Name: Function, Word: "Funktion", Personal: true, Most: 100},
		{Name: Email, Word: "E-Mail", Needed: true, Personal: true, check: checkEmail},
		{Name: Phone, Word: "Telefon", Personal: true, check: checkPhone},
	}},
	Mailbox: {Word: "Funktionspostfach", Single: true, Fields: []Field{
		{Name: Email, Word: "E-Mail", Needed: true, check: checkEmail},
	}},
	PostOffice: {Word: "Virtuelle Poststelle", Single: true, Fields: append([]Field{
		{Name: Product, Word: "Produkt", Needed: true, Options: optionsOf("virtuelle Poststelle")},
	}, edition...)},
	Configuration: {Word: "Konfiguration der Poststelle", Service: maybeService, Fields: []Field{
		{Name: Name, Word: "Bezeichnung", Needed: true, Most: 100},
		{Name: TestedOn, Word: "Testnachricht empfangen am", Day: true},
	}},
	DMS: {Word: "Dokumentenmanagement (DMS)", Single: true, Fields: append([]Field{
		{Name: Product, Word: "Produkte", Needed: true, Many: true, Options: optionsOf("Einsatz DMS")},
	}, edition...)},
	Variant: {Word: "Bevorzugte Anbindungsvariante", Single: true, Fields: []Field{
		{Name: Product, Word: "Variante", Needed: true, Options: optionsOf("bevorzugte Anbindungsvariante")},
	}},
	Payment: {Word: "E-Payment", Single: true, Fields: append([]Field{
		{Name: Product, Word: "Produkt", Needed: true, Options: optionsOf("E-Payment")},
		{Name: "tenant", Word: "Mandant", Most: 100},
		{Name: TestedOn, Word: "Testzahlung am", Day: true},
	}, edition...)},
	Backend: {Word: "Fachverfahren", Service: oneService, Fields: []Field{
		{Name: Product, Word: "Produkt", Needed: true, Most: 100, check: checkProduct},
		{Name: Release, Word: "Version", Most: 40},
		{Name: Vendor, Word: "Hersteller", Most: 100},
	}},
	Certificate: {Word: "Zertifikat", Fields: []Field{
		{Name: Purpose, Word: "Zweck", Needed: true, Options: []string{ForOSCI, ForFITConnect, ForOther}},
		{Name: Subject, Word: "Inhaber", Needed: true, Most: 500},
		{Name: Issuer, Word: "Aussteller", Needed: true, Most: 500},
		{Name: Fingerprint, Word: "Fingerabdruck", Needed: true, check: checkFingerprint},
		{Name: ValidFrom, Word: "Gültig ab", Needed: true, Day: true},
		{Name: ValidTo, Word: "Gültig bis", Needed: true, Day: true},
		{Name: Custodian, Word: "Schlüssel verwahrt", Needed: true, Most: 100},
	}},
	DVDV: {Word: "DVDV-Eintrag", Service: oneService, Fields: []Field{
		{Name: "category", Word: "Organisationskategorie", Needed: true, Most: 100},
		{Name: "key", Word: "Organisationsschlüssel", Needed: true, check: checkOrgKey},
		{Name: "intermediary", Word: "Intermediär", Most: 100},
	}},
	Destination: {Word: "Zustellpunkt", Service: oneService, Fields: []Field{
		{Name: "destination", Word: "DestinationID", Needed: true, check: checkDestination},
	}},
	Links: {Word: "Links der Website", Single: true, Fields: []Field{
		{Name: "privacy", Word: "Datenschutz", Most: 500, check: webaddress.WrongOpenly},
		{Name: "imprint", Word: "Impressum", Most: 500, check: webaddress.WrongOpenly},
		{Name: "accessibility", Word: "Barrierefreiheit", Most: 500, check: webaddress.WrongOpenly},
	}},
}

// Spec says what facts of the kind look like; false if there is no such kind.
func (k Kind) Spec() (Spec, bool) {
	s, known := specs[k]
	return s, known
}

// optionTable holds the literal answers of the survey (domain.md 1.9), where each comes from, and which products it counts as.
//
//go:embed options.csv
var optionTable []byte

// answers are the rows of the table. It panics on a malformed one: that is compiled in, so it is a programming mistake.
var answers = func() [][]string {
	rows, err := csv.NewReader(bytes.NewReader(optionTable)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("options of the survey: %v", err))
	}
	return rows[1:]
}()

// optionsOf returns what may be answered to a question of the survey.
func optionsOf(question string) []string {
	var found []string
	for _, row := range answers {
		if row[0] == question {
			found = append(found, row[2])
		}
	}
	if len(found) == 0 {
		panic("the survey has no question " + question)
	}
	return slices.Clip(found)
}
