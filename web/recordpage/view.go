package recordpage

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/paper"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

type showView struct {
	Paper   paper.Paper
	Seal    ui.FactsProps
	Waiting string // what to do while there is no PDF
	Sealed  string // with what it was frozen
}

func newShowView(r decision.Record, prints bool) showView {
	v := showView{Paper: r.Paper, Seal: ui.FactsProps{Items: []ui.Fact{
		{Term: "Festgeschrieben", Value: r.Paper.Date}, {Term: "Prüfsumme (SHA-256)", Body: hash(r.Sum)},
	}}}
	v.Sealed = "Dieser Vermerk wurde mit der Entscheidung festgeschrieben und ändert sich nicht mehr."
	if r.OfEnding() {
		v.Sealed = "Dieser Vermerk wurde mit dem Ende des Beschlusses festgeschrieben und ändert sich nicht mehr."
	}
	if r.Part.Internal() && r.Print == "" && prints {
		v.Waiting = "Die PDF-Datei wird noch erstellt. Laden Sie die Seite in einer Minute neu. Diese Seite hat denselben Inhalt; Sie können sie drucken."
	}
	if r.Print != "" {
		v.Seal.Items = append(v.Seal.Items, ui.Fact{Term: "Prüfsumme der PDF-Datei", Body: hash(r.Print)})
	}
	return v
}

func actions(r decision.Record, who access.Actor) (found []ui.Action) {
	if r.Print != "" {
		url := link.RecordPDF(r.Decision)
		if r.OfEnding() {
			url = link.EndRecordPDF(r.Decision)
		}
		found = append(found, ui.Action{Text: "PDF herunterladen", URL: url})
	}
	if r.Part.Internal() && who.Can(access.DecisionFile) {
		found = append(found, ui.Action{Text: "Vorgang als ZIP", URL: link.Bundle(r.Decision)})
	}
	return found
}

//go:embed standalone.css
var standaloneCSS string

// standalone is a Vermerk as a page of its own, made of the stored bytes and nothing else: the same bytes, the same page.
func standalone(ctx context.Context, body []byte) ([]byte, error) {
	p, err := paper.Decode(body)
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	if err := alone(p, paper.Sum(body), standaloneCSS).Render(ctx, &page); err != nil {
		return nil, fmt.Errorf("render the record: %w", err)
	}
	return page.Bytes(), nil
}

// allShort reports whether facts may stand side by side: none of them is prose.
func allShort(facts []paper.Fact) bool {
	return !slices.ContainsFunc(facts, func(f paper.Fact) bool {
		return utf8.RuneCountInString(f.Value) > 80 || strings.Contains(f.Value, "\n")
	})
}

// isFigure reports whether a column stands among the figures at the end of a table.
func isFigure(t paper.Table, column int) bool { return column >= len(t.Head)-t.Figures }

// sectionID is the id of a section's heading.
func sectionID(i int) string { return "abschnitt-" + strconv.Itoa(i+1) }
