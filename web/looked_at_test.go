package web_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	nethtml "golang.org/x/net/html"

	"rollinportal/internal/dashboard"
	"rollinportal/web/ui"
)

var (
	bodyPage  = regexp.MustCompile(`^/kommunen/\d{5}(/profil)?$`)
	tasksPage = regexp.MustCompile(`^/kommunen/\d{5}/leistungen/[^/]+$`)
	listTotal = regexp.MustCompile(`id="ergebnis">([0-9.]+)`)
	// figureText is a link that is nothing but a number, with what it counts at most.
	figureText  = regexp.MustCompile(`^[+−]?([0-9.]+)(?: (?:Leistung|Einheit|Kommune|Anbindung|Aufgabe|Hürde|Auflage|Vorgang|Vorgänge|Antwort|überfällig).*|( von [0-9.]+).*)?$`)
	wholeList   = regexp.MustCompile(`^Alle (?:ansehen \()?([0-9.]+)`)
	leading     = regexp.MustCompile(`^(unter )?([0-9.]+)`)
	affectsText = regexp.MustCompile(`betrifft ([0-9.]+) Einheit`)
	comingText  = regexp.MustCompile(`([0-9.]+) Anmeldung`)
	together    = regexp.MustCompile(`^Zusammen\s+([0-9.]+)`)
	trendText   = regexp.MustCompile(`^(?:([0-9.]+) (mehr|weniger) als|wie) am `)
)

// look opens a page.
func (p *portal) look(t *testing.T, login, path string) lookedAt {
	t.Helper()
	w := p.ask(t, login, path, nil)
	if w.Code != http.StatusOK {
		t.Fatalf("%s as %s: %d", path, login, w.Code)
	}
	doc, err := nethtml.Parse(w.Body)
	must(t, err)
	return lookedAt{cascadia.Query(doc, cascadia.MustCompile("main"))}
}

// lookedAt is the main part of a page.
type lookedAt struct{ main *nethtml.Node }

func (l lookedAt) all(selector string) []*nethtml.Node {
	return cascadia.QueryAll(l.main, cascadia.MustCompile(selector))
}

// figures returns the numbers that are links, by address.
func (l lookedAt) figures() map[string]string {
	found := map[string]string{}
	for _, a := range l.all("a[href]") {
		url := attribute(a, "href")
		for _, pattern := range []*regexp.Regexp{figureText, wholeList} {
			if match := pattern.FindStringSubmatch(visible(a)); match != nil && !within(a, ordinal) {
				found[url] = match[1] + strings.Join(match[2:], "")
			}
		}
	}
	for _, row := range l.all(".app-row") { // an obstacle, whose page names whom it affects
		affects := affectsText.FindStringSubmatch(visible(row))
		if a := cascadia.Query(row, cascadia.MustCompile("a[href^='/huerden/']")); a != nil && affects != nil {
			found[attribute(a, "href")+"#betroffen"] = affects[1]
		}
		coming := comingText.FindStringSubmatch(visible(row)) // an event, whose page names who registered
		if a := cascadia.Query(row, cascadia.MustCompile("a[href^='/termine/']")); a != nil && coming != nil {
			found[attribute(a, "href")+"#anmeldungen"] = coming[1]
		}
	}
	for _, tile := range l.all(".app-kpi") {
		value := leading.FindStringSubmatch(visible(cascadia.Query(tile, cascadia.MustCompile(".app-kpi__value"))))
		if a := cascadia.Query(tile, cascadia.MustCompile(".app-kpi__label a")); a != nil && value != nil {
			found[attribute(a, "href")] = value[0]
		}
		if a := cascadia.Query(tile, cascadia.MustCompile(".app-kpi__trend a")); a != nil && value != nil {
			found[attribute(a, "href")] = before(value[2], trendText.FindStringSubmatch(visible(a)))
		}
	}
	for _, trend := range l.all(".app-trend") { // the same without a tile
		now := together.FindStringSubmatch(visible(trend))
		if links := cascadia.QueryAll(trend, cascadia.MustCompile("a")); len(links) > 0 {
			last := links[len(links)-1]
			found[attribute(last, "href")] = before(now[1], trendText.FindStringSubmatch(visible(last)))
		}
	}
	return found
}

