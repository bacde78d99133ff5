package checklistpage_test

import (
	"net/http"
	"testing"

	"rollinportal/web/pagetest"
)

func TestATaskIsHandedOverAndTakenBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	s.finish(t, "land", service+"/schritte/l_guide")
	const task = checklist + "/aufgaben/k_kickoff"
	s.get(t, "k16051", task).WantText("main", "Die Aufgabe liegt bei anderen", "0 Tage bisher")
	form := s.get(t, "k16051", task+"/abgeben").WantStatus(http.StatusOK).WantText("select", "Thüringer Landesrechenzentrum", "Andere Stelle")
	id, version := form.Value("input[name=id]", "value"), form.Value("input[name=version]", "value")
	send := func(login string, pairs ...string) pagetest.Answer {
		return s.post(t, login, task+"/abgeben", append([]string{"id", id, "version", version}, pairs...)...)
	}
	send("k16051", "since", "heute", "ticket", "4711").WantStatus(http.StatusUnprocessableEntity).WantErrors("since").WantText("title", "Fehler: ")
	a := send("k16051", "since", form.Value("input[name=since]", "value"), "ticket", "4711").WantStatus(http.StatusUnprocessableEntity).WantErrors("party")
	if a.Value("input[name=ticket]", "value") != "4711" || a.Value("input[name=id]", "value") != id {
		t.Error("what was typed is lost")
	}
	good := []string{"since", form.Value("input[name=since]", "value"), "party_name", "Hersteller A", "ticket", "4711"}
	send("k16051", good...).WantRedirect(checklist)
	send("k16051", good...).WantRedirect(checklist) // a second click
	s.get(t, "k16051", checklist).WantText(".app-task", "Wartet auf Hersteller A", "Liegt seit heute bei Hersteller A, Ticket 4711.").
		WantText("section[aria-labelledby=jetzt]", "Zurzeit sind andere am Zug", "liegt seit heute bei Hersteller A")
	there := s.get(t, "land", task).WantText("section[aria-labelledby=liegt-bei]", "Hersteller A", "4711").WantText("h1 ~ *, .app-head, main", "Wartet auf Hersteller A")
	there.WantNo("form[action$=zurueckholen]")
	s.get(t, "k16051", task+"/abgeben").WantText("main", "Die Aufgabe liegt schon bei Hersteller A.").WantNo("form.app-form")
	s.post(t, "land", task+"/zurueckholen", "version", version).WantStatus(http.StatusForbidden)
	s.post(t, "k16051-b", task+"/zurueckholen", "version", s.get(t, "k16051-b", task).Value("form[action$=zurueckholen] input[name=version]", "value"), "zurueck", "start").
		WantRedirect("/aufgaben")
	s.get(t, "k16051", checklist).WantText("section[aria-labelledby=jetzt]", "1.1 Teilnahme bestätigen")
}

func TestATownConfirmsHowThingsStand(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	s.get(t, "k16051", checklist).WantText("section[aria-labelledby=ueberblick]", "Stand bestätigt noch nicht", "Stand unverändert bestätigen")
	s.post(t, "k16051-b", checklist+"/bestaetigen").WantRedirect(checklist)
	s.get(t, "k16051", checklist).WantText("section[aria-labelledby=ueberblick]", "seit heute")
	s.post(t, "k16051", "/kommunen/16051/bestaetigen").WantRedirect("/aufgaben")
	s.post(t, "k16052", checklist+"/bestaetigen").WantStatus(http.StatusNotFound)
	s.get(t, "land", checklist).WantNo("form[action$=bestaetigen]")
}
