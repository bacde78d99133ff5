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
	filling   map[string]time.Duration
}

func newReport() *report {
	return &report{figures: map[string]figure{}, loads: map[string]map[string]loaded{}, processes: map[string]process{}, filling: map[string]time.Duration{}}
}

func (r *report) note(set benchdata.Set, w work, f figure) { r.figures[set.Name+"/"+w.name] = f }

func (r *report) load(set benchdata.Set, found map[string]loaded) {
	r.loads[set.Name] = found
	r.sets = append(r.sets, set.Name)
}

func (r *report) process(set benchdata.Set, found process) { r.processes[set.Name] = found }

func (r *report) at(set benchdata.Set, name string) figure { return r.figures[set.Name+"/"+name] }

func (r *report) ratio(of, to figure) float64 {
	if to.cpu() == 0 {
		return 0
	}
	return float64(of.cpu()) / float64(to.cpu())
}

func (r *report) growth(from, to string) float64 {
	return r.ratio(r.at(benchdata.Hundred, to), r.at(benchdata.Once, from))
}

func (r *report) against(name, yardstick string, set benchdata.Set) float64 {
	return r.ratio(r.at(set, name), r.at(set, yardstick))
}

// line is a row of the table: what was measured, and what it may be at most, or has to be at least.
type line struct {
	what            string
	measured, limit float64
	least           bool
}

func (l line) verdict() string {
	switch {
	case l.measured == 0:
		return "nicht gemessen"
	case l.least && l.measured < l.limit:
		return "**zu wenig**"
	case !l.least && l.measured > l.limit:
		return "**zu viel**"
	}
	return "hält"
}

// lines are the ratios of issue 5.
func (r *report) lines() []line {
	found := []line{
		{"Checkliste mit 35 Schritten, solange sich nichts ändert ÷ nackte Seite", r.against(checklist, barePage, benchdata.Once), 2.5, false},
		{"Checkliste mit 35 Schritten, erster Blick nach einer Änderung ÷ nackte Seite", r.against(checklistNew, barePage, benchdata.Once), 2.5, false},
		{"Checkliste, Wachstum 100× ÷ 1×", r.growth(checklist, checklist), 1.25, false},
		{"Checkliste nach einer Änderung, Wachstum 100× ÷ 1×", r.growth(checklistNew, checklistNew), 1.25, false},
		{"Startseite einer Kommune, Wachstum 100× ÷ 1×", r.growth(townStart, townStart), 1.5, false},
		{"Lagebild 22 × 20, solange sich nichts ändert ÷ nackte Seite", r.against(lagebild, barePage, benchdata.Once), 6, false},
		{"Lagebild 22 × 20, erster Blick nach einer Änderung ÷ nackte Seite", r.against(lagebildNew, barePage, benchdata.Once), 6, false},
		{"Lagebild, Wachstum, Land mit 22 Einheiten in 100×", r.growth(lagebild, lagebild), 1.5, false},
		{"Lagebild nach einer Änderung, Wachstum, Land mit 22 Einheiten in 100×", r.growth(lagebildNew, lagebildNew), 1.5, false},
		{"Lagebild, Wachstum, größtes Land in 100×", r.growth(lagebild, lagebildAll), 15, false},
		{"Matrix 22 × 20, solange sich nichts ändert ÷ dasselbe Raster aus einer Abfrage", r.against(matrix, bareGrid, benchdata.Once), 2, false},
		{"Matrix 22 × 20, erster Blick nach einer Änderung ÷ dasselbe Raster aus einer Abfrage", r.against(matrixNew, bareGrid, benchdata.Once), 2, false},
		{"Matrix, Wachstum, Land mit 22 Einheiten in 100×", r.growth(matrix, matrix), 1.5, false},
		{"Matrix nach einer Änderung, Wachstum, Land mit 22 Einheiten in 100×", r.growth(matrixNew, matrixNew), 1.5, false},
		{"Matrix, Wachstum, größtes Land in 100× (ein Fenster)", r.growth(matrix, matrixAll), 1.5, false},
		{"Matrix nach einer Änderung, Wachstum, größtes Land in 100× (ein Fenster)", r.growth(matrixNew, matrixAllNew), 1.5, false},
		{"Aufgabe ändern ÷ nacktes Schreiben", r.against(stepUpdate, bareWrite, benchdata.Once), 2, false},
		{"Aufgabe ändern, Wachstum 100× ÷ 1×", r.growth(stepUpdate, stepUpdate), 1.5, false},
		{"Aufgabe ändern ÷ nacktes Schreiben, Durchsatz bei 8 Verbindungen", r.throughput(stepUpdate, bareWrite, benchdata.Once), 0.5, true},
	}
	for _, set := range []benchdata.Set{benchdata.Once, benchdata.Hundred} {
		limit := map[string]float64{benchdata.Once.Name: 64, benchdata.Hundred.Name: 128}[set.Name]
		found = append(found,
			line{"Speicher nach dem Lauf, MiB, " + set.Name, float64(r.processes[set.Name].memory) / 1024, limit, false},
			line{"Start bis zur ersten Antwort, s, " + set.Name, r.processes[set.Name].start.Seconds(), 1, false},
			line{"Daten anlegen, s, " + set.Name, r.filling[set.Name].Seconds(), 120, false})
	}
	return found
}

// throughput compares what two works got done at once.
func (r *report) throughput(of, to string, set benchdata.Set) float64 {
	if r.loads[set.Name][to].perSecond == 0 {
		return 0
	}
	return r.loads[set.Name][of].perSecond / r.loads[set.Name][to].perSecond
}

func (r *report) write(b testing.TB, path string) {
	var s strings.Builder
	fmt.Fprintf(&s, "# Messung vom %s\n\n", time.Now().Format("02.01.2006, 15:04"))
	fmt.Fprintf(&s, "%s, %d Kerne, %s. CPU-Zeit je Anfrage: Portal und Datenbank zusammen.\n\n", cpuModel(), runtime.NumCPU(), runtime.Version())
	s.WriteString("| Verhältnis | gemessen | höchstens, mindestens | |\n|---|---:|---:|---|\n")
	for _, l := range r.lines() {
		fmt.Fprintf(&s, "| %s | %.2f | %.2f | %s |\n", l.what, l.measured, l.limit, l.verdict())
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
