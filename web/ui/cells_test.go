package ui_test

import (
	"strings"
	"testing"

	"rollinportal/web/ui"
)

func TestMatrixCellsEscapeWhatTheyAreGiven(t *testing.T) {
	t.Parallel()
	var s strings.Builder
	cells := []ui.MatrixCell{
		{Sign: "1", Text: `a<b`, Class: "hm-1", First: true},
		{Sign: "✓", Text: "produktiv", Class: "hm-4", URL: `/x?a=1&b="2"`, Age: "<1"},
		{Sign: "2", Text: "Testen", Class: "hm-2", Changed: true, Tick: "16051/wohngeld", TickName: "zellen", Of: "Erfurt, <W>"},
	}
	if err := ui.MatrixCells(cells).Render(t.Context(), &s); err != nil {
		t.Fatal(err)
	}
	want := `<td class="hm hm-1 sep"><span aria-hidden="true">1</span><span class="kern-sr-only">a&lt;b</span></td>` +
		`<td class="hm hm-4"><a href="/x?a=1&amp;b=&#34;2&#34;"><span aria-hidden="true">✓</span><small aria-hidden="true">&lt;1</small><span class="kern-sr-only">produktiv</span></a></td>` +
		`<td class="hm hm-2 hm--new"><label><input type="checkbox" name="zellen" value="16051/wohngeld"><span aria-hidden="true">2</span>` +
		`<span class="kern-sr-only">Erfurt, &lt;W&gt;: Testen</span></label></td>`
	if got := s.String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
