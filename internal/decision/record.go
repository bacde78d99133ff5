package decision

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rollinportal/internal/audit"
	"rollinportal/internal/catalog"
	"rollinportal/internal/economics"
	"rollinportal/internal/paper"
	"rollinportal/internal/workday"
)

// A decision leaves two papers, both written in its transaction and never changed; so does its end, see
// record_ending.go. The whole one is the Vermerk: all that the ministry had before it. The public one says what was
// decided and why; it carries the hash of the whole, so that everybody in the Land can tell that the papers behind a
// decision are still the same.

// Part says which of the two.
type Part string

// The parts of a record.
const (
	Whole        Part = "whole"
	Public       Part = "public"
	Ending       Part = "ending" // how it ended: the whole, and the public part of that
	EndingPublic Part = "ending_public"
)

// Internal reports whether a part is for its ministry only.
func (p Part) Internal() bool { return p == Whole || p == Ending }

// public is what others read of a whole Vermerk.
func (p Part) public() Part {
	if p == Ending {
		return EndingPublic
	}
	return Public
}

// wholeRecord is the Vermerk of a case that has just been decided.
func wholeRecord(d Details) paper.Paper {
	p := d.record("Nur für das entscheidende Ressort.")
	p.Sections = append(p.Sections, d.verdictSection(true))
	p.Sections = append(p.Sections, d.conditionSection()...)
	p.Sections = append(p.Sections, d.offerSection(), d.reviewSection(), figureSection(d.Assessment()), d.opinionSection(TechnicalOpinion, "Technische Stellungnahmen"),
		d.opinionSection(MunicipalOpinion, "Kommunale Sicht"), d.documentSection())
	return p
}

// publicRecord is the part of it that everybody in the Land may read.
func publicRecord(d Details, whole string) paper.Paper {
	p := d.record("Öffentlicher Teil: was entschieden wurde und warum. Prüfungen und Berechnung bleiben beim Ressort.")
	p.Sections = append(p.Sections, d.verdictSection(false))
	p.Sections = append(p.Sections, d.conditionSection()...)
	p.Sections = append(p.Sections, paper.Section{Heading: "Vollständiger Vermerk", Facts: []paper.Fact{{Term: "SHA-256", Value: whole}}})
	return p
}

func (d Details) record(scope string) paper.Paper {
	return paper.Paper{
		Kind: "Vermerk", Title: "Nachnutzungsentscheidung „" + d.ServiceName + "“, Nr. " + strconv.Itoa(d.No), Scope: scope, Record: d.ID.String(), Date: moment(*d.DecidedAt),
	}
}

func (d Details) verdictSection(whole bool) paper.Section {
	s := paper.Section{Heading: "Entscheidung"}
	s.Facts = facts("Leistung", d.ServiceName, "Ressort", d.MinistryName, "Ergebnis", d.Outcome.Word(), "Grund", d.Ground.Word(),
		"Begründung", d.Reason, "Wiedervorlage", workday.WrittenIf(d.DeferredUntil), "Gilt bis", workday.WrittenIf(d.ValidUntil), "Entschieden am", moment(*d.DecidedAt))
	if !whole {
		return s
	}
	requester := d.Requester
	if requester == "" {
		requester = "Landeskoordination"
	}
	s.Facts = append(s.Facts, facts("Entschieden durch", d.Decider, "In Vertretung von", d.standing(), "Eingereicht", by(d.SubmittedAt, d.Submitter),
		"Beantragt", by(&d.RequestedAt, requester), "Anlass", d.Occasion, "Erbeten bis", workday.WrittenIf(d.DueOn), "Vorgang", d.ID.String())...)
	return s
}

// standing is for whom the decider stood in, with the days and the occasion of the delegation.
func (d Details) standing() string {
	i := slices.IndexFunc(d.StandsIn, func(g Delegation) bool { return d.DelegationID != nil && g.ID == *d.DelegationID })
	if i < 0 {
		return d.InPlaceOf
	}
	g := d.StandsIn[i]
	return g.FromName + ", Vertretung vom " + workday.Written(g.Begins) + " bis " + workday.Written(g.Ends) + " (" + g.Reason + ")"
}

func (d Details) conditionSection() []paper.Section {
	if len(d.Conditions) == 0 {
		return nil
	}
	t := paper.Table{Caption: "Auflagen mit Zuständigkeit und Frist", Head: []string{"Auflage", "Zuständig", "Frist"}}
	for i, c := range d.Conditions {
		t.Rows = append(t.Rows, []string{strconv.Itoa(i+1) + ". " + c.Text, c.Owner, workday.Written(c.DueOn)})
	}
	return []paper.Section{{Heading: "Auflagen", Tables: []paper.Table{t}}}
}

// offerSection is what the catalogue said about the service on the day of the decision.
func (d Details) offerSection() paper.Section {
	checked := "noch nicht geprüft"
	if d.CheckedOn != nil {
		checked = "geprüft am " + workday.Written(*d.CheckedOn)
	}
	return paper.Section{Heading: "Dienst und Angebot", Tables: d.saidTables(), Facts: facts(
		"Umsetzendes Land", catalog.LandName(d.ProvidingState), "Betreiber", d.Operator, "Themenfeld", d.TopicField, "OZG-ID", strings.Join(d.OzgIDs, ", "),
		"Transportwege", transportWords(d.Transports), "Bezahlung online", audit.YesNo(d.Payment), "Beitrittserklärung nötig", audit.YesNo(d.Declaration),
		"Einmalig je Einheit", amount(d.PriceOnce), "Je Jahr", amount(d.PriceYearly), "Preis gebunden bis", workday.WrittenIf(d.PriceUntil),
		"Zuständige Einheiten", strconv.Itoa(d.Competent), "Quelle dieser Angaben", strings.TrimPrefix(d.Source+", "+checked, ", "),
		"Länderübergreifender Onlinedienst (§ 8a OZG)", crossLandWords(d.CrossLand))}
}

