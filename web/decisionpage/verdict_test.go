package decisionpage_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestDecisionGoesThroughTheSummary(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.submitted(t)
	form := s.get(t, s.leitung, path+"/beschluss").wantStatus(200).
		wantText("[aria-labelledby=entscheidung]", "Wie entscheiden Sie über die Nachnutzung?", "22 Einheiten", "Auflage 1").
		wantText("[aria-labelledby=pruefungen]", "Positiv mit Auflagen", "Vermerk technisch")
	version := form.value("input[name=version]", "value")
	typed := []string{"version", version, "seen", form.value("input[name=seen]", "value"), "outcome", "approved_with_conditions", "ground", "economic", "reason", "wirtschaftlich", "deferred_until", ""}
	more := s.post(t, s.leitung, path+"/beschluss", append(typed, "text", "Rückkanal", "owner", "TLRZ", "due_on", "30.4.2099", "schritt", "hinzufuegen")...).wantStatus(200).
		wantText("main", "Auflage 2 entfernen").wantNo("[role=alert]")
	if got := more.value("#text-1", "value") + more.value("#due_on-1", "value") + more.text("#reason"); got != "Rückkanal30.4.2099wirtschaftlich" {
		t.Errorf("after adding a condition the form holds %q", got)
	}
	two := append(typed, "text", "Rückkanal", "owner", "TLRZ", "due_on", "30.4.2099", "text", "Anlaufstelle", "owner", "Land", "due_on", "15.1.99")
	s.post(t, s.leitung, path+"/beschluss", append(two, "schritt", "entfernen-1")...).wantStatus(200).wantNo("#text-2")
	sum := s.post(t, s.leitung, path+"/beschluss", append(two, "schritt", "zusammenfassung")...).wantStatus(200).
		wantText("h1", "Zusammenfassung").
		wantText("main", "Nachnutzung mit Auflagen beschließen", "Frist: 30.04.2099", "Frist: 15.01.2099", "Begründung ändern", s.leitung.Name, "Verbindlich entscheiden")
	if d := s.get(t, s.leitung, path); !strings.Contains(d.text(".app-pagehead"), "Wartet auf Ihre Entscheidung") {
		t.Error("the summary alone has decided")
	}
	back := s.post(t, s.leitung, path+"/beschluss", append(sum.hidden(), "schritt", "aendern")...).wantStatus(200)
	if got := back.value("#text-2", "value") + back.text("#reason") + back.value("input[name=outcome][checked]", "value"); got != "Anlaufstellewirtschaftlichapproved_with_conditions" {
		t.Errorf("back from the summary the form holds %q", got)
	}
	s.post(t, s.leitung, path+"/beschluss", append(sum.hidden(), "schritt", "entscheiden")...).wantRedirect(path)
	s.post(t, s.leitung, path+"/beschluss", append(sum.hidden(), "schritt", "entscheiden")...).wantRedirect(path) // a double click
	s.get(t, s.As(t, "k16051"), path).wantStatus(200).
		wantText("[aria-labelledby=entscheidung]", "Mit Auflagen beschlossen", "wirtschaftlich").
		wantText("[aria-labelledby=auflagen]", "1. Rückkanal", "TLRZ", "bis 30.04.2099", "2. Anlaufstelle").
		wantText("[aria-labelledby=verlauf]", "Über die Nachnutzung entschieden").
		wantNo("#pruefungen").wantNo("main form")
	s.get(t, s.land, path).wantText("[aria-labelledby=naechstes]", "Roll-in vorbereiten")
}

func TestVerdictSaysWhatIsMissingAtItsField(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.submitted(t)
	form := s.get(t, s.leitung, path+"/beschluss")
	v, seen := form.value("input[name=version]", "value"), form.value("input[name=seen]", "value")
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
			a := s.post(t, s.leitung, path+"/beschluss", append([]string{"version", v, "seen", seen, "schritt", step}, tt.form...)...)
			a.wantStatus(422).wantErrors(tt.want...)
			if t.Failed() {
				t.Fatalf("%s, step %q", name, step)
			}
		}
	}
	a := s.post(t, s.leitung, path+"/beschluss", "version", v, "seen", seen, "outcome", "deferred", "ground", "price_open", "reason", "x", "deferred_until", "31.2.99")
	a.wantText("#deferred_until-f", "Diesen Tag gibt es nicht.")
}

