package interchange

import (
	"io"
	"strings"

	"rollinportal/internal/template"
)

// TemplateSteps reads a Musterprojektvorlage (columns as in musterprojektvorlage.csv). A template with one wrong row
// is wrong as a whole; the rejections name every wrong row. Two columns may be missing: pruefung names who checks a
// step before it counts (without it, the Land checks what asks for Vier-Augen), laeuft_ab whose evidence expires.
func TemplateSteps(in io.Reader) ([]template.Step, []Rejection, error) {
	rows, bad, err := read(in, "nr", "schluessel", "titel", "beschreibung", "saeule", "phase", "verantwortlich", "vorgaenger",
		"dauer_arbeitstage", "wiederholung_monate", "ebene", "nachweis", "bedingung")
	if err != nil {
		return nil, nil, err
	}
	var found []template.Step
	var lines []int
	for _, r := range rows {
		step, reason := r.step()
		if reason != "" {
			bad = append(bad, Rejection{r.line, reason})
			continue
		}
		lines = append(lines, r.line)
		found = append(found, step)
	}
	for _, p := range template.Validate(found) {
		line := 1
		if p.Index < len(lines) {
			line = lines[p.Index]
		}
		bad = append(bad, Rejection{line, p.Text})
	}
	return found, bad, nil
}

func (r row) step() (s template.Step, reason string) {
	no, reason := r.number("nr", "")
	pillar, reason := r.number("saeule", reason)
	days, reason := r.number("dauer_arbeitstage", reason)
	months, reason := r.number("wiederholung_monate", reason)
	if reason != "" {
		return s, reason
	}
	if no == nil || pillar == nil || days == nil {
		return s, "braucht nr, saeule und dauer_arbeitstage"
	}
	s = template.Step{
		Key: r.cells["schluessel"], No: *no, Title: r.cells["titel"], Description: r.cells["beschreibung"], Pillar: *pillar,
		Phase: template.Phase(r.cells["phase"]), Responsible: template.Responsible(r.cells["verantwortlich"]),
		Predecessors: strings.Fields(r.cells["vorgaenger"]), DurationDays: *days,
		Scope: template.Scope(r.cells["ebene"]), Evidence: r.cells["nachweis"], Review: template.Responsible(r.cells["pruefung"]),
	}
	if s.Review == "" && s.Scope != template.Land && strings.Contains(s.Evidence, "Vier-Augen") {
		s.Review = template.ByLand
	}
	switch r.cells["laeuft_ab"] {
	case "", "nein":
	case "ja":
		s.Dated = true
	default:
		return s, "hat in laeuft_ab etwas anderes als ja oder nein"
	}
	if months != nil {
		s.RepeatMonths = *months
	}
	for _, c := range strings.Fields(r.cells["bedingung"]) {
		s.Conditions = append(s.Conditions, template.Condition(c))
	}
	return s, ""
}
