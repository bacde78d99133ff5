package decisionpage_test

import (
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/decision"
)

func TestRequestLeadsToTheCase(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	form := s.get(t, s.land, "/entscheidungen/neu?leistung=einbuergerung").wantStatus(200)
	if got := form.text("select[name=service] option[selected]"); got != "Einbürgerung" {
		t.Errorf("chosen is %q, want the service of the link", got)
	}
	id := form.value("input[name=id]", "value")
	path := "/entscheidungen/" + id
	send := []string{"id", id, "service", "einbuergerung", "occasion", "Fokusleistung 2027", "due_on", "1.2.99"}
	s.post(t, s.land, "/entscheidungen", send...).wantRedirect(path)
	s.post(t, s.land, "/entscheidungen", send...).wantRedirect(path) // a double click
	s.get(t, s.land, path).wantStatus(200).
		wantText("h1", "Einbürgerung").
		wantText(".app-pagehead", "Vorgang Nr. 1", "Entscheidung erbeten bis 01.02.2099", "Entwurf").
		wantText("[aria-labelledby=vorgang]", "Fokusleistung 2027").
		wantText("[aria-labelledby=naechstes]", "TMIKL prüft").
		wantNo("#pruefungen").wantNo("form[action$=zurueckziehen]")
}

func TestRequestFormKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.post(t, s.land, "/entscheidungen", "id", uuid.NewString(), "service", "", "occasion", " ", "due_on", "31.2.27").wantStatus(422).
		wantErrors("service", "occasion", "due_on").
		wantText("title", "Fehler: ").
		wantText("#due_on-f", "Diesen Tag gibt es nicht.")
	if got := a.value("#due_on", "value"); got != "31.2.27" {
		t.Errorf("the date field holds %q, want what was typed", got)
	}
	s.post(t, s.land, "/entscheidungen", "id", uuid.NewString(), "service", "einbuergerung", "occasion", "x", "due_on", "1.1.2020").wantStatus(422).
		wantErrors("due_on")
	s.post(t, s.land, "/entscheidungen", "id", "1", "service", "einbuergerung", "occasion", "x").wantStatus(422)
	s.post(t, s.land, "/entscheidungen", "id", uuid.NewString(), "state", "approved").wantStatus(422)
}

func TestSecondRequestShowsTheRunningCase(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.requested(t)
	for _, a := range []answer{
		s.get(t, s.land, "/entscheidungen/neu?leistung=einbuergerung").wantStatus(200),
		s.post(t, s.land, "/entscheidungen", "id", uuid.NewString(), "service", "einbuergerung", "occasion", "nochmal").wantStatus(409).wantErrors("service"),
	} {
		if len(a.all("a[href='"+path+"']")) == 0 {
			t.Error("the page does not lead to the running case")
		}
	}
}

func TestMinistryIsLedFromReviewToReviewToSubmission(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.requested(t)
	s.get(t, s.referat, path).wantText("[aria-labelledby=naechstes]", "Es fehlen noch 4 von 4 Prüfungen.", "Fachliche Prüfung eintragen").
		wantText(".app-step[aria-current]", "Prüfung noch nicht begonnen")
	s.post(t, s.referat, path+"/einreichen", "version", "1").wantStatus(422).
		wantErrors("pruefung-fachlich", "pruefung-technisch", "pruefung-datenschutz", "pruefung-wirtschaftlichkeit", "wibe-frame", "wibe-reuse", "wibe-as_is")
	s.post(t, s.referat, path+"/pruefungen/fachlich", "version", "1", "result", "positive").wantRedirect(path)
	s.get(t, s.referat, path).wantText("[aria-labelledby=naechstes]", "Es fehlen noch 3 von 4", "Technische Prüfung eintragen").
		wantText(".app-step[aria-current]", "1 von 4 Prüfungen").
		wantText("[aria-labelledby=pruefungen] tr:nth-child(1)", "Positiv", "Prüfung ändern", s.referat.Name)
	for _, art := range []string{"technisch", "datenschutz", "wirtschaftlichkeit"} {
		s.post(t, s.referat, path+"/pruefungen/"+art, "version", "1", "result", "waived", "note", "nicht nötig").wantRedirect(path)
	}
	a := s.get(t, s.referat, path).wantText("[aria-labelledby=naechstes] .kern-btn--primary", "Zur Entscheidung einreichen")
	if n := len(a.all(".kern-btn--primary")); n != 1 {
		t.Errorf("%d primary buttons, want 1", n)
	}
	s.post(t, s.referat, path+"/einreichen", "version", s.version(t, path)).wantRedirect(path)
	s.get(t, s.referat, path).wantText("[aria-labelledby=naechstes]", "Vier-Augen-Prinzip: Sie haben diesen Vorgang eingereicht.").
		wantText(".app-pagehead", "Wartet auf Entscheidung")
	s.get(t, s.leitung, path).wantText("[aria-labelledby=naechstes]", "Entscheidung treffen").
		wantText(".app-pagehead", "Wartet auf Ihre Entscheidung")
	s.get(t, s.As(t, "tmikl-leser"), path).wantText("[aria-labelledby=naechstes]", "TMIKL entscheidet").wantText("#pruefungen", "Prüfungen").
		wantNo("[aria-labelledby=naechstes] .kern-btn")
}

