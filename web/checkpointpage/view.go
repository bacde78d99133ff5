package checkpointpage

import (
	"strings"

	"rollinportal/internal/audit"
	"rollinportal/web/ui"
)

type view struct {
	Facts ui.FactsProps
	Any   bool
}

// newView says what the newest checkpoint covers; found is newest first.
func newView(found []audit.Checkpoint) view {
	if len(found) == 0 {
		return view{}
	}
	return view{Any: true, Facts: ui.FactsProps{Items: []ui.Fact{
		{Term: "Letzter Prüfpunkt", Value: ui.DateTime(found[0].At)},
		{Term: "Einträge bis dahin", Value: ui.Number(found[0].Seq)},
		{Term: "Prüfpunkte insgesamt", Value: ui.Number(int64(len(found)))},
	}}}
}

// file is what the organisation keeps, oldest checkpoint first. Line ends are those that every editor shows.
func file(org string, found []audit.Checkpoint) string {
	var b strings.Builder
	b.WriteString("# Prüfpunkte des Verlaufs, " + strings.Join(strings.Fields(org), " ") + "\r\n")
	b.WriteString("# Bewahren Sie die Datei außerhalb des Portals auf. Geprüft wird sie mit: portal audit verify --checkpoint DATEI\r\n")
	for i := len(found) - 1; i >= 0; i-- {
		b.WriteString(found[i].String() + "\r\n")
	}
	return b.String()
}
