package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/onboarding"
	"rollinportal/web/ui"
)

var boxes = regexp.MustCompile(`name="zellen" value="([^"]*)"`)

// TestACoordinatorTicksCellsActsAndTakesItBack is scenario 1: filter, tick nine, preview, eight change, one is left out
// with its reason, the matrix marks the eight, and the undo leads back to it.
func TestACoordinatorTicksCellsActsAndTakesItBack(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.finishLandStep(t, "wohngeld", "l_guide")
	const view = "leistung=wohngeld&stand=nicht-begonnen"
	html := p.ask(t, "land", "/matrix?"+view+"&ankreuzen=ja", nil).Body.String()
	var ticked []string
	for _, match := range boxes.FindAllStringSubmatch(html, -1) {
		ticked = append(ticked, match[1])
	}
	if len(ticked) != 22 || !strings.Contains(html, "Weimar, Wohngeld: noch nicht begonnen") {
		t.Fatalf("%d boxes", len(ticked))
	}
	if plain := p.ask(t, "redaktion", "/matrix?"+view+"&ankreuzen=ja", nil).Body.String(); boxes.MatchString(plain) {
		t.Error("who may not act is offered boxes")
	}
	ticked = ticked[:9]
	body, _, _ := strings.Cut(ticked[4], "/")
	must(t, onboarding.NewService(p.DB).ChangeStep(t.Context(), p.As(t, "k"+body), body, "wohngeld", "k_kickoff", onboarding.StepInput{Version: 1, To: onboarding.Done, Evidence: "Akte"}))

	form := url.Values{"zellen": ticked, "ansicht": {view}}
	w := p.ask(t, "land", "/sammelaenderungen/auswahl", form)
	if html = w.Body.String(); w.Code != http.StatusOK || !strings.Contains(html, "9 Zellen angekreuzt") || !strings.Contains(html, `value="k_kickoff"`) || !strings.Contains(html, "1 von 9") {
		t.Fatalf("choose: %d: %s", w.Code, html)
	}
	form.Set("to", "done")
	form.Set("evidence", "Auftaktrunde")
	form.Set("on", ui.Date(time.Now()))
	if w = p.ask(t, "land", "/sammelaenderungen/vorschau", form); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Wählen Sie die Aufgabe.") || !strings.Contains(w.Body.String(), "Auftaktrunde") {
		t.Errorf("no step chosen: %d", w.Code)
	}
	form.Set("schritt", "k_kickoff")
	before := p.digest(t)
	w = p.ask(t, "land", "/sammelaenderungen/vorschau", form)
	preview := w.Body.String()
	if w.Code != http.StatusOK || p.digest(t) != before || !strings.Contains(preview, ">8 ändern<") || !strings.Contains(preview, "1 ausgelassen") || !strings.Contains(preview, "Steht schon auf „Erledigt“.") {
		t.Fatalf("preview: %d: %s", w.Code, preview)
	}
	form = url.Values{"id": {hidden(t, preview, "id")}, "steps": ticks(t, preview, -1), "to": {"done"}, "evidence": {"Auftaktrunde"}, "on": form["on"], "ansicht": {strings.NewReplacer("&amp;", "&").Replace(hidden(t, preview, "ansicht"))}}
	w = p.ask(t, "land", "/sammelaenderungen", form)
	to := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/matrix?") || !strings.Contains(to, "leistung=wohngeld") || !strings.Contains(to, "sammelaenderung=1") {
		t.Fatalf("change: %d to %s", w.Code, to)
	}
	html = p.ask(t, "land", to, nil).Body.String()
	if n := strings.Count(html, "hm--new"); n != 8 || !strings.Contains(html, "8 Aufgaben geändert") || !strings.Contains(html, "Rückgängig machen") {
		t.Errorf("%d cells are marked", n)
	}
	for login, why := range map[string]string{"redaktion": "who did not act may not undo", "tlrz": "another organisation's batch", "k16051": "another organisation's batch"} {
		if html := p.ask(t, login, to, nil).Body.String(); strings.Contains(html, "Rückgängig machen") || login != "redaktion" && strings.Contains(html, "hm--new") {
			t.Errorf("%s: %s", login, why)
		}
	}
	w = p.ask(t, "land", "/sammelaenderungen/1/rueckgaengig", url.Values{"ansicht": {view}})
	if to = w.Header().Get("Location"); w.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/matrix?leistung=wohngeld") {
		t.Fatalf("undo: %d to %s", w.Code, to)
	}
	if html = p.ask(t, "land", "/matrix?"+view+"&sammelaenderung=1", nil).Body.String(); strings.Contains(html, "hm--new") {
		t.Error("what was undone is still marked")
	}
}

