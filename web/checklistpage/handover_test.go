package checklistpage_test

import (
	"net/http"
	"testing"
)

func TestATaskIsHandedOverAndTakenBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	s.finish(t, "land", service+"/schritte/l_guide")
	const task = checklist + "/aufgaben/k_kickoff"
	s.get(t, "k16051", task).wantText("main", "Die Aufgabe liegt bei anderen", "0 Tage bisher")
	form := s.get(t, "k16051", task+"/abgeben").wantStatus(http.StatusOK).wantText("select", "Thüringer Landesrechenzentrum", "Andere Stelle")
	id, version := form.value("input[name=id]", "value"), form.value("input[name=version]", "value")
	send := func(login string, pairs ...string) answer {
		return s.post(t, login, task+"/abgeben", append([]string{"id", id, "version", version}, pairs...)...)
	}
	send("k16051", "since", "heute", "ticket", "4711").wantStatus(http.StatusUnprocessableEntity).wantErrors("since").wantText("title", "Fehler: ")
	a := send("k16051", "since", form.value("input[name=since]", "value"), "ticket", "4711").wantStatus(http.StatusUnprocessableEntity).wantErrors("party")
	if a.value("input[name=ticket]", "value") != "4711" || a.value("input[name=id]", "value") != id {
		t.Error("what was typed is lost")
	}
	good := []string{"since", form.value("input[name=since]", "value"), "party_name", "Hersteller A", "ticket", "4711"}
	send("k16051", good...).wantRedirect(checklist)
	send("k16051", good...).wantRedirect(checklist) // a second click
	s.get(t, "k16051", checklist).wantText(".app-task", "Wartet auf Hersteller A", "Liegt seit heute bei Hersteller A, Ticket 4711.").
		wantText("section[aria-labelledby=jetzt]", "Zurzeit sind andere am Zug", "liegt seit heute bei Hersteller A")
	there := s.get(t, "land", task).wantText("section[aria-labelledby=liegt-bei]", "Hersteller A", "4711").wantText("h1 ~ *, .app-head, main", "Wartet auf Hersteller A")
	there.wantNo("form[action$=zurueckholen]")
	s.get(t, "k16051", task+"/abgeben").wantText("main", "Die Aufgabe liegt schon bei Hersteller A.").wantNo("form.app-form")
	s.post(t, "land", task+"/zurueckholen", "version", version).wantStatus(http.StatusForbidden)
	s.post(t, "k16051-b", task+"/zurueckholen", "version", s.get(t, "k16051-b", task).value("form[action$=zurueckholen] input[name=version]", "value"), "zurueck", "start").
		wantRedirect("/aufgaben")
	s.get(t, "k16051", checklist).wantText("section[aria-labelledby=jetzt]", "1.1 Teilnahme bestätigen")
}

func TestATownConfirmsHowThingsStand(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	s.get(t, "k16051", checklist).wantText("section[aria-labelledby=ueberblick]", "Stand bestätigt noch nicht", "Stand unverändert bestätigen")
	s.post(t, "k16051-b", checklist+"/bestaetigen").wantRedirect(checklist)
	s.get(t, "k16051", checklist).wantText("section[aria-labelledby=ueberblick]", "seit heute")
	s.post(t, "k16051", "/kommunen/16051/bestaetigen").wantRedirect("/aufgaben")
	s.post(t, "k16052", checklist+"/bestaetigen").wantStatus(http.StatusNotFound)
	s.get(t, "land", checklist).wantNo("form[action$=bestaetigen]")
}
