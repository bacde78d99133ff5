package ui

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// samples are the components as pages use them: with an error, without, empty.
func samples() map[string]templ.Component {
	at := utc("2026-11-20 06:30")
	kinds := []Option{
		{Value: "org", Text: "organisatorisch", Hint: "zum Beispiel fehlendes Personal"},
		{Value: "tec", Text: "technisch"},
	}
	return map[string]templ.Component{
		"page": Layout(Page{
			Heading: "Hürde melden", Meta: "Aufgabe 2.6", ErrorPrefix: true, Product: "Roll-in-Portal Thüringen",
			Claim: "EfA-Leistungen gemeinsam nachnutzen", Banner: "Eine offizielle Website des Freistaats Thüringen", Official: true,
			Styles: []string{"/static/kern.css", "/static/app.css"}, Favicon: "/static/favicon.svg",
			Nav:     []NavItem{{Text: "Übersicht", URL: "/"}, {Text: "Hürden", URL: "/huerden", Current: true}},
			User:    &User{Name: "Jule Ahlendorf", Role: "Landkreis Sömmerda", Links: []Link{{Text: "Mein Konto", URL: "/konto"}}},
			SignOut: "/abmelden", Crumbs: []Link{{Text: "Übersicht", URL: "/"}, {Text: "Hürde melden"}},
			State:   StatusProps{Kind: Open, Text: "Offen"},
			Actions: []Action{{Text: "Drucken", URL: "/druck", Icon: IconDownload, WideOnly: true}},
			Flash:   "Die Hürde ist gemeldet.", FooterNote: "Demodaten", Narrow: true,
		}),
		"page-signed-out": Layout(Page{Title: "Anmelden", Heading: "Willkommen", Product: "Roll-in-Portal Thüringen"}),
		"errorsummary": ErrorSummary([]FieldError{
			{Field: "art", Text: "Wählen Sie aus, um welche Art von Hürde es geht."},
			{Text: "Über diese Nachnutzung ist schon entschieden."},
		}),
		"textfield":       TextField(Field{Name: "mail", Label: "Ihre E-Mail-Adresse", Type: "email", Autocomplete: "email", Width: Medium, Value: `"a" <b>`}),
		"textfield-error": TextField(Field{Name: "auflage[0].text", ID: "a0", Label: "Auflage", Context: "Nummer 1", Hint: "Ein Satz", Error: "Geben Sie die Auflage ein.", MaxLength: 200}),
		"datefield":       DateField(Field{Name: "frist", Label: "Frist", Value: "31.02.27", Error: "Diesen Tag gibt es nicht."}),
		"moneyfield":      MoneyField(Field{Name: "kosten", Label: "Kosten im ersten Jahr", Optional: true}),
		"textarea":        TextArea(Field{Name: "text", Label: "Was hindert Sie?", Value: "\nzwei\nZeilen", Rows: 8}),
		"select": Select(Field{Name: "einheit", Label: "Einheit", Empty: "Alle", Value: "16051", Options: []Option{
			{Value: "16051", Text: "Erfurt", Group: "Kreisfreie Städte"}, {Value: "16067", Text: "Gotha", Group: "Landkreise"},
		}}),
		"filefield":        FileField(Field{Name: "datei", Label: "Datei anhängen", Optional: true, Accept: ".pdf,.png"}),
		"radiogroup-error": RadioGroup(Field{Name: "art", Label: "Um welche Art von Hürde geht es?", Hint: "Eine genügt.", Options: kinds, Value: "tec", Error: "Wählen Sie eine Art."}),
		"checkboxes":       Checkboxes(Field{Name: "arten", Label: "Welche Arten?", Hint: "Mehrere sind möglich.", Options: []Option{{Value: "org", Text: "organisatorisch", Checked: true}, {Value: "tec", Text: "technisch"}}}),
		"checkbox":         Checkbox(Field{Name: "geprueft", Label: "Ich habe die Angaben geprüft.", Value: "1", Error: "Bestätigen Sie die Prüfung."}),
		"radiocards":       RadioCards(Field{Name: "e", Label: "Wie entscheiden Sie?", Value: "auflage", Options: []Option{{Value: "ja", Text: "Beschließen", Hint: "Beginnt sofort."}, {Value: "auflage", Text: "Mit Auflagen", Reveals: "a"}}}),
		"buttons": templ.Join(
			Submit(ButtonProps{Text: "Hürde melden"}), SubmitSecondary(ButtonProps{Text: "Entwurf speichern", Name: "entwurf", Value: "1"}),
			ButtonLinkSmall(ButtonProps{Text: "Daten als CSV", URL: "/csv", Icon: IconDownload})),
		"status": templ.Join(Status(StatusProps{Kind: Conditional, Text: "Mit Auflage"}), Status(StatusProps{Kind: Done}), Tag("technisch")),
		"alert":  Alert(AlertProps{Tone: Warning, Heading: "Daten von gestern", Text: "Die Übertragung ist gescheitert.", Links: []Link{{Text: "Protokoll", URL: "/protokoll"}}}),
		"facts": Facts(FactsProps{Columns: true, Items: []Fact{
			{Term: "Stand", Status: StatusProps{Kind: Blocked, Text: "Blockiert"}}, {Term: "Nachweis", Value: "Meldebogen", URL: "/n"}, {Term: "Kosten"},
		}}),
		"progress": Progress(ProgressProps{ID: "fort", Value: 0, Max: 0, Label: "Noch keine Aufgabe"}),
		"taskphase": TaskPhase(TaskPhaseProps{ID: "p1", Number: "1", Prefix: "Phase 1: ", Title: "Vorbereiten", Count: "1 von 2 erledigt", Tasks: []Task{
			{Number: "1.1", Name: "Vertretung benennen", URL: "/1", Meta: []Fact{{Term: "Säule", Value: "1", Hidden: ", Strukturen und Rollen"}}, Status: StatusProps{Kind: Done, Text: "Erledigt"}, Action: Link{Text: "Hürde melden", URL: "/h", Note: " zu Aufgabe 1.1"}},
			{Number: "1.2", Name: "Testen", Note: "Möglich, sobald 1.1 erledigt ist.", Status: StatusProps{Kind: Locked, Text: "Noch nicht möglich"}},
		}}),
		"filterbar": FilterBar(FilterProps{
			Action: "/huerden", Label: "Hürden filtern", ResetURL: "/huerden", Hidden: []Value{{Name: "sortierung", Value: "alter"}},
			Selects: []Field{{Name: "art", Label: "Art", Empty: "Alle", Value: "tec", Options: kinds}},
			Active:  []Link{{Text: "Art: technisch", URL: "/huerden?sortierung=alter"}},
		}),
		"sortheader":   SortHeader(SortHeaderProps{Text: "Fällig", URL: "?s=-faellig", Direction: Ascending, Numeric: true}),
		"pagination":   Pagination(PaginationProps{Page: 1, Pages: 7, NextURL: "?seite=2"}),
		"empty":        templ.Join(Empty(EmptyProps{Text: "Noch keine Leistung angelegt.", Action: ButtonProps{Text: "Leistung anlegen", URL: "/neu"}}), Empty(EmptyProps{Text: "Kein Treffer.", ResetURL: "/huerden"})),
		"log":          Log(LogProps{Entries: []LogEntry{{At: at, Who: "Anna Beispiel", Text: "hat die Frist geändert.", Changes: []Change{{Field: "Frist", Old: "", New: "30.11.2026"}}}}}),
		"stepline":     StepLine(StepLineProps{Label: "Ablauf", Steps: []Step{{Title: "Steckbrief", Note: "abgeschlossen", Done: true}, {Title: "Entscheidung", Note: "Ihr Schritt", Current: true}, {Title: "Mitzeichnung", Note: "offen"}}}),
		"summary":      Summary(SummaryProps{Title: "Ihre Entscheidung", Items: []SummaryItem{{Key: "Begründung", Value: "Wirtschaftlich.", ChangeURL: "/x#grund"}, {Key: "Mitzeichnung"}}}),
		"conflict":     Conflict(ConflictProps{Who: "Anna Beispiel", When: DateTime(at), Action: "/profil", Current: "/profil", Rows: []ConflictRow{{Field: "DMS", Mine: "VIS", Theirs: ""}}, Values: []Value{{Name: "dms", Value: "VIS"}, {Name: "version", Value: "4"}}}),
		"kpistrip":     KPIStrip(KPIProps{Heading: "Kennzahlen", Items: []KPI{{Label: "Überfällige Aufgaben", URL: "/aufgaben", Value: "37", Unit: "von 274", Trend: "5 weniger", TrendIcon: IconDown, Alarm: true}}}),
		"pillars":      Pillars([]Pillar{{Number: 1, Title: "Strukturen und Rollen", Value: 18, Max: 22, Counted: "18 von 22 Maßnahmen", Trend: "72 % am 31.10.2026", TrendOf: "(16 von 22)", TrendIcon: IconUp, Status: StatusProps{Kind: Done, Text: "Im Plan"}, NextLabel: "Als Nächstes:", Next: "nachbenennen"}}),
		"rows":         Rows([]Row{{Title: "Testfälle abstimmen", URL: "/t", Tag: "technisch", Meta: "Gotha", Status: StatusProps{Kind: Overdue, Text: "seit 38 Tagen"}}}),
		"switch":       Switch(SwitchProps{Label: "Aufgaben gruppieren", Items: []NavItem{{Text: "Nach Phase", URL: "?g=phase", Current: true}, {Text: "Nach Frist", URL: "?g=frist"}}}),
		"unsafe-links": templ.Join(LinkList([]Link{{Text: "Skript", URL: "javascript:alert(1)"}}), ButtonLink(ButtonProps{Text: "Mail", URL: "mailto:a@b.example"})),
	}
}

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var out bytes.Buffer
	if err := c.Render(context.Background(), &out); err != nil {
		t.Fatalf("render: %v", err)
	}
	return out.String()
}

// One tag a line, so that a diff shows what changed.
func lines(html string) string { return strings.ReplaceAll(html, "><", ">\n<") + "\n" }

func TestGolden(t *testing.T) {
	t.Parallel()
	for name, component := range samples() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := lines(render(t, component))
			path := filepath.Join("testdata", name+".html")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatalf("%v; run `go test ./web/ui -update`", err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s differs from the golden file (-want +got):\n%s", name, diff)
			}
		})
	}
}