func TestReviewFormSaysWhatIsMissingAndKeepsTheNote(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.requested(t)
	s.get(t, s.referat, path+"/pruefungen/datenschutz").wantStatus(200).wantText("h1", "Datenschutz und IT-Sicherheit").wantText("main", "§ 8a OZG").
		wantNo("input[type=radio][checked]")
	s.post(t, s.referat, path+"/pruefungen/datenschutz", "version", "1", "result", "", "note", "Zeile 1\r\nZeile 2").wantStatus(422).
		wantErrors("cross_land", "result").wantText("#note", "Zeile 1 Zeile 2")
	s.post(t, s.referat, path+"/pruefungen/datenschutz", "version", "1", "cross_land", "ja", "result", "negative").wantStatus(422).
		wantErrors("note").wantText("#note-f", "Begründen Sie das negative Ergebnis.")
	s.get(t, s.referat, path+"/pruefungen/steuerlich").wantStatus(404)
	s.post(t, s.referat, path+"/pruefungen/steuerlich", "version", "1", "result", "positive").wantStatus(404)
	s.post(t, s.referat, path+"/pruefungen/fachlich", "result", "positive").wantStatus(422)
}

func TestTwoPeopleOnOneReviewSeeBothStates(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.requested(t)
	s.post(t, s.leitung, path+"/pruefungen/technisch", "version", "1", "result", "negative", "note", "Rückkanal fehlt").wantRedirect(path)
	s.post(t, s.leitung, path+"/pruefungen/fachlich", "version", "1", "result", "positive").wantRedirect(path)
	a := s.post(t, s.referat, path+"/pruefungen/technisch", "version", "1", "result", "positive", "note", "passt").wantStatus(409).
		wantText(".app-conflict", "Positiv", "Negativ", "passt", "Rückkanal fehlt", s.leitung.Name)
	s.post(t, s.referat, path+"/pruefungen/technisch",
		"version", a.value("input[name=version]", "value"), "result", a.value("input[name=result]", "value"), "note", a.value("input[name=note]", "value")).
		wantRedirect(path)
	s.get(t, s.referat, path+"/pruefungen/technisch").wantText("#note", "passt")
}

func TestReviewThatComesTooLateIsGivenBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.submitted(t)
	s.post(t, s.referat, path+"/pruefungen/technisch", "version", "2", "result", "negative", "note", "doch nicht").wantStatus(409).
		wantText("main .kern-alert", "Nicht gespeichert", "liegt schon zur Entscheidung vor", "Negativ", "doch nicht")
	s.get(t, s.referat, path+"/pruefungen/technisch").wantStatus(200).wantNo("form[action$=technisch]").wantText("main", "Vermerk technisch", s.referat.Name)
}

