package web_test

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/benchdata"
)

// report collects what a run measured and compares it with what issue 5 asks for.
type report struct {
	sets      []string
	figures   map[string]figure // by set and work
	loads     map[string]map[string]loaded
	processes map[string]process
}

func newReport() *report {
	return &report{figures: map[string]figure{}, loads: map[string]map[string]loaded{}, processes: map[string]process{}}
}

func (r *report) note(set benchdata.Set, w work, f figure) { r.figures[set.Name+"/"+w.name] = f }

func (r *report) load(set benchdata.Set, found map[string]loaded) {
	r.loads[set.Name] = found
	r.sets = append(r.sets, set.Name)
}

func (r *report) process(set benchdata.Set, found process) { r.processes[set.Name] = found }

func (r *report) at(set benchdata.Set, name string) figure { return r.figures[set.Name+"/"+name] }

func (r *report) ratio(of, to figure) float64 { return float64(of.cpu()) / float64(to.cpu()) }

func (r *report) growth(from, to string) float64 {
	return r.ratio(r.at(benchdata.Hundred, to), r.at(benchdata.Once, from))
}

func (r *report) against(name, yardstick string, set benchdata.Set) float64 {
	return r.ratio(r.at(set, name), r.at(set, yardstick))
}

// line is a row of the table: what was measured, and what it may be at most.
type line struct {
	what            string
	measured, limit float64
}

// lines are the ratios of issue 5.
func (r *report) lines() []line {
	return []line{
		{"Checkliste mit 35 Schritten ÷ nackte Seite", r.against(checklist, barePage, benchdata.Once), 2.5},
		{"Checkliste, Wachstum 100× ÷ 1×", r.growth(checklist, checklist), 1.25},
		{"Startseite einer Kommune, Wachstum 100× ÷ 1×", r.growth(townStart, townStart), 1.5},
		{"Lagebild 22 × 20 ÷ nackte Seite", r.against(lagebild, barePage, benchdata.Once), 6},
		{"Lagebild, Wachstum, Land mit 22 Einheiten in 100×", r.growth(lagebild, lagebild), 1.5},
		{"Lagebild, Wachstum, größtes Land in 100×", r.growth(lagebild, lagebildAll), 15},
		{"Matrix, Wachstum, Land mit 22 Einheiten in 100×", r.growth(matrix, matrix), 1.5},
		{"Matrix, Wachstum, größtes Land in 100× (ein Fenster)", r.growth(matrix, matrixAll), 1.5},
		{"Aufgabe ändern ÷ nacktes Schreiben", r.against(stepUpdate, bareWrite, benchdata.Once), 2},
		{"Aufgabe ändern, Wachstum 100× ÷ 1×", r.growth(stepUpdate, stepUpdate), 1.5},
	}
}

func (r *report) write(b testing.TB, path string) {
	var s strings.Builder
	fmt.Fprintf(&s, "# Messung vom %s\n\n", time.Now().Format("02.01.2006, 15:04"))
	fmt.Fprintf(&s, "%s, %d Kerne, %s. CPU-Zeit je Anfrage: Portal und Datenbank zusammen.\n\n", cpuModel(), runtime.NumCPU(), runtime.Version())
	s.WriteString("| Verhältnis | gemessen | höchstens | |\n|---|---:|---:|---|\n")
	for _, l := range r.lines() {
		verdict := "hält"
		if l.measured > l.limit {
			verdict = "**zu viel**"
		}
		fmt.Fprintf(&s, "| %s | %.2f | %.2f | %s |\n", l.what, l.measured, l.limit, verdict)
	}
	for _, set := range []benchdata.Set{benchdata.Once, benchdata.Ten, benchdata.Hundred} {
		if slices.Contains(r.sets, set.Name) {
			r.writeSet(&s, set)
		}
	}
	must(b, os.WriteFile(path, []byte(s.String()), 0o644))
}

// writeSet lists every figure of a set.
func (r *report) writeSet(s *strings.Builder, set benchdata.Set) {
	fmt.Fprintf(s, "\n## %s: %d Länder, %d Schritte der Einheiten\n\n", set.Name, len(set.Lands), set.Steps())
	s.WriteString("| Anfrage | Portal µs | Datenbank µs | zusammen µs | Anweisungen | KB | bei 8 Verbindungen je s | Median | 99 % |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n")
	for _, w := range works {
		f, measured := r.figures[set.Name+"/"+w.name]
		if !measured {
			continue
		}
		fmt.Fprintf(s, "| %s | %d | %d | %d | %d | %.0f | ", w.name, f.portal.Microseconds(), f.database.Microseconds(), f.cpu().Microseconds(), f.statements, float64(f.bytes)/1024)
		if l, found := r.loads[set.Name][w.name]; found {
			fmt.Fprintf(s, "%.0f | %.1f ms | %.1f ms |\n", l.perSecond, l.median.Seconds()*1e3, l.p99.Seconds()*1e3)
		} else {
			s.WriteString("– | – | – |\n")
		}
	}
	if p, found := r.processes[set.Name]; found {
		fmt.Fprintf(s, "\nDas Programm selbst: erste Antwort nach %d ms, nach dem Lauf %d MiB Speicher.\n", p.start.Milliseconds(), p.memory/1024)
	}
}

func cpuModel() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, found := strings.CutPrefix(line, "model name"); found {
			return strings.TrimSpace(strings.TrimLeft(name, "\t :"))
		}
	}
	return runtime.GOARCH
}
