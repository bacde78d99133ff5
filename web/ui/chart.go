package ui

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// ChartProps is a burn-up: what there is to do, what was planned of it and what is done, month by month. The table with
// the same values stands below it on the page.
type ChartProps struct {
	ID    string // of the chart, for its title and description
	Title string
	Desc  string // the values in a sentence
	Marks []string
	// Scope, Plan and Done have a value for each mark; Done and Scope may end earlier.
	Scope, Plan, Done                []int
	ScopeLabel, PlanLabel, DoneLabel string // at the ends of the lines
}

// drawing is the chart at one width, all places as text.
type drawing struct {
	Class, ViewBox, FontSize, TitleID, DescID string
	Grid                                      []chartPath
	Lines                                     []chartPath
	Texts                                     []chartText
	DotX, DotY, DotR                          string
}

type chartPath struct{ Class, D string }

type chartText struct{ Class, X, Y, Anchor, Text string }

// frame is where a drawing has its lines.
type frame struct {
	class                    string
	width, height, font      float64
	left, right, top, bottom float64
	marks                    int // that fit below the axis
}

var (
	wideChart   = frame{"wide", 660, 322, 15, 44, 532, 24, 292, 9}
	narrowChart = frame{"narrow", 360, 280, 13, 36, 248, 20, 254, 4}
)

func (p ChartProps) drawings() []drawing { return []drawing{p.draw(wideChart), p.draw(narrowChart)} }

func (p ChartProps) draw(f frame) drawing {
	id := p.ID + "-" + f.class
	d := drawing{
		Class: "app-chart app-chart--" + f.class, ViewBox: "0 0 " + coordinate(f.width) + " " + coordinate(f.height), FontSize: coordinate(f.font),
		TitleID: id + "-t", DescID: id + "-d",
	}
	step := tick(max(1, slices.Max(append(slices.Concat(p.Scope, p.Plan, p.Done), 1))))
	top := step * 3
	for n := 0; n <= top; n += step {
		y, class := f.y(n, top), "c-grid"
		if n == 0 {
			class = "c-axis"
		}
		d.Grid = append(d.Grid, chartPath{class, "M" + coordinate(f.left) + " " + coordinate(y) + "H" + coordinate(f.right)})
		d.Texts = append(d.Texts, chartText{"c-text", coordinate(f.left - f.font/2), coordinate(y + f.font*0.35), "end", Number(int64(n))})
	}
	every := (len(p.Marks) + f.marks - 1) / f.marks
	for i := 0; i < len(p.Marks); i += max(1, every) {
		d.Texts = append(d.Texts, chartText{"c-text", coordinate(f.x(i, len(p.Marks))), coordinate(f.bottom + f.font*1.5), "middle", p.Marks[i]})
	}
	d.Lines = p.lines(f, top)
	if n := len(p.Done); n > 0 {
		d.DotX, d.DotY, d.DotR = coordinate(f.x(n-1, len(p.Marks))), coordinate(f.y(p.Done[n-1], top)), coordinate(f.font*0.45)
	}
	d.Texts = append(d.Texts, p.labels(f, top)...)
	return d
}

func (p ChartProps) lines(f frame, top int) []chartPath {
	line := func(values []int) string {
		var b strings.Builder
		for i, v := range values {
			b.WriteString(map[bool]string{true: "M", false: "L"}[i == 0])
			b.WriteString(coordinate(f.x(i, len(p.Marks))) + " " + coordinate(f.y(v, top)))
		}
		return b.String()
	}
	var steps strings.Builder
	for i, v := range p.Scope {
		x, y := coordinate(f.x(i, len(p.Marks))), coordinate(f.y(v, top))
		if i == 0 {
			steps.WriteString("M" + x + " " + y)
			continue
		}
		steps.WriteString("H" + x + "V" + y)
	}
	var found []chartPath
	if n := len(p.Done); n > 1 {
		base := coordinate(f.bottom)
		found = append(found, chartPath{"c-area", line(p.Done) + "V" + base + "H" + coordinate(f.left) + "Z"})
	}
	for _, path := range []chartPath{{"c-scope", steps.String()}, {"c-plan", line(p.Plan)}, {"c-ist", line(p.Done)}} {
		if path.D != "" {
			found = append(found, path)
		}
	}
	return found
}

// labels stand at the ends of the lines, apart from each other.
func (p ChartProps) labels(f frame, top int) []chartText {
	type label struct {
		text, class string
		y           float64
	}
	var found []label
	put := func(text, class string, values []int) {
		if text != "" && len(values) > 0 {
			found = append(found, label{text, class, f.y(values[len(values)-1], top)})
		}
	}
	put(p.ScopeLabel, "c-lab", p.Scope)
	put(p.PlanLabel, "c-lab", p.Plan)
	put(p.DoneLabel, "c-lab c-lab--ist", p.Done)
	slices.SortStableFunc(found, func(a, b label) int { return int(math.Copysign(1, a.y-b.y)) })
	for i := 1; i < len(found); i++ {
		found[i].y = max(found[i].y, found[i-1].y+f.font*1.2)
	}
	for i := len(found) - 1; i >= 0; i-- { // back up from the axis
		limit := f.bottom
		if i+1 < len(found) {
			limit = found[i+1].y - f.font*1.2
		}
		found[i].y = min(found[i].y, limit)
	}
	texts := make([]chartText, len(found))
	for i, l := range found {
		texts[i] = chartText{l.class, coordinate(f.right + f.font*0.6), coordinate(l.y + f.font*0.35), "start", l.text}
	}
	return texts
}

func (f frame) x(i, of int) float64 {
	return f.left + (f.right-f.left)*float64(i)/float64(max(1, of-1))
}

func (f frame) y(value, top int) float64 {
	return f.bottom - (f.bottom-f.top)*float64(value)/float64(top)
}

// tick is a round number of which three reach the highest value.
func tick(highest int) int {
	for size := 1; ; size *= 10 {
		for _, step := range []int{1, 2, 5} {
			if step*size*3 >= highest {
				return step * size
			}
		}
	}
}

// coordinate writes a place with a tenth of precision.
func coordinate(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }
