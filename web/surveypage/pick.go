package surveypage

import (
	"slices"

	"github.com/google/uuid"

	"rollinportal/internal/survey"
	"rollinportal/web/link"
	"rollinportal/web/page"
)

// What the URL picks of the responses to a round.
const (
	answerParam  = "antwort" // how far they are
	blockParam   = "frage"   // what was asked
	productParam = "angabe"  // and what was said to it
)

// listID is the list of those who were invited, and picksOf the part of it that a figure counts.
const listID = "ergebnis"

func picksOf(id uuid.UUID, pairs ...string) string {
	return link.With(link.Survey(id), pairs...) + "#" + listID
}

// pick is a part of the responses, and how its heading goes on.
type pick struct {
	text string
	fits func(survey.Response) bool
}

// progressPicks are the parts by how far the responses are.
var progressPicks = map[string]struct {
	text string
	fits func(survey.Progress) bool
}{
	"ja":           {"geantwortet", survey.Progress.Answered},
	"fehlt":        {"noch ohne Antwort", func(p survey.Progress) bool { return !p.Answered() }},
	"pruefen":      {"zu prüfen", func(p survey.Progress) bool { return p == survey.Submitted }},
	"ausgewertet":  {"ausgewertet", survey.Progress.Settled},
	"unveraendert": {"unverändert bestätigt", func(p survey.Progress) bool { return p == survey.Unchanged }},
	"neu":          {"mit neuen Angaben", func(p survey.Progress) bool { return p == survey.Accepted }},
}

// pickOf is what the URL asks for; false if that is all of them.
func pickOf(q page.Query, p *survey.Page) (pick, bool) {
	if f, known := progressPicks[q.Get(answerParam)]; known {
		return pick{f.text, func(r survey.Response) bool { return f.fits(r.State) }}, true
	}
	block, product := survey.Block(q.Get(blockParam)), q.Get(productParam)
	if !slices.Contains(survey.Blocks, block) {
		return pick{}, false
	}
	said := func(r survey.Response) bool {
		answer, given := r.Answers[block]
		return given && r.State.Settled() && (product == "" || slices.Contains(p.Products(block, answer.Details), product))
	}
	if product == "" {
		return pick{"mit ausgewerteter Antwort: " + block.Word(), said}, true
	}
	return pick{"mit „" + product + "“: " + block.Word(), said}, true
}