func TestTickedCellsAreChecked(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	before := p.digest(t)
	for name, c := range map[string]struct {
		form   url.Values
		status int
		says   string
	}{
		"nothing":       {url.Values{"ansicht": {"leistung=wohngeld"}}, http.StatusUnprocessableEntity, "mindestens eine Zelle"},
		"a row":         {url.Values{"zeilen": {"16051,16052/wohngeld"}, "zellen": {"16051/wohngeld"}}, http.StatusOK, "2 Zellen angekreuzt"},
		"forged":        {url.Values{"zellen": {"x"}}, http.StatusUnprocessableEntity, "beschädigt"},
		"another Land":  {url.Values{"zellen": {"99001/wohngeld"}}, http.StatusOK, "keine Aufgabe"},
		"over 500":      {url.Values{"zeilen": {"1" + manyBodies(520) + "/wohngeld"}}, http.StatusUnprocessableEntity, "mehr als 500 Aufgaben"},
		"a broken view": {url.Values{"zellen": {"16051/wohngeld"}, "ansicht": {"%zz"}}, http.StatusOK, `href="/matrix"`},
	} {
		w := p.ask(t, "land", "/sammelaenderungen/auswahl", c.form)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s: %d: %s", name, w.Code, w.Body)
		}
	}
	if p.digest(t) != before {
		t.Error("choosing changed something")
	}
}

func manyBodies(n int) string {
	var s strings.Builder
	for i := range n {
		s.WriteString("," + strings.Repeat("9", i%7+1) + string(rune('a'+i%26)) + strings.Repeat("x", i/26))
	}
	return s.String()
}

// TestTheMatrixIsATable: a file holds every row and column of the filter, in the order on the page, and no formula.
func TestTheMatrixIsATable(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.rollinOf(t, "land", "tmsgaf", "elterngeld")
	w := p.ask(t, "land", "/matrix/tabelle.csv?art=kreisfrei&zeilen=name", nil)
	lines := strings.Split(strings.TrimSpace(w.Body.String()), "\r\n")
	if w.Code != http.StatusOK || len(lines) != 3 || !strings.HasPrefix(lines[0], "\ufeffThemenfeld;Leistung;") || strings.Count(lines[0], ";") != 6 || !strings.Contains(lines[1], "Elterngeld") {
		t.Errorf("%d: %q", w.Code, lines)
	}
	if got := w.Header().Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") {
		t.Errorf("shown as %q", got)
	}
	town := p.ask(t, "k16051", "/matrix/tabelle.csv", nil).Body.String()
	if head, _, _ := strings.Cut(town, "\r\n"); strings.Count(head, ";") != 2 || !strings.Contains(head, "Erfurt") {
		t.Errorf("a town takes along %q", head)
	}
	if w = p.ask(t, "land", "/matrix/tabelle.xlsx", nil); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "PK") {
		t.Errorf("workbook: %d", w.Code)
	}
}

// TestColumnsAndGroupsStandInTheURL: which bodies are shown, and how they and the services are grouped.
func TestColumnsAndGroupsStandInTheURL(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	for path, want := range map[string][]string{
		"/matrix":                                 {">Kreisfreie Städte</th>", ">Landkreise</th>", "in 22 Einheiten"},
		"/matrix?einheit=16051&einheit=16055":     {"in 2 Einheiten", "2 Einheiten ausgewählt", `value="16055" checked`, "einheit=16051%2C16055"},
		"/matrix?spalten=name&zeilen=name":        {">Einheiten von A bis Z</th>", ">Leistungen von A bis Z</th>"},
		"/matrix?leistung=wohngeld&spalten=welle": {">Ohne Welle</th>"},
		"/matrix?spalten=welle":                   {">Landkreise</th>"},
		"/matrix?einheit=99001":                   {"Keine Anbindung passt"},
		"/matrix?dauer=ja":                        {`<small aria-hidden="true">0` + "\u00a0" + `T</small>`, "T: Tage", "dauer=ja"},
	} {
		w := p.ask(t, "land", path, nil)
		for _, words := range want {
			if !strings.Contains(w.Body.String(), words) {
				t.Errorf("%s: %d without %q", path, w.Code, words)
			}
		}
	}
}

