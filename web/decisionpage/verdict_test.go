package decisionpage_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"rollinportal/web/pagetest"
)

func TestDecisionGoesThroughTheSummary(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.submitted(t)
	form := s.Get(t, s.leitung, path+"/beschluss").WantStatus(200).
		WantText("[aria-labelledby=entscheidung]", "Wie entscheiden Sie über die Nachnutzung?", "22 Einheiten", "Auflage 1").
		WantText("[aria-labelledby=pruefungen]", "Positiv mit Auflagen", "Vermerk technisch")
	version := form.Value("input[name=version]", "value")
	typed := []string{"version", version, "seen", form.Value("input[name=seen]", "value"), "outcome", "approved_with_conditions", "ground", "economic", "reason", "wirtschaftlich", "deferred_until", ""}
	more := s.Post(t, s.leitung, path+"/beschluss", append(typed, "text", "Rückkanal", "owner", "TLRZ", "due_on", "30.4.2099", "schritt", "hinzufuegen")...).WantStatus(200).
		WantText("main", "Auflage 2 entfernen").WantNo("[role=alert]")
	if got := more.Value("#text-1", "value") + more.Value("#due_on-1", "value") + more.Text("#reason"); got != "Rückkanal30.4.2099wirtschaftlich" {
		t.Errorf("after adding a condition the form holds %q", got)
	}
	two := append(typed, "text", "Rückkanal", "owner", "TLRZ", "due_on", "30.4.2099", "text", "Anlaufstelle", "owner", "Land", "due_on", "15.1.99")
	s.Post(t, s.leitung, path+"/beschluss", append(two, "schritt", "entfernen-1")...).WantStatus(200).WantNo("#text-2")
	sum := s.Post(t, s.leitung, path+"/beschluss", append(two, "schritt", "zusammenfassung")...).WantStatus(200).
		WantText("h1", "Zusammenfassung").
		WantText("main", "Nachnutzung mit Auflagen beschließen", "Frist: 30.04.2099", "Frist: 15.01.2099", "Begründung ändern", s.leitung.Name, "Verbindlich entscheiden")
	if d := s.Get(t, s.leitung, path); !strings.Contains(d.Text(".app-pagehead"), "Wartet auf Ihre Entscheidung") {
		t.Error("the summary alone has decided")
	}
	back := s.Post(t, s.leitung, path+"/beschluss", append(hidden(sum), "schritt", "aendern")...).WantStatus(200)
	if got := back.Value("#text-2", "value") + back.Text("#reason") + back.Value("input[name=outcome][checked]", "value"); got != "Anlaufstellewirtschaftlichapproved_with_conditions" {
		t.Errorf("back from the summary the form holds %q", got)
	}
	s.Post(t, s.leitung, path+"/beschluss", append(hidden(sum), "schritt", "entscheiden")...).WantRedirect(path)
	s.Post(t, s.leitung, path+"/beschluss", append(hidden(sum), "schritt", "entscheiden")...).WantRedirect(path) // a double click
	s.Get(t, s.As(t, "k16051"), path).WantStatus(200).
		WantText("[aria-labelledby=entscheidung]", "Mit Auflagen beschlossen", "wirtschaftlich").
		WantText("[aria-labelledby=auflagen]", "1. Rückkanal", "TLRZ", "bis 30.04.2099", "2. Anlaufstelle").
		WantText("[aria-labelledby=verlauf]", "Über die Nachnutzung entschieden").
		WantNo("#pruefungen").WantNo("main form")
	s.Get(t, s.land, path).WantText("[aria-labelledby=naechstes]", "Roll-in vorbereiten")
}

func TestVerdictSaysWhatIsMissingAtItsField(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.submitted(t)
	form := s.Get(t, s.leitung, path+"/beschluss")
	v, seen := form.Value("input[name=version]", "value"), form.Value("input[name=seen]", "value")
	for name, tt := range map[string]struct {
		form []string
		want []string
	}{
		"nothing":       {nil, []string{"outcome", "reason"}},
		"no conditions": {[]string{"outcome", "approved_with_conditions", "ground", "economic", "reason", "x", "text", "", "owner", " ", "due_on", ""}, []string{"text-1"}},
		"half a condition": {
			[]string{"outcome", "approved_with_conditions", "ground", "economic", "reason", "x", "text", "", "owner", "", "due_on", "", "text", "a", "owner", "", "due_on", "31.2.99"},
			[]string{"owner-1", "due_on-1"},
		},
		"a ground that does not fit": {[]string{"outcome", "approved", "ground", "uneconomic", "reason", "x"}, []string{"ground"}},
		"deferred without a day":     {[]string{"outcome", "deferred", "ground", "price_open", "reason", "x", "deferred_until", "bald"}, []string{"deferred_until"}},
		"deferred into the past":     {[]string{"outcome", "deferred", "ground", "price_open", "reason", "x", "deferred_until", "1.1.2020"}, []string{"deferred_until"}},
		"what is hidden may be so":   {[]string{"outcome", "approved", "ground", "economic", "deferred_until", "bald", "text", "a", "owner", "", "due_on", "x"}, []string{"reason"}},
	} {
		for _, step := range []string{"zusammenfassung", "entscheiden", ""} {
			a := s.Post(t, s.leitung, path+"/beschluss", append([]string{"version", v, "seen", seen, "schritt", step}, tt.form...)...)
			a.WantStatus(422).WantErrors(tt.want...)
			if t.Failed() {
				t.Fatalf("%s, step %q", name, step)
			}
		}
	}
	a := s.Post(t, s.leitung, path+"/beschluss", "version", v, "seen", seen, "outcome", "deferred", "ground", "price_open", "reason", "x", "deferred_until", "31.2.99")
	a.WantText("#deferred_until-f", "Diesen Tag gibt es nicht.")
}