// before is the figure from which a trend leads to the one of today.
func before(now string, trend []string) string {
	whole := func(s string) int {
		n, _ := strconv.Atoi(strings.ReplaceAll(s, ".", ""))
		return n
	}
	if trend == nil {
		return "no trend"
	}
	if trend[2] == "mehr" {
		return ui.Number(int64(whole(now) - whole(trend[1])))
	}
	return ui.Number(int64(whole(now) + whole(trend[1])))
}

// A number that counts records is a link, or it stands in one of these places, each with its reason.
var (
	counts = regexp.MustCompile(`\([1-9]\d*\)|\b[1-9](-mal|[\d.]* (von|Anbindung|Aufgabe|Leistung|Einheit|Kommune|Hürde|Auflage|Entscheidung|Vorg[aä]ng|Frage|Anmeldung|Antwort|Eintr[aä]g|Person|Organisation|Treffer|Dokument|Termin|Runde|Umfrage|Frist|überfällig|produktiv|verschoben|pausiert|blockiert|mehr|weniger))|von [1-9]`)
	number = regexp.MustCompile(`^[+−]?[0-9.]*[1-9][0-9.]*$`)
	place  = cascadia.MustCompile("td.num, td.sum, .app-kpi__unit, .app-kpi:not(:has(.app-kpi__label a)) .app-kpi__value")
	// what says again what stands elsewhere on the page with its list: the line below the heading, what is folded away,
	// a message, the summary of a report, a chart and what it shows in a sentence
	again = cascadia.MustCompile(".app-pagehead__meta, summary, .kern-alert, #seitdem ~ p, .app-panel__head ~ .app-mt-s, figure, .app-chart, svg")
	// what is no count: the words that define figures, and the heading of a list itself
	defines = cascadia.MustCompile("#ergebnis, .app-disclosure td:not(.num), .app-disclosure p, caption, progress, h1, form, option, .app-legend, .app-crumbs")
)