// TestAPreviewStandsInTheOrderOfTheMatrix: kreisfreie Städte first, each kind by its German names, not by keys.
func TestAPreviewStandsInTheOrderOfTheMatrix(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.finishLandStep(t, "wohngeld", "l_guide")
	form := url.Values{"zellen": {"16061/wohngeld", "16077/wohngeld", "16055/wohngeld", "16068/wohngeld", "16051/wohngeld", "16072/wohngeld"}, "schritt": {"k_kickoff"}, "to": {"in_progress"}, "ansicht": {""}}
	w := p.ask(t, "land", "/sammelaenderungen/vorschau", form)
	var order []string
	for _, match := range regexp.MustCompile(`/kommunen/(\d+)/leistungen/wohngeld/aufgaben/k_kickoff">([^<]+)<`).FindAllStringSubmatch(w.Body.String(), -1) {
		order = append(order, match[2])
	}
	if got := strings.Join(order, ", "); got != "Erfurt, Weimar, Altenburger Land, Eichsfeld, Sömmerda, Sonneberg" {
		t.Errorf("%d: %s", w.Code, got)
	}
}

// TestAWholeWindowOfTheMatrixCanBeTicked: rows of 22 bodies are more than a hundred cells, and no dead end.
func TestAWholeWindowOfTheMatrixCanBeTicked(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	var cells []string
	for _, slug := range []string{"wohngeld", "elterngeld", "fuehrerschein", "einbuergerung", "aufenthaltstitel"} {
		for n := range 22 {
			cells = append(cells, strconv.Itoa(16051+n)+"/"+slug)
		}
	}
	w := p.ask(t, "land", "/sammelaenderungen/auswahl", url.Values{"zellen": cells, "ansicht": {""}})
	if html := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(html, "110 Zellen angekreuzt") || !strings.Contains(html, `value="k_kickoff"`) {
		t.Errorf("110 cells: %d", w.Code)
	}
	for n := range 400 {
		cells = append(cells, "16051/x"+strconv.Itoa(n))
	}
	w = p.ask(t, "land", "/sammelaenderungen/auswahl", url.Values{"zellen": cells, "ansicht": {""}})
	if html := w.Body.String(); w.Code != http.StatusUnprocessableEntity || !strings.Contains(html, "mehr als 500 Aufgaben") || strings.Contains(html, "keine Aufgabe, die Sie ändern können") {
		t.Errorf("510 cells: %d", w.Code)
	}
}

// TestAViewIsKeptSharedAndForgotten follows the forms; what was typed stays after an error.
func TestAViewIsKeptSharedAndForgotten(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	const list = "/matrix/ansichten"
	w := p.ask(t, "land", list+"?ansicht="+url.QueryEscape("leistung=wohngeld&stand=anbinden"), nil)
	form := url.Values{"id": {hidden(t, w.Body.String(), "id")}, "ansicht": {"leistung=wohngeld&stand=anbinden"}, "name": {""}, "shared": {"1"}}
	if w = p.ask(t, "land", list, form); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Geben Sie der Ansicht einen Namen.") || !strings.Contains(w.Body.String(), "stand=anbinden") {
		t.Errorf("no name: %d", w.Code)
	}
	form.Set("name", "Wohngeld, Technik")
	for range 2 { // a double click
		if w = p.ask(t, "land", list, form); w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/matrix?leistung=wohngeld") {
			t.Fatalf("save: %d to %s", w.Code, w.Header().Get("Location"))
		}
	}
	if html := p.ask(t, "land", list, nil).Body.String(); !strings.Contains(html, "Leistung: Wohngeld · Stand: Anbinden · Zeilen nach Themenfeld · Spalten nach Art der Einheit") {
		t.Error("it does not say what the view keeps")
	}
	if html := p.ask(t, "redaktion", list, nil).Body.String(); !strings.Contains(html, "geteilt von Anna Ahlendorf") {
		t.Error("a colleague does not read whose it is")
	}
	for login, want := range map[string]bool{"land": true, "redaktion": true, "tmdi-referat": false, "k16051": false} {
		if got := strings.Contains(p.ask(t, login, "/matrix", nil).Body.String(), "Wohngeld, Technik"); got != want {
			t.Errorf("%s reads the view: %v", login, got)
		}
	}
	if html := p.ask(t, "redaktion", list, nil).Body.String(); strings.Contains(html, "Löschen") {
		t.Error("a colleague is offered to delete it")
	}
	edit := list + "/" + form.Get("id")
	if w = p.ask(t, "land", edit, url.Values{"version": {"1"}, "name": {"Technik"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("change: %d", w.Code)
	}
	if w = p.ask(t, "land", edit, url.Values{"version": {"1"}, "name": {"Alt"}}); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Sie heißt jetzt „Technik“") || !strings.Contains(w.Body.String(), `value="Alt"`) {
		t.Errorf("an old page: %d", w.Code)
	}
	if strings.Contains(p.ask(t, "redaktion", "/matrix", nil).Body.String(), "Technik<") {
		t.Error("what is shared no longer is still there")
	}
	if w = p.ask(t, "land", edit+"/loeschen", url.Values{"version": {"2"}}); w.Code != http.StatusSeeOther || strings.Contains(p.ask(t, "land", list, nil).Body.String(), "Technik<") {
		t.Errorf("delete: %d", w.Code)
	}
}