func TestFourEyesAreExplained(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.submitted(t)
	s.Get(t, s.referat, path+"/beschluss").WantStatus(403).WantText("main .kern-alert", "Das geht gerade nicht", "Vier-Augen-Prinzip: Sie haben diesen Vorgang eingereicht.")
	v := s.version(t, path)
	s.Post(t, s.referat, path+"/beschluss", "version", v, "seen", "1", "schritt", "entscheiden", "outcome", "approved", "ground", "economic", "reason", "ich").WantStatus(403).
		WantText("main .kern-alert", "Vier-Augen-Prinzip")
}

func TestReturnAsksAQuestion(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.submitted(t)
	v := s.version(t, path)
	s.Post(t, s.leitung, path+"/beschluss", "version", v, "schritt", "zurueckgeben", "question", " ").WantStatus(422).WantErrors("question").WantText("details[open]", "Rückfrage")
	s.Post(t, s.leitung, path+"/beschluss", "version", v, "schritt", "zurueckgeben", "question", "Wer zahlt?").WantRedirect(path)
	s.Get(t, s.referat, path).WantText("main .kern-alert", "Zurückgegeben mit Rückfrage", "Wer zahlt?").WantText("[aria-labelledby=naechstes]", "Zur Entscheidung einreichen")
	if seen := s.Get(t, s.land, path).Text("main"); strings.Contains(seen, "Wer zahlt?") {
		t.Error("the Land reads the question")
	}
	s.Get(t, s.leitung, path+"/beschluss").WantStatus(409).WantText("main .kern-alert", "Der Vorgang ist noch in Prüfung.")
}

func TestDecisionThatComesTooLateIsGivenBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.submitted(t)
	v := s.version(t, path)
	s.Post(t, s.leitung, path+"/beschluss", "version", v, "schritt", "zurueckgeben", "question", "Wer zahlt?").WantRedirect(path)
	typed := []string{"version", v, "outcome", "deferred", "ground", "price_open", "reason", "Ausführlich begründet", "deferred_until", "1.1.2099"}
	for _, step := range []string{"zusammenfassung", "entscheiden", "aendern"} {
		s.Post(t, s.leitung, path+"/beschluss", append(typed, "schritt", step)...).WantStatus(409).
			WantText("main .kern-alert", "Nicht gespeichert", "noch in Prüfung", "Ausführlich begründet", "1.1.2099", "Zurückstellen")
	}
	s.Post(t, s.referat, path+"/einreichen", "version", s.version(t, path)).WantRedirect(path)
	s.Post(t, s.referat, path+"/beschluss", "version", v, "schritt", "zurueckgeben", "question", "Und nun?").WantStatus(409).
		WantText("main .kern-alert", "Inzwischen hat jemand anders", "Und nun?")
	for _, step := range []string{"zusammenfassung", "entscheiden"} {
		a := s.Post(t, s.leitung, path+"/beschluss", append(typed, "schritt", step)...).WantStatus(409).
			WantText("main .kern-alert", "Nicht gespeichert").WantText("#reason", "Ausführlich begründet")
		typedAgain := append([]string{"version", a.Value("input[name=version]", "value"), "seen", a.Value("input[name=seen]", "value")}, typed[2:]...)
		s.Post(t, s.leitung, path+"/beschluss", append(typedAgain, "schritt", "zusammenfassung")...).WantStatus(200).WantText("h1", "Zusammenfassung")
	}
}

func TestNewerDecisionIsLinked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var paths []string
	for _, o := range [][2]string{{"rejected", "uneconomic"}, {"approved", "economic"}} {
		_, path := s.submitted(t)
		form := s.Get(t, s.leitung, path+"/beschluss")
		s.Post(t, s.leitung, path+"/beschluss", "version", form.Value("input[name=version]", "value"), "seen", form.Value("input[name=seen]", "value"),
			"schritt", "entscheiden", "outcome", o[0], "ground", o[1], "reason", "so ist es").WantRedirect(path)
		paths = append(paths, path)
	}
	a := s.Get(t, s.As(t, "k16051"), paths[0]).WantStatus(200).WantText(".app-pagehead", "Ersetzt").WantText("[aria-labelledby=entscheidung]", "Abgelehnt", "so ist es")
	if got := a.Value("[aria-labelledby=naechstes] a", "href"); got != paths[1] {
		t.Errorf("the older case leads to %q, want %q", got, paths[1])
	}
}

// hidden are the fields that a page carries along, as name and value in turn.
func hidden(a pagetest.Answer) []string {
	var pairs []string
	for _, n := range a.All("main input[type=hidden]") {
		pairs = append(pairs, attribute(n, "name"), attribute(n, "value"))
	}
	return pairs
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestBrokenTextIsNoFaultOfOurs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.requested(t)
	for _, broken := range []string{"a\x00b", "a\xffb"} {
		s.Post(t, s.referat, path+"/zurueckziehen", "version", "1", "reason", broken).WantStatus(422)
	}
	s.Get(t, s.land, "/entscheidungen/neu?leistung=%00").WantStatus(200)
	s.Get(t, s.land, "/entscheidungen?suche=%00%ff&leistung=%ff").WantStatus(200)
}
