package planning

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"rollinportal/internal/audit"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/workday"
)

// Line is a fact of a draft in words, to compare two drafts by.
type Line struct{ Field, Value string }

// Describe tells a draft in words.
func (p *Plan) Describe(d Draft) []Line {
	lines := []Line{{"Nicht dabei", p.outNames(d)}}
	for i, w := range d.Waves {
		no := "Welle " + strconv.Itoa(i+1)
		names := make([]string, len(w.Bodies))
		for j, key := range w.Bodies {
			names[j] = p.BodyName(key)
		}
		slices.Sort(names)
		lines = append(lines, Line{no, w.Name + ": " + strings.Join(names, ", ")})
		if !w.From.IsZero() {
			lines = append(lines, Line{no + ", Produktivstarts", workday.Written(w.From) + " bis " + workday.Written(w.Until)})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(d.Capacity)) {
		lines = append(lines, Line{key + ", Anbindungen je Woche", strconv.Itoa(d.Capacity[key])})
	}
	return append(lines, Line{"Betreff", d.Letter.Subject}, Line{"Schreiben", d.Letter.Text}, Line{"Ansprechstelle", d.Letter.Contact})
}

func (p *Plan) outNames(d Draft) string {
	names := make([]string, len(d.LeftOut))
	for i, out := range d.LeftOut {
		names[i] = p.BodyName(out.Key) + " (" + out.Reason + ")"
	}
	return strings.Join(names, ", ")
}

// diff is what the trail says about a change of the draft.
func (p *Plan) diff(after Draft) []audit.Change {
	before := map[string]string{}
	for _, l := range p.Describe(p.Draft) {
		before[l.Field] = l.Value
	}
	var changes []audit.Change
	for _, l := range p.Describe(after) {
		changes = append(changes, audit.Diff(l.Field, before[l.Field], l.Value)...)
	}
	return changes
}

// same reports whether two drafts say the same.
func same(a, b Draft) bool {
	p := &Plan{}
	return slices.Equal(p.Describe(a), p.Describe(b))
}

// Try returns the draft as an input would make it, to set it beside what is saved.
func (p *Plan) Try(in Input) Draft {
	var d Draft
	var err error
	switch {
	case in.Waves != nil:
		d, err = p.withWaves(in.Waves)
	case in.Spans != nil:
		d, err = p.withDates(in.Spans, in.Capacity)
	case in.Letter != nil:
		d, err = p.withLetter(*in.Letter)
	default:
		d, err = p.withScope(in.LeftOut)
	}
	if err != nil {
		return p.Draft
	}
	return d
}

// Input is what somebody entered of one part.
type Input struct {
	LeftOut  []onboarding.LeftOut
	Waves    []Wave
	Spans    []Span
	Capacity map[string]int
	Letter   *Letter
}
