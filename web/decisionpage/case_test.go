package decisionpage_test

import (
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/decision"
	"rollinportal/web/pagetest"
)

func TestRequestLeadsToTheCase(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	form := s.Get(t, s.land, "/entscheidungen/neu?leistung=einbuergerung").WantStatus(200)
	if got := form.Text("select[name=service] option[selected]"); got != "Einbürgerung" {
		t.Errorf("chosen is %q, want the service of the link", got)
	}
	id := form.Value("input[name=id]", "value")
	path := "/entscheidungen/" + id
	send := []string{"id", id, "service", "einbuergerung", "occasion", "Fokusleistung 2027", "due_on", "1.2.99"}
	s.Post(t, s.land, "/entscheidungen", send...).WantRedirect(path)
	s.Post(t, s.land, "/entscheidungen", send...).WantRedirect(path) // a double click
	s.Get(t, s.land, path).WantStatus(200).
		WantText("h1", "Einbürgerung").
		WantText(".app-pagehead", "Vorgang Nr. 1", "Entscheidung erbeten bis 01.02.2099", "Entwurf").
		WantText("[aria-labelledby=vorgang]", "Fokusleistung 2027").
		WantText("[aria-labelledby=naechstes]", "TMIKL prüft").
		WantNo("#pruefungen").WantNo("form[action$=zurueckziehen]")
}

func TestRequestFormKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.Post(t, s.land, "/entscheidungen", "id", uuid.NewString(), "service", "", "occasion", " ", "due_on", "31.2.27").WantStatus(422).
		WantErrors("service", "occasion", "due_on").
		WantText("title", "Fehler: ").
		WantText("#due_on-f", "Diesen Tag gibt es nicht.")
	if got := a.Value("#due_on", "value"); got != "31.2.27" {
		t.Errorf("the date field holds %q, want what was typed", got)
	}
	s.Post(t, s.land, "/entscheidungen", "id", uuid.NewString(), "service", "einbuergerung", "occasion", "x", "due_on", "1.1.2020").WantStatus(422).
		WantErrors("due_on")
	s.Post(t, s.land, "/entscheidungen", "id", "1", "service", "einbuergerung", "occasion", "x").WantStatus(422)
	s.Post(t, s.land, "/entscheidungen", "id", uuid.NewString(), "state", "approved").WantStatus(422)
}

func TestSecondRequestShowsTheRunningCase(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.requested(t)
	for _, a := range []pagetest.Answer{
		s.Get(t, s.land, "/entscheidungen/neu?leistung=einbuergerung").WantStatus(200),
		s.Post(t, s.land, "/entscheidungen", "id", uuid.NewString(), "service", "einbuergerung", "occasion", "nochmal").WantStatus(409).WantErrors("service"),
	} {
		if len(a.All("a[href='"+path+"']")) == 0 {
			t.Error("the page does not lead to the running case")
		}
	}
}

func TestMinistryIsLedFromReviewToReviewToSubmission(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.requested(t)
	s.Get(t, s.referat, path).WantText("[aria-labelledby=naechstes]", "Es fehlen noch 4 von 4 Prüfungen.", "Fachliche Prüfung eintragen").
		WantText(".app-step[aria-current]", "Prüfung noch nicht begonnen")
	s.Post(t, s.referat, path+"/einreichen", "version", "1").WantStatus(422).
		WantErrors("pruefung-fachlich", "pruefung-technisch", "pruefung-datenschutz", "pruefung-wirtschaftlichkeit", "wibe-frame", "wibe-reuse", "wibe-as_is")
	s.Post(t, s.referat, path+"/pruefungen/fachlich", "version", "1", "result", "positive").WantRedirect(path)
	s.Get(t, s.referat, path).WantText("[aria-labelledby=naechstes]", "Es fehlen noch 3 von 4", "Technische Prüfung eintragen").
		WantText(".app-step[aria-current]", "1 von 4 Prüfungen").
		WantText("[aria-labelledby=pruefungen] tr:nth-child(1)", "Positiv", "Prüfung ändern", s.referat.Name)
	for _, art := range []string{"technisch", "datenschutz", "wirtschaftlichkeit"} {
		s.Post(t, s.referat, path+"/pruefungen/"+art, "version", "1", "result", "waived", "note", "nicht nötig").WantRedirect(path)
	}
	a := s.Get(t, s.referat, path).WantText("[aria-labelledby=naechstes] .kern-btn--primary", "Zur Entscheidung einreichen")
	if n := len(a.All(".kern-btn--primary")); n != 1 {
		t.Errorf("%d primary buttons, want 1", n)
	}
	s.Post(t, s.referat, path+"/einreichen", "version", s.version(t, path)).WantRedirect(path)
	s.Get(t, s.referat, path).WantText("[aria-labelledby=naechstes]", "Vier-Augen-Prinzip: Sie haben diesen Vorgang eingereicht.").
		WantText(".app-pagehead", "Wartet auf Entscheidung")
	s.Get(t, s.leitung, path).WantText("[aria-labelledby=naechstes]", "Entscheidung treffen").
		WantText(".app-pagehead", "Wartet auf Ihre Entscheidung")
	s.Get(t, s.As(t, "tmikl-leser"), path).WantText("[aria-labelledby=naechstes]", "TMIKL entscheidet").WantText("#pruefungen", "Prüfungen").
		WantNo("[aria-labelledby=naechstes] .kern-btn")
}

