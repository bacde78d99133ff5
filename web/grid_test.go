package web_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"testing"

	"rollinportal/internal/benchdata"
)

// TestTheMatrixStaysSmall: a Land of 100 bodies and 60 services is shown window by window. A hundred times as many
// steps stand around it in make bench; here its size is what counts.
func TestTheMatrixStaysSmall(t *testing.T) {
	t.Parallel()
	p := newBench(t, benchdata.Set{Name: "wide", Lands: []benchdata.Land{{Bodies: 100, Services: 60}}})
	login := benchdata.Coordinator(0)
	for _, path := range []string{"/matrix", "/matrix?seite=3&einheiten=4", "/matrix?seite=3&einheiten=4&ankreuzen=ja", "/matrix?seite=3&einheiten=4&ankreuzen=ja&dauer=ja"} {
		html := p.ask(t, login, path, nil)
		if html.Code != http.StatusOK {
			t.Fatalf("%s: %d", path, html.Code)
		}
		body := html.Body.String()
		if n := strings.Count(body, `<td class="hm `); n != 20*25 {
			t.Errorf("%s has %d cells, want a window of 20 × 25", path, n)
		}
		ticking := strings.Contains(path, "ankreuzen")
		if n := strings.Count(body, "/kommunen/9"); !ticking && n != 25+20*25 {
			t.Errorf("%s has %d links to bodies and checklists, want one for each column and cell", path, n)
		}
		t.Logf("%s: %d KB, compressed %d", path, len(body)>>10, packed(t, body)>>10)
		if kb := len(body) >> 10; kb > 200 {
			t.Errorf("%s has %d KB, want at most 200", path, kb)
		}
		if kb := packed(t, body) >> 10; kb > 30 {
			t.Errorf("%s has %d KB compressed", path, kb)
		}
		want := "Hier: Leistungen 41 bis 60, Einheiten 76 bis 100"
		if path == "/matrix" {
			want = "Hier: Leistungen 1 bis 20, Einheiten 1 bis 25"
		}
		if !strings.Contains(body, want) {
			t.Errorf("%s does not say %q", path, want)
		}
		if n := strings.Count(body, "<form"); n > 5 { // search, leaving, filter, ticks, and a view to keep; none in a cell
			t.Errorf("%s has %d forms", path, n)
		}
	}
	if next := p.ask(t, login, "/matrix?einheiten=9&seite=99&stand=unbekannt&art=x", nil); next.Code != http.StatusOK || !strings.Contains(next.Body.String(), "Keine Anbindung passt") {
		t.Errorf("beyond the last window: %d", next.Code)
	}
}

func packed(t *testing.T, text string) int {
	t.Helper()
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, 1)
	must(t, err)
	_, err = w.Write([]byte(text))
	must(t, err)
	must(t, w.Close())
	return out.Len()
}
