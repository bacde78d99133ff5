package decision

import (
	"strconv"
	"strings"

	"rollinportal/internal/paper"
	"rollinportal/internal/workday"
)

// Effect is what the end of a decision did.
type Effect struct {
	Halted []HaltedBody
	Live   []string // bodies in which the service stays live, by name
}

// HaltedBody is a body whose onboarding was halted, and where it stood.
type HaltedBody struct{ Name, State string }

// endingRecord is the Vermerk of a decision that has just ended: who ended it and why, what it had decided, and what the
// end did. before is the hash of what everybody could read of the decision.
func endingRecord(d Details, e Effect, before string) paper.Paper {
	p := d.ending("Nur für das entscheidende Ressort.")
	end := d.endSection()
	end.Facts = append(end.Facts, facts("Aufgehoben durch", d.Revoker, "Vorgang", d.ID.String())...)
	was := d.wasSection(before)
	was.Facts = append(was.Facts, facts("Entschieden durch", d.Decider, "In Vertretung von", d.InPlaceOf)...)
	p.Sections = []paper.Section{end, was, e.section(true)}
	return p
}

// publicEnding is the part of it that everybody in the Land may read. Where single bodies stood is not theirs to know.
func publicEnding(d Details, e Effect, before, whole string) paper.Paper {
	p := d.ending("Öffentlicher Teil: was beendet wurde und warum.")
	p.Sections = []paper.Section{d.endSection(), d.wasSection(before), e.section(false), {Heading: "Vollständiger Vermerk", Facts: facts("SHA-256", whole)}}
	return p
}

func (d Details) ending(scope string) paper.Paper {
	p := d.record(scope)
	p.Title, p.Date = d.endWord()+" der Nachnutzungsentscheidung „"+d.ServiceName+"“, Nr. "+strconv.Itoa(d.No), moment(d.StateSince)
	return p
}

// endWord is how the decision ended.
func (d Details) endWord() string {
	if d.State == Expired {
		return "Ablauf"
	}
	return "Aufhebung"
}

func (d Details) endSection() paper.Section {
	s := paper.Section{Heading: d.endWord(), Facts: facts("Leistung", d.ServiceName, "Ressort", d.MinistryName)}
	if d.State == Expired {
		s.Facts = append(s.Facts, facts("Galt bis", workday.WrittenIf(d.ValidUntil), "Beendet am", moment(d.StateSince))...)
		s.Texts = []string{"Der Beschluss war befristet. Er endete nach seinem letzten Tag, ohne dass vorher neu entschieden war."}
		return s
	}
	s.Facts = append(s.Facts, facts("Grund", d.RevokedGround.Word(), "Begründung", d.RevokedReason, "Aufgehoben am", moment(*d.RevokedAt))...)
	return s
}

func (d Details) wasSection(before string) paper.Section {
	return paper.Section{Heading: "Beendeter Beschluss", Facts: facts(
		"Ergebnis", d.Outcome.Word(), "Grund", d.Ground.Word(), "Entschieden am", moment(*d.DecidedAt), "Gilt bis", workday.WrittenIf(d.ValidUntil),
		"SHA-256 des öffentlichen Vermerks", before)}
}

// section says what was halted and what stays; names for those who may know where a body stands.
func (e Effect) section(names bool) paper.Section {
	s := paper.Section{Heading: "Wirkung", Facts: facts(
		"Angehaltene Anbindungen", strconv.Itoa(len(e.Halted)), "Weiter produktive Einheiten", strconv.Itoa(len(e.Live)))}
	if !names {
		return s
	}
	if len(e.Halted) > 0 {
		t := paper.Table{Caption: "Angehaltene Anbindungen und ihr Stand zuvor", Head: []string{"Einheit", "Stand zuvor"}}
		for _, h := range e.Halted {
			t.Rows = append(t.Rows, []string{h.Name, h.State})
		}
		s.Tables = []paper.Table{t}
	}
	if len(e.Live) > 0 {
		s.Texts = []string{"Produktiv bleiben: " + strings.Join(e.Live, ", ") + "."}
	}
	return s
}