func TestWithdrawNeedsAReason(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.requested(t)
	s.post(t, s.referat, path+"/zurueckziehen", "version", "1", "reason", "").wantStatus(422).wantErrors("reason").wantText("details[open]", "Begründen Sie")
	s.post(t, s.referat, path+"/zurueckziehen", "version", "7", "reason", "Irrtum").wantStatus(409).
		wantText("main .kern-alert", "Inzwischen hat jemand anders", "Irrtum").wantText("#reason", "Irrtum")
	s.post(t, s.referat, path+"/zurueckziehen", "version", "1", "reason", "Irrtum").wantRedirect(path)
	s.get(t, s.land, path).wantText("[aria-labelledby=entscheidung]", "Zurückgezogen", "Irrtum").
		wantText("[aria-labelledby=naechstes]", "Neue Entscheidung anfragen")
	s.post(t, s.referat, path+"/zurueckziehen", "version", "2", "reason", "nochmal").wantStatus(409).wantText("main .kern-alert", "wurde zurückgezogen", "nochmal")
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
		s.get(t, s.As(t, who.login), path).wantStatus(who.want)
	}
	s.get(t, foreign, path+"/beschluss").wantStatus(404)
	s.get(t, foreign, path+"/pruefungen/fachlich").wantStatus(404)
	s.post(t, foreign, path+"/pruefungen/fachlich", "version", "2", "result", "positive").wantStatus(404)
	s.post(t, foreign, path+"/einreichen", "version", "2").wantStatus(404)
	s.post(t, foreign, path+"/zurueckziehen", "version", "2", "reason", "x").wantStatus(404)
	s.post(t, foreign, path+"/beschluss", "version", "2", "schritt", "entscheiden", "outcome", "approved", "reason", "x").wantStatus(404)
	s.post(t, foreign, path+"/beschluss", "version", "2", "schritt", "zurueckgeben", "question", "x").wantStatus(404)
	s.get(t, s.land, path+"/pruefungen/fachlich").wantStatus(403)
	s.get(t, s.land, path+"/beschluss").wantStatus(403)
	for _, id := range []string{uuid.NewString(), "1", "%00", "neu2"} {
		s.get(t, s.referat, "/entscheidungen/"+id).wantStatus(404)
	}
}

func TestListPutsTheDeskFirst(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.submitted(t)
	if err := s.decisions.Request(ctx, s.land, decision.Request{ID: uuid.New(), ServiceSlug: "waffenerlaubnis", Occasion: "x"}); err != nil {
		t.Fatal(err)
	}
	s.get(t, s.leitung, "/entscheidungen").wantStatus(200).
		wantText("[aria-labelledby=wartet]", "Einbürgerung", "Wartet auf Ihre Entscheidung", "4 von 4 Prüfungen", "Waffenerlaubnis", "Entwurf", "0 von 4 Prüfungen").
		wantText("[aria-labelledby=ergebnis]", "Keine weiteren Entscheidungen.")
	s.get(t, s.referat, "/entscheidungen").wantText("[aria-labelledby=wartet]", "Waffenerlaubnis").
		wantText("[aria-labelledby=ergebnis]", "Einbürgerung", "Wartet auf Entscheidung")
	s.get(t, s.referat, "/entscheidungen?stand=eingereicht").wantNo("#wartet").wantText("#ergebnis", "1 Entscheidung").wantText(".app-active", "Wartet auf Entscheidung")
	s.get(t, s.referat, "/entscheidungen?suche=fuehrerschein").wantText("main", "Keine Entscheidung passt zu diesen Filtern.")
	s.get(t, s.land, "/entscheidungen?leistung=einbuergerung&ressort=TMIKL&sortierung=-frist").wantText("[aria-labelledby=ergebnis]", "TMIKL", "Einbürgerung").
		wantText(".app-active", "Einbürgerung")
	s.get(t, s.As(t, "tmuenf-leitung"), "/entscheidungen").wantText("[aria-labelledby=wartet]", "Nichts wartet auf Sie.").wantText("[aria-labelledby=ergebnis]", "Noch keine Entscheidung.")
	if got := s.get(t, s.As(t, "k16051"), "/entscheidungen").wantText("[aria-labelledby=ergebnis]", "Noch keine Entscheidung.").all("a[href='" + path + "']"); len(got) > 0 {
		t.Error("a town finds an open case")
	}
}

func TestADraftIsKeptWhileTheReviewIsOpenAndOnlyThen(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, path := s.requested(t)
	at := path + "/pruefungen/fachlich"
	if got := s.get(t, s.referat, at).value("[data-autosave]", "data-autosave"); got != "schritt=entwurf" {
		t.Errorf("the script sends %q", got)
	}
	s.post(t, s.referat, at, "version", "1", "note", "halb", "schritt", "entwurf").wantStatus(303)
	s.post(t, s.leitung, at, "version", "1", "note", "anders", "schritt", "entwurf").wantStatus(409).wantText(".app-conflict", "halb", "anders")
	s.post(t, s.leitung, path+"/pruefungen/technisch", "version", "1", "note", "nebenher", "schritt", "entwurf").wantStatus(303)
	s.post(t, s.referat, at, "version", "2", "result", "positive", "note", "ganz").wantRedirect(path)
	s.get(t, s.referat, at).wantNo("[data-autosave]")
}