// TestAViewSurvivesWhatItFiltersBy: a service that is gone leaves an empty matrix that says why, and a way out.
func TestAViewSurvivesWhatItFiltersBy(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	const list, query = "/matrix/ansichten", "leistung=gibt-es-nicht&einheit=16051"
	if w := p.ask(t, "land", list, url.Values{"id": {uuid.NewString()}, "ansicht": {query}, "name": {"Alt"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("save: %d", w.Code)
	}
	if html := p.ask(t, "land", list, nil).Body.String(); !strings.Contains(html, "Leistung: „gibt-es-nicht“ (gibt es hier nicht mehr) · Nur Erfurt") {
		t.Error("the list does not say what is gone")
	}
	w := p.ask(t, "land", "/matrix?"+query, nil)
	if html := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(html, "Leistung: „gibt-es-nicht“ (gibt es hier nicht)") || !strings.Contains(html, "Keine Anbindung passt") {
		t.Errorf("the matrix: %d", w.Code)
	}
}

// TestSumsOfTheMatrixHaveTheirLists: what stands behind a row, a column and the whole is what the list counts; where the
// window leaves something out that the list would name, there is no sum.
func TestSumsOfTheMatrixHaveTheirLists(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.rollinOf(t, "land", "tmsgaf", "elterngeld")
	conn, err := pgx.Connect(t.Context(), p.AdminURL)
	must(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), `UPDATE portal.onboarding SET state = 'live', live_on = current_date WHERE org_id IN (SELECT org_id FROM portal.organisation WHERE key IN ('16051', '16052'))`)
	must(t, err)
	sums := regexp.MustCompile(`(?:<td class="[^"]*">|<span class="app-slashed"><span>)\s*<a href="(/roll-in\?[^"]*stand=produktiv[^"]*)">\s*([0-9]+)<`)
	for _, login := range []string{"land", "tmdi-referat", "tlrz"} {
		found := sums.FindAllStringSubmatch(p.ask(t, login, "/matrix", nil).Body.String(), -1)
		if login == "land" && len(found) != 2+2+1 {
			t.Errorf("%s: %d sums, want those of two rows, two columns and all: %v", login, len(found), found)
		}
		for _, match := range found {
			path := strings.ReplaceAll(match[1], "&amp;", "&")
			if got := p.total(t, login, path); got != match[2] {
				t.Errorf("%s: %s lists %s, the matrix says %s", login, path, got, match[2])
			}
		}
	}
	for path, want := range map[string]int{"/matrix?leistung=wohngeld": 1, "/matrix?art=kreisfrei": 0, "/matrix?einheit=16051,16055": 0} {
		if found := sums.FindAllString(p.ask(t, "land", path, nil).Body.String(), -1); len(found) != want {
			t.Errorf("%s has %d sums, want %d", path, len(found), want)
		}
	}
}