func TestReviewFormSaysWhatIsMissingAndKeepsTheNote(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.requested(t)
	s.Get(t, s.referat, path+"/pruefungen/datenschutz").WantStatus(200).WantText("h1", "Datenschutz und IT-Sicherheit").WantText("main", "§ 8a OZG").
		WantNo("input[type=radio][checked]")
	s.Post(t, s.referat, path+"/pruefungen/datenschutz", "version", "1", "result", "", "note", "Zeile 1\r\nZeile 2").WantStatus(422).
		WantErrors("cross_land", "result").WantText("#note", "Zeile 1 Zeile 2")
	s.Post(t, s.referat, path+"/pruefungen/datenschutz", "version", "1", "cross_land", "ja", "result", "negative").WantStatus(422).
		WantErrors("note").WantText("#note-f", "Begründen Sie das negative Ergebnis.")
	s.Get(t, s.referat, path+"/pruefungen/steuerlich").WantStatus(404)
	s.Post(t, s.referat, path+"/pruefungen/steuerlich", "version", "1", "result", "positive").WantStatus(404)
	s.Post(t, s.referat, path+"/pruefungen/fachlich", "result", "positive").WantStatus(422)
}

func TestTwoPeopleOnOneReviewSeeBothStates(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.requested(t)
	s.Post(t, s.leitung, path+"/pruefungen/technisch", "version", "1", "result", "negative", "note", "Rückkanal fehlt").WantRedirect(path)
	s.Post(t, s.leitung, path+"/pruefungen/fachlich", "version", "1", "result", "positive").WantRedirect(path)
	a := s.Post(t, s.referat, path+"/pruefungen/technisch", "version", "1", "result", "positive", "note", "passt").WantStatus(409).
		WantText(".app-conflict", "Positiv", "Negativ", "passt", "Rückkanal fehlt", s.leitung.Name)
	s.Post(t, s.referat, path+"/pruefungen/technisch",
		"version", a.Value("input[name=version]", "value"), "result", a.Value("input[name=result]", "value"), "note", a.Value("input[name=note]", "value")).
		WantRedirect(path)
	s.Get(t, s.referat, path+"/pruefungen/technisch").WantText("#note", "passt")
}

func TestReviewThatComesTooLateIsGivenBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.submitted(t)
	s.Post(t, s.referat, path+"/pruefungen/technisch", "version", "2", "result", "negative", "note", "doch nicht").WantStatus(409).
		WantText("main .kern-alert", "Nicht gespeichert", "liegt schon zur Entscheidung vor", "Negativ", "doch nicht")
	s.Get(t, s.referat, path+"/pruefungen/technisch").WantStatus(200).WantNo("form[action$=technisch]").WantText("main", "Vermerk technisch", s.referat.Name)
}

func TestWithdrawNeedsAReason(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.requested(t)
	s.Post(t, s.referat, path+"/zurueckziehen", "version", "1", "reason", "").WantStatus(422).WantErrors("reason").WantText("details[open]", "Begründen Sie")
	s.Post(t, s.referat, path+"/zurueckziehen", "version", "7", "reason", "Irrtum").WantStatus(409).
		WantText("main .kern-alert", "Inzwischen hat jemand anders", "Irrtum").WantText("#reason", "Irrtum")
	s.Post(t, s.referat, path+"/zurueckziehen", "version", "1", "reason", "Irrtum").WantRedirect(path)
	s.Get(t, s.land, path).WantText("[aria-labelledby=entscheidung]", "Zurückgezogen", "Irrtum").
		WantText("[aria-labelledby=naechstes]", "Neue Entscheidung anfragen")
	s.Post(t, s.referat, path+"/zurueckziehen", "version", "2", "reason", "nochmal").WantStatus(409).WantText("main .kern-alert", "wurde zurückgezogen", "nochmal")
}

