package decisionpage

import (
	"math"
	"strings"
	"time"

	"rollinportal/internal/decision"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// boardView are the figures above the list: every one of them leads to exactly the cases it counts.
type boardView struct {
	Shown     bool
	Columns   []string
	Rows      []boardRow
	All       boardRow // over several ministries
	Waiting   []waitingRow
	Unstarted []ui.Row
	More      ui.Link // to all that is not started
	Times     []timeRow
}

type boardRow struct {
	Ministry ui.Link
	Cells    []boardCell
}

type boardCell struct {
	Count ui.Link // no URL: nothing there
	Says  string  // for screen readers: what is counted
	Ages  []string
}

type waitingRow struct {
	Key, Name, Since string
	Count            ui.Link
}

type timeRow struct {
	Name, Median string
	Cases        ui.Link
}

// boardColumns are the states side by side; aged are those whose cases somebody should move on.
var boardColumns = []struct {
	text, key string
	aged      bool
}{
	{"Entwurf", "entwurf", true},
	{"In Prüfung", "in-pruefung", true},
	{"Wartet auf Entscheidung", "eingereicht", true},
	{"Zurückgestellt", "zurueckgestellt", true},
	{"Beschlossen", "nachgenutzt", false},
	{"Abgelehnt", "abgelehnt", false},
	{"Beendet", "beendet", false},
}

func newBoardView(b decision.Board) boardView {
	v := boardView{Shown: len(b.Counts) > 0}
	for _, c := range boardColumns {
		v.Columns = append(v.Columns, c.text)
	}
	for len(b.Counts) > 0 {
		n := 1
		for n < len(b.Counts) && b.Counts[n].MinistryKey == b.Counts[0].MinistryKey {
			n++
		}
		v.Rows = append(v.Rows, newBoardRow(b.Counts[:n], b.At))
		b.Counts = b.Counts[n:]
	}
	for _, w := range b.Waiting {
		v.Waiting = append(v.Waiting, waitingRow{
			Key: w.Key, Name: w.Name, Since: ui.DaysSince(w.Oldest, b.At),
			Count: ui.Link{Text: ui.Number(int64(decision.CasesWaiting.Of(w).Part)), URL: link.With(link.Decisions, "wartet-auf", w.Key)},
		})
	}
	for _, u := range b.Unstarted {
		v.Unstarted = append(v.Unstarted, ui.Row{Title: u.ServiceName, URL: link.Decision(u.ID), Meta: u.MinistryKey + " · beschlossen am " + ui.Date(u.DecidedAt) + ", " + ui.DaysSince(u.DecidedAt, b.At) + validity(u.ValidUntil)})
		if u.Total > len(b.Unstarted) {
			v.More = ui.Link{Text: "Alle " + ui.Number(int64(u.Total)), URL: link.With(link.Decisions, "stand", notStarted)}
		}
	}
	for _, t := range b.Times {
		v.Times = append(v.Times, newTimeRow(t))
	}
	return v
}

// validity is how long an approval holds; "" for one without an end.
func validity(until *time.Time) string {
	if until == nil {
		return ""
	}
	return " · gilt bis " + ui.Date(*until)
}

// newBoardRow puts the counts of one ministry into their columns.
func newBoardRow(counts []decision.Count, now time.Time) boardRow {
	key := counts[0].MinistryKey
	row := boardRow{Ministry: ui.Link{Text: key, URL: link.With(link.Decisions, "ressort", key), Note: counts[0].MinistryName}}
	for _, column := range boardColumns {
		cell := boardCell{Says: ", " + column.text + ", " + key}
		cases := 0
		for _, c := range counts {
			if contains(column.key, c.State) {
				cases += decision.CasesInState.Of(c).Part
				if column.aged {
					cell.Ages = agesOf(c, now)
				}
			}
		}
		cell.Count.Text = ui.Number(int64(cases))
		if cases > 0 {
			cell.Count.URL = link.With(link.Decisions, "ressort", key, "stand", column.key)
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// agesOf is how long cases are in a state; of a single one, oldest and median are the same.
func agesOf(c decision.Count, now time.Time) []string {
	oldest := ui.DaysSince(c.Oldest, now)
	if c.Cases == 1 {
		return []string{oldest}
	}
	return []string{"älteste " + oldest, "Median " + daysText(c.Median)}
}

func contains(filter string, s decision.State) bool {
	for _, known := range statesOf(filter) {
		if known == s {
			return true
		}
	}
	return false
}

func newTimeRow(t decision.Time) timeRow {
	row := timeRow{Name: t.State.Word(), Cases: ui.Counted(decision.CasesTimed.Of(t).Part, link.With(link.Decisions, spentParam, spentKey(t))), Median: "zu wenige Vorgänge"}
	switch {
	case t.State == "" && t.Key == "":
		row.Name = "Davon beim Ressort"
	case t.State == "":
		row.Name = "Davon bei " + t.Key
	}
	if t.Known() {
		row.Median = daysText(t.Median)
	}
	return row
}

// spentKey names in the URL what a median is reckoned from: a state, the ministries, or an organisation.
func spentKey(t decision.Time) string {
	switch {
	case t.State != "":
		return "stand-" + string(t.State)
	case t.Key == "":
		return byMinistry
	}
	return t.Key
}

// spentFilter narrows a list to what a median is reckoned from.
func spentFilter(f decision.Filter, key string) decision.Filter {
	state, isState := strings.CutPrefix(key, "stand-")
	switch {
	case isState:
		f.Spent = decision.State(state)
	case key == byMinistry:
		f.Spent = decision.Submitted // every case that was decided was submitted by its ministry
	default:
		f.SpentWith = key
	}
	return f
}

// spentText says it to whoever reads the list.
func spentText(key string) string {
	state, isState := strings.CutPrefix(key, "stand-")
	switch {
	case isState:
		return "Entschieden, Dauer: " + decision.State(state).Word()
	case key == byMinistry:
		return "Entschieden, Dauer beim Ressort"
	}
	return "Entschieden, Dauer bei " + key
}

// daysText is a duration as people count it: whole days.
func daysText(days float64) string { return ui.Count(int(math.Round(days)), "Tag", "Tage") }
