package matrixpage

import (
	"rollinportal/internal/dashboard"
	"rollinportal/internal/workday"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// sumView is how many onboardings are live, out of how many, each with its list.
type sumView struct {
	Part, Whole ui.Link
	Of          string // read aloud
	First       bool   // of its group of columns
}

// hasRowSums reports whether every body that the reader may show is a column: only then a row's sum has a list behind it.
func hasRowSums(m *dashboard.Matrix) bool {
	return len(m.Bodies) > 1 && len(m.Bodies) == len(m.AllColumns)
}

// columnSums are how many services are live in each body, and at the end in all of them; nothing where services are left
// out, because the lists behind the sums would name them.
func columnSums(m *dashboard.Matrix, heads []headView) []sumView {
	if !hasRowSums(m) || len(m.Services) != len(m.Choices) {
		return nil
	}
	sums := make([]sumView, len(m.Bodies), len(m.Bodies)+1)
	var all dashboard.Share
	for i, b := range m.Bodies {
		share := m.OfBody(i)
		all = all.Plus(share)
		sums[i] = newSum(share, b.Name, "einheit", b.Key)
		sums[i].First = heads[i].First
	}
	return append(sums, newSum(all, "alle Leistungen"))
}

func newSum(s dashboard.Share, of string, filter ...string) sumView {
	return sumView{
		Part:  ui.Counted(s.Part, link.With(link.Onboardings, append(filter, "stand", "produktiv")...)),
		Whole: ui.Counted(s.Whole, link.With(link.Onboardings, filter...)), Of: of,
	}
}

// age says in two or three letters for how long a cell has been like that.
func age(c dashboard.MatrixCell, m *dashboard.Matrix) string {
	if c.State == "" {
		return ""
	}
	days := int(workday.Day(m.At).Sub(workday.Day(c.Since)).Hours() / 24)
	if days < 14 {
		return ui.Number(int64(max(0, days))) + "\u00a0T"
	}
	return ui.Number(int64(days/7)) + "\u00a0W"
}

var ageLegend = ui.MatrixCell{Sign: "5\u00a0W", Text: "seit 5 Wochen so (T: Tage)", Class: page.StageLegend(dashboard.NotBegun).Class}