func TestForeignCasesDoNotExist(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.submitted(t)
	foreign := s.As(t, "tmdi-leitung")
	for _, who := range []struct {
		login string
		want  int
	}{{"tmdi-leitung", 404}, {"d-min-leitung", 404}, {"k16051", 404}, {"tlrz", 404}, {"gremium", 404}, {"d-land", 404}, {"betreiber", 403}} {
		s.Get(t, s.As(t, who.login), path).WantStatus(who.want)
	}
	s.Get(t, foreign, path+"/beschluss").WantStatus(404)
	s.Get(t, foreign, path+"/pruefungen/fachlich").WantStatus(404)
	s.Post(t, foreign, path+"/pruefungen/fachlich", "version", "2", "result", "positive").WantStatus(404)
	s.Post(t, foreign, path+"/einreichen", "version", "2").WantStatus(404)
	s.Post(t, foreign, path+"/zurueckziehen", "version", "2", "reason", "x").WantStatus(404)
	s.Post(t, foreign, path+"/beschluss", "version", "2", "schritt", "entscheiden", "outcome", "approved", "reason", "x").WantStatus(404)
	s.Post(t, foreign, path+"/beschluss", "version", "2", "schritt", "zurueckgeben", "question", "x").WantStatus(404)
	s.Get(t, s.land, path+"/pruefungen/fachlich").WantStatus(403)
	s.Get(t, s.land, path+"/beschluss").WantStatus(403)
	for _, id := range []string{uuid.NewString(), "1", "%00", "neu2"} {
		s.Get(t, s.referat, "/entscheidungen/"+id).WantStatus(404)
	}
}

func TestListPutsTheDeskFirst(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.submitted(t)
	if err := s.decisions.Request(ctx, s.land, decision.Request{ID: uuid.New(), ServiceSlug: "waffenerlaubnis", Occasion: "x"}); err != nil {
		t.Fatal(err)
	}
	s.Get(t, s.leitung, "/entscheidungen").WantStatus(200).
		WantText("[aria-labelledby=wartet]", "Einbürgerung", "Wartet auf Ihre Entscheidung", "4 von 4 Prüfungen", "Waffenerlaubnis", "Entwurf", "0 von 4 Prüfungen").
		WantText("[aria-labelledby=ergebnis]", "Keine weiteren Entscheidungen.")
	s.Get(t, s.referat, "/entscheidungen").WantText("[aria-labelledby=wartet]", "Waffenerlaubnis").
		WantText("[aria-labelledby=ergebnis]", "Einbürgerung", "Wartet auf Entscheidung")
	s.Get(t, s.referat, "/entscheidungen?stand=eingereicht").WantNo("#wartet").WantText("#ergebnis", "1 Entscheidung").WantText(".app-active", "Wartet auf Entscheidung")
	s.Get(t, s.referat, "/entscheidungen?suche=fuehrerschein").WantText("main", "Keine Entscheidung passt zu diesen Filtern.")
	s.Get(t, s.land, "/entscheidungen?leistung=einbuergerung&ressort=TMIKL&sortierung=-frist").WantText("[aria-labelledby=ergebnis]", "TMIKL", "Einbürgerung").
		WantText(".app-active", "Einbürgerung")
	s.Get(t, s.As(t, "tmuenf-leitung"), "/entscheidungen").WantText("[aria-labelledby=wartet]", "Nichts wartet auf Sie.").WantText("[aria-labelledby=ergebnis]", "Noch keine Entscheidung.")
	if got := s.Get(t, s.As(t, "k16051"), "/entscheidungen").WantText("[aria-labelledby=ergebnis]", "Noch keine Entscheidung.").All("a[href='" + path + "']"); len(got) > 0 {
		t.Error("a town finds an open case")
	}
}

func TestADraftIsKeptWhileTheReviewIsOpenAndOnlyThen(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.requested(t)
	at := path + "/pruefungen/fachlich"
	if got := s.Get(t, s.referat, at).Value("[data-autosave]", "data-autosave"); got != "schritt=entwurf" {
		t.Errorf("the script sends %q", got)
	}
	s.Post(t, s.referat, at, "version", "1", "note", "halb", "schritt", "entwurf").WantStatus(303)
	s.Post(t, s.leitung, at, "version", "1", "note", "anders", "schritt", "entwurf").WantStatus(409).WantText(".app-conflict", "halb", "anders")
	s.Post(t, s.leitung, path+"/pruefungen/technisch", "version", "1", "note", "nebenher", "schritt", "entwurf").WantStatus(303)
	s.Post(t, s.referat, at, "version", "2", "result", "positive", "note", "ganz").WantRedirect(path)
	s.Get(t, s.referat, at).WantNo("[data-autosave]")
}