// unlinked returns the numbers that count records and have no list, for no reason that stands above.
func (l lookedAt) unlinked() []string {
	var found []string
	var walk func(n *nethtml.Node)
	walk = func(n *nethtml.Node) {
		if n.Type == nethtml.ElementNode && (n.Data == "a" || again.Match(n) || defines.Match(n) || l.explained(n) || l.countsBelow(n)) {
			return
		}
		if text := strings.TrimSpace(n.Data); n.Type == nethtml.TextNode && (counts.MatchString(dates.ReplaceAllString(text, "")) || number.MatchString(text) && within(n, place)) {
			found = append(found, text)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(l.main)
	return found
}

// dates are no counts, and neither is the largest of several figures; the page of an obstacle or event names whom it counts.
var dates = regexp.MustCompile(`\d{1,2}\. ?(\d{2}\.|[A-Z][a-zä]+ )\d{4}|bis zu \d+|betrifft \d+|\d+ Anmeldung`)

// explained reports whether a sentence of the page says why the reader has no list of what stands here.
func (l lookedAt) explained(n *nethtml.Node) bool {
	id := attribute(n, "aria-describedby")
	if id == "" {
		return false
	}
	why := l.all("#" + id)
	return len(why) == 1 && strings.Contains(visible(why[0]), "ohne Namen") || len(why) == 1 && strings.Contains(visible(why[0]), "Summen")
}

// countsBelow reports whether a heading says how many rows follow it, and is right.
func (l lookedAt) countsBelow(n *nethtml.Node) bool {
	if within(n, cascadia.MustCompile(".app-phase__count")) {
		return visible(n) == tasksIn(n.Parent.Parent)+" erledigt"
	}
	match := regexp.MustCompile(`\((\d+)\)$`).FindStringSubmatch(strings.TrimSpace(visible(n)))
	if n.Data == "h2" || within(n, panelNote) { // a panel with a table
		return strings.HasPrefix(visible(n), rowsIn(n.Parent.Parent)+" ")
	}
	if n.Data != "h3" {
		return false
	}
	if match == nil { // what a search found of a kind: the first of them
		rows := len(cascadia.QueryAll(n.Parent, cascadia.MustCompile(".app-row")))
		return strings.HasPrefix(visible(n), strconv.Itoa(rows)+" ") || rows == dashboard.HitsShown && strings.Contains(visible(n.Parent), " weitere.")
	}
	for next := n.NextSibling; next != nil; next = next.NextSibling {
		if next.Type == nethtml.ElementNode {
			return strconv.Itoa(len(cascadia.QueryAll(next, cascadia.MustCompile(".app-row")))) == match[1]
		}
	}
	return false
}

var panelNote = cascadia.MustCompile(".app-panel__head > .app-small")

// rowsIn counts the rows of the table in a panel. Who withdrew stands there and does not count.
func rowsIn(panel *nethtml.Node) string {
	n := 0
	for _, row := range cascadia.QueryAll(panel, cascadia.MustCompile("tbody tr")) {
		if !strings.Contains(visible(row), "Abgemeldet") {
			n++
		}
	}
	return strconv.Itoa(n)
}

// ordinal holds numbers that count nothing: of steps and phases, and of the pages of a presentation.
var ordinal = cascadia.MustCompile(".app-switch, .app-next, .app-matrix td:not(.sum):not(tfoot td)")

// tasksIn counts the tasks of a checklist, or of a part of it: "8 von 12".
func tasksIn(list *nethtml.Node) string {
	done, relevant := 0, 0
	for _, status := range cascadia.QueryAll(list, cascadia.MustCompile(".app-task__side .app-status")) {
		switch visible(status) {
		case "Entfällt":
			continue
		case "Erledigt":
			done++
		}
		relevant++
	}
	return ui.Number(int64(done)) + " von " + ui.Number(int64(relevant))
}

func within(n *nethtml.Node, s cascadia.Matcher) bool {
	for ; n != nil; n = n.Parent {
		if n.Type == nethtml.ElementNode && s.Match(n) {
			return true
		}
	}
	return false
}

// visible is the text of an element without what is only read aloud.
func visible(n *nethtml.Node) string {
	var text strings.Builder
	for c := range n.Descendants() {
		if c.Type == nethtml.TextNode && !within(c, readAloud) {
			text.WriteString(c.Data)
		}
	}
	return strings.TrimSpace(text.String())
}

var readAloud = cascadia.MustCompile(".kern-sr-only")

// totalFrom is what a list says about its length; an empty one says nothing else than its empty state. A table on the same
// page says it in its last line, and the page of a body is the record itself.
func (p *portal) totalFrom(t *testing.T, login string, page lookedAt, url string) string {
	t.Helper()
	id, here := strings.CutPrefix(url, "#")
	if !here {
		return p.total(t, login, url)
	}
	for _, panel := range page.all("section[aria-labelledby=" + id + "] tfoot td.num") {
		parts := strings.Split(visible(panel), " von ")
		return parts[0]
	}
	for _, panel := range page.all("section[aria-labelledby=" + id + "]:has(table)") {
		return rowsIn(panel)
	}
	return "no table"
}

// affected counts the bodies that the page of an obstacle names.
func (p *portal) affected(t *testing.T, login, url string) string {
	t.Helper()
	bodies := map[string]bool{}
	for _, row := range p.look(t, login, url).all("[aria-labelledby=betroffen] .app-row__title") {
		name, _, _ := strings.Cut(visible(row), " · ")
		bodies[name] = true
	}
	return strconv.Itoa(len(bodies))
}

// total is the same for a page of its own.
func (p *portal) total(t *testing.T, login, url string) string {
	t.Helper()
	if tasksPage.MatchString(url) {
		return tasksIn(p.look(t, login, url).main)
	}
	if url, hurdle := strings.CutSuffix(url, "#betroffen"); hurdle {
		return p.affected(t, login, url)
	}
	url, id, there := strings.Cut(url, "#")
	if there && id != "ergebnis" {
		return p.totalFrom(t, login, p.look(t, login, url), "#"+id)
	}
	w := p.ask(t, login, url, nil)
	if bodyPage.MatchString(url) && w.Code == http.StatusOK {
		return "1"
	}
	match := listTotal.FindStringSubmatch(w.Body.String())
	if w.Code != http.StatusOK || match == nil {
		return strings.TrimSpace(http.StatusText(w.Code)) + " without a total"
	}
	return match[1]
}