// saidTables is what the sources said on that day, with a word where they contradict each other.
func (d Details) saidTables() []paper.Table {
	t := paper.Table{Caption: "Angaben je Quelle", Head: []string{"Angabe", "Quelle", "Wert", "Geprüft am", "Adresse"}}
	for _, k := range catalog.FactKinds {
		term := k.Word()
		if catalog.Contradicted(d.Said, k) {
			term += " (Widerspruch)"
		}
		for _, f := range d.Said {
			if f.Kind == k {
				t.Rows = append(t.Rows, []string{term, f.Source.Word(), f.Value, workday.Written(f.CheckedOn), f.Address})
			}
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []paper.Table{t}
}

func (d Details) reviewSection() paper.Section {
	s := paper.Section{Heading: "Prüfungen"}
	for _, r := range d.Reviews {
		s.Parts = append(s.Parts, paper.Section{Heading: r.Kind.Word(), Facts: facts(
			"Ergebnis", r.Result.Word(), "Geprüft", by(r.ReviewedAt, r.Reviewer), "Vermerk", r.Note, "Unterlagen", strings.Join(r.Links, "\n"))})
	}
	return s
}

func (d Details) opinionSection(kind OpinionKind, heading string) paper.Section {
	s := paper.Section{Heading: heading}
	for _, o := range d.Opinions {
		if o.Kind != kind {
			continue
		}
		result := o.Result.Word()
		if !o.Answered() {
			result = "Keine Antwort bis zur Entscheidung"
		}
		s.Parts = append(s.Parts, paper.Section{Heading: o.PartyName, Facts: facts("Gefragt", o.Question, "Gefragt am", workday.Written(o.AskedAt), "Frist", workday.Written(o.DueOn),
			"Ergebnis", result, "Beantwortet", by(o.AnsweredAt, o.PartyName), "Stellungnahme", o.Note, "Unterlagen", strings.Join(o.Links, "\n"))})
	}
	if len(s.Parts) == 0 {
		s.Texts = []string{"Nicht eingeholt."}
	}
	return s
}

// DocumentHeading is the section of a record about documents.
const DocumentHeading = "Unterlagen"

// documentSection lists what reviews and opinions lean on: files with their hashes, and addresses of documents that lie
// elsewhere. Of those there is no hash: it would claim more than anybody checked.
func (d Details) documentSection() paper.Section {
	files := paper.Table{Caption: "Dateien, auf die sich der Vermerk stützt", Head: []string{"Datei", "Fassung", "Genannt in", "SHA-256"}}
	links := paper.Table{Caption: "Unterlagen außerhalb des Portals", Head: []string{"Unterlage", "Genannt in"}}
	for _, r := range d.Reviews {
		for _, f := range r.Files {
			files.Rows = append(files.Rows, []string{f.Name, strconv.Itoa(f.Version), r.Kind.Word(), f.SHA256})
		}
		for _, l := range r.Links {
			links.Rows = append(links.Rows, []string{l, r.Kind.Word()})
		}
	}
	for _, o := range d.Opinions {
		for _, f := range o.Files {
			files.Rows = append(files.Rows, []string{f.Name, strconv.Itoa(f.Version), "Stellungnahme " + o.PartyName, f.SHA256})
		}
		for _, l := range o.Links {
			links.Rows = append(links.Rows, []string{l, "Stellungnahme " + o.PartyName})
		}
	}
	s := paper.Section{Heading: DocumentHeading}
	if len(files.Rows) > 0 {
		s.Tables = append(s.Tables, files)
	}
	if len(links.Rows) > 0 {
		s.Texts = []string{"Unterlagen außerhalb des Portals liegen unter ihren Adressen. Eine Prüfsumme des Portals gibt es für sie nicht."}
		s.Tables = append(s.Tables, links)
	}
	if len(s.Tables) == 0 {
		s.Texts = []string{"Es sind keine Unterlagen genannt."}
	}
	return s
}

// facts pairs terms and values and leaves out what has no value.
func facts(pairs ...string) (found []paper.Fact) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			found = append(found, paper.Fact{Term: pairs[i], Value: pairs[i+1]})
		}
	}
	return found
}

// moment is a point in time as a file notes it: "22.11.2026, 14:05 Uhr".
func moment(t time.Time) string { return t.In(workday.Berlin).Format("02.01.2006, 15:04 Uhr") }

func by(at *time.Time, name string) string {
	if at == nil {
		return ""
	}
	return strings.TrimSuffix(moment(*at)+", "+name, ", ")
}

func crossLandWords(crosses *bool) string {
	switch {
	case crosses == nil:
		return "nicht geprüft"
	case *crosses:
		return "ja, ein Vertrag zur Auftragsverarbeitung entfällt"
	}
	return "nein, ein Vertrag zur Auftragsverarbeitung ist zu prüfen"
}

func transportWords(keys []string) string {
	words := map[string]string{"osci": "OSCI/XTA", "fitc": "FIT-Connect"}
	var found []string
	for _, key := range keys {
		found = append(found, words[key])
	}
	return strings.Join(found, ", ")
}

func amount(cents *int64) string {
	if cents == nil {
		return "nicht erfasst"
	}
	return economics.Euro(*cents)
}
