package web_test

import (
	"flag"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/benchdata"
)

var (
	reportTo  = flag.String("report", "", "write the table of measured ratios to this file")
	portalBin = flag.String("portal", "", "the portal's binary, to measure its start and memory")
	benchSets = flag.String("sets", "1x,10x,100x", "which sets of data to fill and measure")
)

// BenchmarkPortal measures pages and writes over 1, 10 and 100 times the data of a Land, beside the bare page and the
// bare write (bench_bare_test.go) in the same run. Its figure is CPU time, of the portal and of its database together:
// a busy machine makes a request slower, but not more work. The table that issue 5 asks for goes to -report.
//
//	make bench
func BenchmarkPortal(b *testing.B) {
	r := newReport()
	for _, set := range []benchdata.Set{benchdata.Once, benchdata.Ten, benchdata.Hundred} {
		if !slices.Contains(strings.Split(*benchSets, ","), set.Name) {
			continue
		}
		p := newBench(b, set)
		r.filling[set.Name] = p.filled
		for _, w := range works {
			if w.land >= len(set.Lands) {
				continue
			}
			b.Run(set.Name+"/"+w.name, func(b *testing.B) { r.note(set, w, p.bench(b, w)) })
		}
		r.load(set, p.loadAll(b))
		if set.Name == benchdata.Hundred.Name {
			b.Run(set.Name+"/plans", p.checkPlans)
		}
		if *portalBin != "" {
			r.process(set, p.startBinary(b, *portalBin))
		}
	}
	if *reportTo != "" {
		r.write(b, *reportTo)
	}
}

// work is something that a person asks of the portal.
type work struct {
	name  string
	land  int // whose person asks; 1 is the largest Land of the larger sets
	town  bool
	path  string
	write bool
	first bool // look since something changed; without it, nothing has
}

// name of works that the report asks for.
const (
	barePage     = "bare-page"
	bareWrite    = "bare-write"
	checklist    = "checklist"
	checklistNew = "checklist-after-a-change"
	lagebild     = "lagebild"
	lagebildNew  = "lagebild-after-a-change"
	lagebildAll  = "lagebild-of-the-largest"
	bareGrid     = "bare-grid"
	matrix       = "matrix"
	matrixNew    = "matrix-after-a-change"
	matrixAll    = "matrix-of-the-largest"
	matrixAllNew = "matrix-of-the-largest-after-a-change"
	stepUpdate   = "step-update"
	townStart    = "start-of-a-town"
)

var works = []work{
	{name: barePage, path: "/bench/page"},
	{name: checklist, town: true, path: "/kommunen/90000/leistungen/bench-000"},
	{name: checklistNew, town: true, path: "/kommunen/90000/leistungen/bench-000", first: true},
	{name: lagebild, path: "/lagebild"},
	{name: lagebildNew, path: "/lagebild", first: true},
	{name: lagebildAll, land: 1, path: "/lagebild"},
	{name: bareGrid, path: "/bench/grid"},
	{name: matrix, path: "/matrix"},
	{name: matrixNew, path: "/matrix", first: true},
	{name: matrixAll, land: 1, path: "/matrix"},
	{name: matrixAllNew, land: 1, path: "/matrix", first: true},
	{name: townStart, town: true, path: "/aufgaben"},
	{name: "tasks", path: "/aufgaben?status=ueberfaellig"},
	{name: "onboardings", path: "/roll-in"},
	{name: "services", path: "/leistungen"},
	{name: "bodies", path: "/kommunen"},
	{name: "waiting", path: "/wartet-auf"},
	{name: "report", path: "/bericht"},
	{name: bareWrite, town: true, path: "/bench/write", write: true},
	{name: stepUpdate, town: true, path: stepPath(0), write: true},
}

// stepPath is a step of the first body, of its checklist for the n-th service.
func stepPath(n int) string {
	return "/kommunen/" + benchdata.BodyKey(0) + "/leistungen/" + benchdata.ServiceSlug(n) + "/aufgaben/k_02"
}

func (w work) login() string {
	if w.town {
		return benchdata.BodyCoordinator(w.land)
	}
	return benchdata.Coordinator(w.land)
}

// wants is the status of the answer.
func (w work) wants() int {
	if w.write {
		return http.StatusSeeOther
	}
	return http.StatusOK
}

// bench measures one work after another, without a network.
func (p *bench) bench(b *testing.B, w work) figure {
	ask := p.asker(b, w)
	for range 20 { // Postgres settles on its plans, Go on its heap
		ask()
	}
	var last *httptest.ResponseRecorder
	b.ReportAllocs()
	from := p.meter.read(b)
	for b.Loop() {
		if last = ask(); last.Code != w.wants() {
			b.Fatalf("%s: %d\n%s", w.path, last.Code, last.Body)
		}
	}
	f := p.meter.read(b).since(from, b.N)
	if w.first {
		f.portal -= p.costOfChange(b, w.land)
	}
	p.counter.reset()
	f.statements, f.bytes = 0, last.Body.Len()
	ask()
	f.statements = len(p.counter.counted())
	b.ReportMetric(f.portal.Seconds()*1e6, "portal-µs/op")
	b.ReportMetric(f.database.Seconds()*1e6, "database-µs/op")
	b.ReportMetric(float64(f.statements), "statements/op")
	b.ReportMetric(float64(f.bytes)/1024, "KB/op")
	return f
}

// asker returns what asks the portal once. A write moves its step to and fro.
func (p *bench) asker(b testing.TB, w work) func() *httptest.ResponseRecorder {
	switch {
	case w.first:
		return func() *httptest.ResponseRecorder {
			p.change(b, w.land)
			return p.ask(b, w.login(), w.path, nil)
		}
	case !w.write:
		return func() *httptest.ResponseRecorder { return p.ask(b, w.login(), w.path, nil) }
	case w.name == bareWrite:
		return func() *httptest.ResponseRecorder { return p.ask(b, w.login(), w.path, url.Values{}) }
	}
	return func() *httptest.ResponseRecorder { return p.ask(b, w.login(), w.path, p.movers[0].form()) }
}

// today is the day for which all sets are made.
var today = time.Now()
