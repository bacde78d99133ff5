package page

import (
	"rollinportal/internal/dashboard"
	"rollinportal/web/ui"
)

var stageCells = map[dashboard.Stage]ui.MatrixCell{
	dashboard.NotBegun:     {Sign: "·", Text: "noch nicht begonnen", Class: "hm-0"},
	dashboard.Preparing:    {Sign: "1", Text: "Phase 1, Vorbereiten", Class: "hm-1"},
	dashboard.Connecting:   {Sign: "2", Text: "Phase 2, Anbinden", Class: "hm-2"},
	dashboard.Testing:      {Sign: "3", Text: "Phase 3, Testen", Class: "hm-3"},
	dashboard.GoingLive:    {Sign: "4", Text: "Phase 4, Produktiv gehen", Class: "hm-3"},
	dashboard.Live:         {Sign: "✓", Text: "produktiv", Class: "hm-4"},
	dashboard.Resting:      {Sign: "II", Text: "pausiert", Class: "hm-p"},
	dashboard.Declined:     {Sign: "×", Text: "abgelehnt", Class: "hm-p"},
	dashboard.Ended:        {Sign: "×", Text: "außer Betrieb", Class: "hm-p"},
	dashboard.NotCompetent: {Sign: "–", Text: "entfällt, andere Stelle ist zuständig", Class: "hm-x"},
}

// BlockedCell stands in a matrix for whatever stage an open obstacle blocks.
var BlockedCell = ui.MatrixCell{Sign: "!", Text: "blockiert", Class: "hm-b"}

// unconfirmedSign stands behind the sign of a cell that nobody confirmed for too long.
const unconfirmedSign = "?"

// UnconfirmedCell marks a cell that nobody confirmed for too long; the text says since when, if that is known.
func UnconfirmedCell(cell ui.MatrixCell, text string) ui.MatrixCell {
	cell.Sign += unconfirmedSign
	cell.Text += ", " + text
	return cell
}

// UnconfirmedLegend explains such cells.
var UnconfirmedLegend = ui.MatrixCell{Sign: unconfirmedSign, Text: "lange nicht bestätigt", Class: "hm-0"}

// StageCell says in a matrix where an onboarding stands.
func StageCell(s dashboard.Stage) ui.MatrixCell { return stageCells[s] }

// StageLegend shortens the text for the ear: in a legend the sign stands beside it.
func StageLegend(s dashboard.Stage) ui.MatrixCell {
	cell := stageCells[s]
	switch s {
	case dashboard.Preparing:
		cell.Text = LegTitle(1)
	case dashboard.Connecting:
		cell.Text = LegTitle(2)
	case dashboard.Testing:
		cell.Text = LegTitle(3)
	case dashboard.GoingLive:
		cell.Text = LegTitle(4)
	}
	return cell
}