func TestFourEyesAreExplained(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.submitted(t)
	s.get(t, s.referat, path+"/beschluss").wantStatus(403).wantText("main .kern-alert", "Das geht gerade nicht", "Vier-Augen-Prinzip: Sie haben diesen Vorgang eingereicht.")
	v := s.version(t, path)
	s.post(t, s.referat, path+"/beschluss", "version", v, "seen", "1", "schritt", "entscheiden", "outcome", "approved", "ground", "economic", "reason", "ich").wantStatus(403).
		wantText("main .kern-alert", "Vier-Augen-Prinzip")
}

func TestReturnAsksAQuestion(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.submitted(t)
	v := s.version(t, path)
	s.post(t, s.leitung, path+"/beschluss", "version", v, "schritt", "zurueckgeben", "question", " ").wantStatus(422).wantErrors("question").wantText("details[open]", "Rückfrage")
	s.post(t, s.leitung, path+"/beschluss", "version", v, "schritt", "zurueckgeben", "question", "Wer zahlt?").wantRedirect(path)
	s.get(t, s.referat, path).wantText("main .kern-alert", "Zurückgegeben mit Rückfrage", "Wer zahlt?").wantText("[aria-labelledby=naechstes]", "Zur Entscheidung einreichen")
	if seen := s.get(t, s.land, path).text("main"); strings.Contains(seen, "Wer zahlt?") {
		t.Error("the Land reads the question")
	}
	s.get(t, s.leitung, path+"/beschluss").wantStatus(409).wantText("main .kern-alert", "Der Vorgang ist noch in Prüfung.")
}

func TestDecisionThatComesTooLateIsGivenBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.submitted(t)
	v := s.version(t, path)
	s.post(t, s.leitung, path+"/beschluss", "version", v, "schritt", "zurueckgeben", "question", "Wer zahlt?").wantRedirect(path)
	typed := []string{"version", v, "outcome", "deferred", "ground", "price_open", "reason", "Ausführlich begründet", "deferred_until", "1.1.2099"}
	for _, step := range []string{"zusammenfassung", "entscheiden", "aendern"} {
		s.post(t, s.leitung, path+"/beschluss", append(typed, "schritt", step)...).wantStatus(409).
			wantText("main .kern-alert", "Nicht gespeichert", "noch in Prüfung", "Ausführlich begründet", "1.1.2099", "Zurückstellen")
	}
	s.post(t, s.referat, path+"/einreichen", "version", s.version(t, path)).wantRedirect(path)
	for _, step := range []string{"zusammenfassung", "entscheiden"} {
		a := s.post(t, s.leitung, path+"/beschluss", append(typed, "schritt", step)...).wantStatus(409).
			wantText("main .kern-alert", "Nicht gespeichert").wantText("#reason", "Ausführlich begründet")
		typedAgain := append([]string{"version", a.value("input[name=version]", "value"), "seen", a.value("input[name=seen]", "value")}, typed[2:]...)
		s.post(t, s.leitung, path+"/beschluss", append(typedAgain, "schritt", "zusammenfassung")...).wantStatus(200).wantText("h1", "Zusammenfassung")
	}
}

func TestNewerDecisionIsLinked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var paths []string
	for _, o := range [][2]string{{"rejected", "uneconomic"}, {"approved", "economic"}} {
		_, path := s.submitted(t)
		form := s.get(t, s.leitung, path+"/beschluss")
		s.post(t, s.leitung, path+"/beschluss", "version", form.value("input[name=version]", "value"), "seen", form.value("input[name=seen]", "value"),
			"schritt", "entscheiden", "outcome", o[0], "ground", o[1], "reason", "so ist es").wantRedirect(path)
		paths = append(paths, path)
	}
	a := s.get(t, s.As(t, "k16051"), paths[0]).wantStatus(200).wantText(".app-pagehead", "Ersetzt").wantText("[aria-labelledby=entscheidung]", "Abgelehnt", "so ist es")
	if got := a.value("[aria-labelledby=naechstes] a", "href"); got != paths[1] {
		t.Errorf("the older case leads to %q, want %q", got, paths[1])
	}
}

// hidden are the fields that a page carries along, as name and value in turn.
func (a answer) hidden() []string {
	var pairs []string
	for _, n := range a.all("main input[type=hidden]") {
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
		s.post(t, s.referat, path+"/zurueckziehen", "version", "1", "reason", broken).wantStatus(422)
	}
	s.get(t, s.land, "/entscheidungen/neu?leistung=%00").wantStatus(200)
	s.get(t, s.land, "/entscheidungen?suche=%00%ff&leistung=%ff").wantStatus(200)
}
