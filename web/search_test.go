package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/workday"
)

// hit is a row that leads somewhere.
var hit = regexp.MustCompile(`<p class="app-row__title"><a href="([^"]+)">([^<]*)</a>`)

// find searches and returns the titles by address, and the page.
func (p *portal) find(t *testing.T, login, words string) (found map[string]string, page string) {
	t.Helper()
	w := p.ask(t, login, "/suche?q="+url.QueryEscape(words), nil)
	if w.Code != http.StatusOK {
		t.Fatalf("%s searches %q: %d", login, words, w.Code)
	}
	found = map[string]string{}
	for _, match := range hit.FindAllStringSubmatch(w.Body.String(), -1) {
		found[strings.ReplaceAll(match[1], "&amp;", "&")] = match[2]
	}
	return found, w.Body.String()
}

// TestSearchIsGerman: other forms of a word, umlauts either way, a part of a compound and small slips all find it.
func TestSearchIsGerman(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	for words, want := range map[string]string{
		"Wohngeld": "/leistungen/wohngeld", "wohngeldes": "/leistungen/wohngeld", "Wongeld": "/leistungen/wohngeld", "WOHNGLED": "/leistungen/wohngeld",
		"Führerschein": "/leistungen/fuehrerschein", "fuehrerschein": "/leistungen/fuehrerschein", "Fuherschein": "/leistungen/fuehrerschein",
		"Einbuergerung": "/leistungen/einbuergerung", "Einbürgerungen": "/leistungen/einbuergerung",
		"Aufenthaltstitels": "/leistungen/aufenthaltstitel", "soemmerda": "/kommunen/16068", "Sömmerda": "/kommunen/16068", "Somerda": "/kommunen/16068",
		"Zertifikate": "/aufgaben?art=k_cert&status=alle",
		"Bauanträge":  "/leistungen/bauvorbescheid-und-baugenehmigung", "Genehmigungen": "/leistungen/denkmalrechtliche-genehmigung",
		"Wohngeldanträge": "/leistungen/wohngeld", "Autozulassung": "/leistungen/kfz-zulassung-i-kfz", "heiraten": "/leistungen/eheschliessung-und-beurkundung",
		"bafoeg": "/leistungen/bafoeg", "wie beantrage ich einen Führerschein": "/leistungen/fuehrerschein", "99 107 023": "/leistungen/wohngeld", "10169": "/leistungen/fuehrerschein",
		"16051": "/kommunen/16051", "16051000": "/kommunen/16051", "GRZ": "/kommunen/16076", "LK Soemmerda": "/kommunen/16068", "Arnstadt": "/kommunen/16070",
		"Wohngeld in Erfurt": "/kommunen/16051/leistungen/wohngeld", "wongeld efurt": "/kommunen/16051/leistungen/wohngeld", "AVV": "/aufgaben?art=k_privacy&status=alle",
	} {
		found, page := p.find(t, "land", words)
		if _, known := found[want]; !known {
			t.Errorf("%q finds %v, want %s", words, found, want)
		}
		if !strings.Contains(page, "Treffer") {
			t.Errorf("%q does not say how many", words)
		}
	}
	if found, _ := p.find(t, "land", "Arnstadt"); len(found) != 1 {
		t.Errorf("a seat finds %v, want its Landkreis alone", found)
	}
	for _, words := range []string{"", "x", "qqqqqq", "%", "__", "'", "a:b & !", `\`, strings.Repeat("wort ", 60), "und"} {
		found, page := p.find(t, "land", words)
		if len(found) == 0 && !strings.Contains(page, "app-empty") {
			t.Errorf("%q finds nothing and does not say what to do", words)
		}
	}
}

// TestSearchShowsNobodyMoreThanTheirPages: every hit opens for its reader, and what belongs to others is neither named
// nor counted.
func TestSearchShowsNobodyMoreThanTheirPages(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.rollinOf(t, "d-land", "d-min", "wohngeld")
	p.fileOf(t, "k16051-b", "k_kickoff")
	p.hurdleOf(t, "k16051", hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_kickoff"})
	inLand := []string{"land", "redaktion", "tmdi-referat", "tmdi-leser", "tmsgaf-leser"}
	sommerda := slices.Clone(inLand)
	if !slices.Contains(p.unassigned(t, "TLRZ"), "16068") {
		sommerda = append(sommerda, "tlrz")
	}
	for _, c := range []struct {
		words, under, one string
		readers           []string // to everybody else it does not exist
	}{
		{"Belege", "/nachweise/", "Dokument", []string{"land", "k16051", "k16051-b"}},
		{"Zustaendigkeiten", "/huerden/", "Hürde", []string{"land", "redaktion", "tmdi-referat", "tmdi-leser", "k16051", "k16051-b", "tlrz"}},
		{"Erfurt", "/kommunen/", "Einheit", append([]string{"k16051", "k16051-b", "tlrz"}, inLand...)},
		{"Sömmerda", "/kommunen/", "Einheit", sommerda},
		{"Vermerk", "/entscheidungen/", "Dokument", []string{"land", "redaktion", "tmdi-referat", "tmdi-leser", "k16051", "k16051-b", "k16052", "tlrz", "gremium", "d-land", "d-k1"}},
		{"Zertifikate", "/aufgaben?", "Aufgabe", []string{"land", "redaktion", "tmdi-referat", "tmdi-leser", "k16051", "k16051-b", "k16052", "tlrz", "d-land", "d-k1"}},
	} {
		for _, login := range []string{"land", "redaktion", "tmdi-referat", "tmdi-leser", "k16051", "k16051-b", "k16052", "tlrz", "gremium", "d-land", "d-k1"} {
			found, page := p.find(t, login, c.words)
			some := false
			for path := range found {
				some = some || strings.HasPrefix(path, c.under)
				if w := p.ask(t, login, path, nil); w.Code != http.StatusOK {
					t.Errorf("%s finds %s for %s, which answers %d", login, path, c.words, w.Code)
				}
			}
			if want := slices.Contains(c.readers, login); some != want || strings.Contains(page, c.one+"</h3>") != want && strings.Contains(page, c.one+"n</h3>") != want && strings.Contains(page, c.one+"e</h3>") != want {
				t.Errorf("%s finds %v for %s", login, found, c.words)
			}
		}
	}
}

// TestAStepThatIsFoundHasAList: the address of a step leads to a list that is not empty.
func TestAStepThatIsFoundHasAList(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	steps := 0
	for _, login := range []string{"land", "tmdi-referat", "k16051", "tlrz"} {
		for _, words := range []string{"an", "er", "Test", "Schnittstelle", "Vertrag"} {
			found, _ := p.find(t, login, words)
			for path := range found {
				if strings.HasPrefix(path, "/aufgaben?") {
					steps++
					if got := p.total(t, login, path); got == "0" || strings.Contains(got, "without") {
						t.Errorf("%s finds %s, which lists %s", login, path, got)
					}
				}
			}
		}
	}
	if steps < 20 {
		t.Errorf("only %d steps were found", steps)
	}
}

// TestADocumentIsFoundByThoseWhoMayOpenIt: whatever a document belongs to, its name finds it, also with a slip, for exactly
// those who can open it; for all others it is neither named nor counted.
func TestADocumentIsFoundByThoseWhoMayOpenIt(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.rollinOf(t, "land", "tmsgaf", "elterngeld")
	send := func(login, path, name string) string {
		t.Helper()
		if w := p.send(t, login, path+"/dateien", aFile(name, onePDF+name)); w.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d\n%s", name, w.Code, w.Body)
		}
		return p.newest(t)
	}
	cases, id, asked := decision.NewService(p.DB), p.Case(t, "wohngeld"), uuid.New()
	due := workday.Day(time.Now()).AddDate(0, 0, 14)
	must(t, cases.Ask(t.Context(), p.As(t, "tmdi-referat"), id, decision.AskInput{ID: asked, Kind: decision.TechnicalOpinion, PartyKey: "TLRZ", Question: "Passt OSCI?", DueOn: &due}))
	review, mine := "/entscheidungen/"+id.String()+"/pruefungen/fachlich", "/stellungnahmen/"+asked.String()
	given := "/entscheidungen/" + id.String() + mine
	proven := "/auflagen/" + p.conditionOf(t, "tmdi", "fuehrerschein")
	paper, enclosure, proof := send("tmdi-referat", review, "Kostenvergleich.pdf"), send("tlrz", mine, "Netzplan.pdf"), send("k16051", proven, "Benennung.pdf")
	dbtest.Admin[int](t, p.World, `
		WITH made AS (
			INSERT INTO portal.rollin_letter (land_id, org_id, service_id, subject, text, sent_by, sent_at)
			SELECT b.land_id, b.org_id, v.service_id, 'Startschuss in Erfurt', 'Es geht los.', gen_random_uuid(), now()
			FROM portal.organisation b JOIN portal.service v ON v.land_id = b.land_id AND v.slug = 'elterngeld'
			WHERE b.key = '16051' RETURNING 1)
		SELECT count(*)::int FROM made`)
	looks := func(name string, words []string, paths ...string) {
		t.Helper()
		readers := 0
		for _, login := range []string{"land", "redaktion", "tmdi-referat", "tmdi-leitung", "tmdi-leser", "tmikl-referat", "tmsgaf-leser", "k16051", "k16051-b", "k16052", "tlrz", "kiv", "gremium", "d-land", "d-min-referat", "d-k1"} {
			opens := slices.ContainsFunc(paths, func(path string) bool { return p.ask(t, login, path, nil).Code == http.StatusOK })
			if opens {
				readers++
			}
			for _, w := range words {
				found, page := p.find(t, login, w)
				hit := slices.ContainsFunc(paths, func(path string) bool { _, there := found[path]; return there })
				if counted := strings.Contains(page, "1 Dokument</h3>"); hit != opens || counted != opens {
					t.Errorf("%s: %s opens it: %v, finds it by %q: %v, counts it: %v", name, login, opens, w, hit, counted)
				}
				for path := range found {
					if p.ask(t, login, path, nil).Code != http.StatusOK {
						t.Errorf("%s: %s finds %s and cannot open it", name, login, path)
					}
				}
			}
		}
		if readers == 0 || readers > 9 {
			t.Errorf("%s: %d readers", name, readers)
		}
	}
	looks("paper of a review", []string{"Kostenvergleich", "Kostenvergliech", "kostenvergleiche"}, review+"/dateien/"+paper)
	looks("enclosure not given yet", []string{"Netzplan", "Netzpaln"}, mine+"/dateien/"+enclosure, given+"/dateien/"+enclosure)
	must(t, cases.AnswerOpinion(t.Context(), p.As(t, "tlrz"), asked, decision.Answer{Version: 1, Result: decision.Positive, Note: "passt"}))
	looks("enclosure", []string{"Netzplan", "Netzpaln"}, mine+"/dateien/"+enclosure, given+"/dateien/"+enclosure)
	looks("proof of an Auflage", []string{"Benennung", "Benenung"}, proven+"/dateien/"+proof)
	looks("letter", []string{"Startschuss", "Startschus"}, "/kommunen/16051/leistungen/elterngeld/schreiben")
}

// TestAServiceIsFoundByTheWordsThatTheLandNotes: what the coordination enters as "Auch gesucht als" finds the service at once,
// for whoever sees it, in the search and in the list, and the trail says who entered it.
func TestAServiceIsFoundByTheWordsThatTheLandNotes(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	const service = "/leistungen/waffenerlaubnis"
	save := func(words string) *httptest.ResponseRecorder {
		t.Helper()
		forms := p.formsOf(t, "land", service+"/bearbeiten")
		form := forms[slices.IndexFunc(forms, func(f sentForm) bool { return f.action == service })].values
		form.Set("name", "Waffenerlaubnis")
		form.Set("lifecycle", "reusable")
		form.Set("execution_level", "kreis")
		form.Set("competence", "all")
		form.Set("also_sought", words)
		return p.ask(t, "land", service, form)
	}
	if w := save(" Schreckschuss ,Kleiner  Waffenschein; schreckschuss\n"); w.Code != http.StatusSeeOther {
		t.Fatalf("save: %d\n%s", w.Code, w.Body)
	}
	for _, login := range []string{"land", "tmdi-leser", "k16052", "tlrz", "gremium"} {
		found, page := p.find(t, login, "Schreckschusswaffe")
		if found[service] == "" || !strings.Contains(page, "gefunden über „Schreckschuss“") {
			t.Errorf("%s finds %v", login, found)
		}
	}
	if w := p.ask(t, "k16052", "/leistungen?suche=kleiner+waffen", nil); !strings.Contains(w.Body.String(), service) {
		t.Error("the list does not find it")
	}
	if w := p.ask(t, "land", service, nil); strings.Count(w.Body.String(), "Schreckschuss, Kleiner Waffenschein") != 2 {
		t.Errorf("the page says it as a fact and in the trail:\n%s", w.Body)
	}
	if found, _ := p.find(t, "d-land", "Schreckschuss"); len(found) != 0 {
		t.Errorf("another Land finds %v", found)
	}
	if w := save(strings.Repeat("lang ", 20)); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "höchstens 60 Zeichen") {
		t.Errorf("a text in place of words: %d", w.Code)
	}
}
