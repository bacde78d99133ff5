package checklistpage_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/workday"
)

func TestARollinShowsTheLandEveryBody(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get(t, "land", service+"/roll-in").wantStatus(http.StatusOK).wantText("main", "noch nicht begonnen")
	s.rollIn(t)
	a := s.get(t, "land", service+"/roll-in").wantText("main", "22 Einheiten", "Erfurt", "Pilot", "0 von 22", "7 von 14 erledigt")
	if rows := len(a.all("tbody tr")); rows != 22 {
		t.Errorf("%d rows, want 22", rows)
	}
}

func TestARollinShowsATownOnlyItself(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	a := s.get(t, "k16051", service+"/roll-in").wantText("h2#einheiten", "Ihre Einheit").wantText("tbody", "Erfurt")
	if rows := len(a.all("tbody tr")); rows != 1 || strings.Contains(a.text("main"), "Gera") {
		t.Errorf("%d rows: %s", rows, a.text("tbody"))
	}
	if a := s.get(t, "gremium", service+"/roll-in").wantText("main", "0 von 22").wantNo("tbody"); strings.Contains(a.text("main"), "Noch nicht begonnen") {
		t.Error("a committee reads how many bodies share a state, even if it is one")
	}
	s.get(t, "tmsgaf-referat", service+"/roll-in").wantStatus(http.StatusNotFound)
}

func TestTheChecklistSaysWhatIsNext(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	a := s.get(t, "k16051", checklist).wantStatus(http.StatusOK)
	a.wantText("h1", "Einbürgerung anbinden").wantText("main", "Checkliste für die Stadt Erfurt", "0 von 21 Aufgaben erledigt", "Pilotkommune", "Thüringer Landesrechenzentrum")
	a.wantText("section[aria-labelledby=jetzt]", "Zuerst erledigt das Land:", "Informationsschreiben und technischer Leitfaden")
	a.wantText(".app-task", "Möglich, sobald das Land „Informationsschreiben und technischer Leitfaden“ erledigt hat.")
	if n := len(a.all(".app-task")); n != 25 {
		t.Errorf("%d tasks, want 25", n)
	}
	s.finish(t, "land", service+"/schritte/l_guide")
	s.get(t, "k16051", checklist).wantText("section[aria-labelledby=jetzt]", "1.1 Teilnahme bestätigen", "Aufgabe 1.1 öffnen")
	s.get(t, "k16051", checklist+"?gruppe=saeule").wantText(".app-phase h3", "Strukturen und Rollen", "Zusammenarbeit")
	s.get(t, "k16051", checklist+"?gruppe=frist").wantText(".app-phase h3", "Später", "Erledigt oder entfallen")
	s.get(t, "land", checklist).wantStatus(http.StatusOK).wantText("section[aria-labelledby=jetzt]", "1.1 Teilnahme bestätigen")
}

func TestATaskIsDoneWithEvidence(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	kickoff := checklist + "/aufgaben/k_kickoff"
	s.get(t, "k16051", kickoff).wantText("main", "Die Aufgabe ist noch nicht möglich.", "Informationsschreiben").wantText("summary", "Trifft nicht zu")
	s.finish(t, "land", service+"/schritte/l_guide")
	version := s.version(t, "k16051", kickoff)
	s.post(t, "k16051", kickoff, "version", version, "to", "", "evidence", "").wantStatus(http.StatusUnprocessableEntity).wantErrors("to")
	a := s.post(t, "k16051", kickoff, "version", version, "to", "done", "evidence_url", "ftp://x").wantStatus(http.StatusUnprocessableEntity).wantErrors("evidence_url")
	if a.value("input[name=evidence_url]", "value") != "ftp://x" || a.value("input[name=to][checked]", "value") != "done" {
		t.Error("what was typed is lost")
	}
	s.post(t, "k16051", kickoff, "version", version, "to", "done", "evidence", "Passwort: geheim").wantStatus(http.StatusUnprocessableEntity).wantErrors("evidence")
	s.post(t, "k16051", kickoff, "to", "done").wantStatus(http.StatusUnprocessableEntity)
	s.post(t, "k16051", kickoff, "version", version, "to", "done", "evidence", "Kontaktliste", "evidence_url", "https://akte.example/1").wantRedirect(checklist)
	s.post(t, "k16051", kickoff, "version", version, "to", "done", "evidence", "Kontaktliste", "evidence_url", "https://akte.example/1").wantRedirect(checklist)
	s.get(t, "k16051", kickoff).wantText("main", "Kontaktliste", "Hier ist nichts mehr zu tun.").wantText("summary", "Wieder öffnen").wantText(".app-log", "Erledigt")
	if href := s.get(t, "k16051", checklist).value(".app-task a[href^='https://']", "href"); href != "https://akte.example/1" {
		t.Errorf("the list links the evidence as %q", href)
	}
}

func TestTheSecondPersonComparesBothStates(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	s.finish(t, "land", service+"/schritte/l_guide")
	kickoff := checklist + "/aufgaben/k_kickoff"
	version := s.version(t, "k16051", kickoff)
	s.post(t, "k16051", kickoff, "version", version, "to", "in_progress", "evidence", "wir sammeln").wantRedirect(checklist)
	a := s.post(t, "k16051-b", kickoff, "version", version, "to", "done", "evidence", "Kontaktliste").wantStatus(http.StatusConflict)
	a.wantText("table", "In Arbeit", "Erledigt", "wir sammeln", "Kontaktliste", s.as(t, "k16051").Name)
	newVersion := a.value("input[name=version]", "value")
	s.post(t, "k16051-b", kickoff, "version", newVersion, "to", a.value("input[name=to]", "value"), "evidence", a.value("input[name=evidence]", "value")).wantRedirect(checklist)
	// What cannot be done on top of the other's change is not offered again.
	s.post(t, "k16051", kickoff, "version", newVersion, "to", "not_applicable", "reason", "doch nicht").wantStatus(http.StatusConflict).
		wantText(".kern-alert", "inzwischen geändert", "doch nicht").wantNo("table")
}

func TestATownHandsInAndTheLandChecks(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	s.finishLand(t)
	s.finishUntil(t, "k_release")
	release := checklist + "/aufgaben/k_release"
	s.get(t, "k16051-b", release).wantText("main", "Die Prüfung liegt bei der Landeskoordination", "Zur Prüfung geben")
	s.handIn(t, release)
	s.get(t, "k16051-b", checklist).wantText(".app-task", "Zur Prüfung").wantText("section[aria-labelledby=jetzt]", "liegt zur Prüfung bei der Landeskoordination")

	// Nobody of the town accepts, neither on the page nor past it.
	s.get(t, "k16051", release).wantText("main", "zur Prüfung bei der Landeskoordination").wantNo("input[value=done]")
	version := s.version(t, "land", release)
	s.post(t, "k16051", release, "version", version, "to", "done").wantStatus(http.StatusForbidden)
	s.post(t, "k16051", release+"/pruefung", "version", version, "to", "done").wantStatus(http.StatusForbidden)
	s.post(t, "k16052", release+"/pruefung", "version", version, "to", "done").wantStatus(http.StatusForbidden)
	s.post(t, "kiv", release+"/pruefung", "version", version, "to", "done").wantStatus(http.StatusNotFound) // it works for others
	s.post(t, "tlrz", release+"/pruefung", "version", version, "to", "done").wantStatus(http.StatusForbidden)

	s.get(t, "k16051", release).wantText("main", "Vermerk mit Termin")
	s.get(t, "land", release).wantText("main", "Vermerk mit Termin", "Annehmen", "Zurückgeben")
	s.post(t, "land", release+"/pruefung", "version", version).wantStatus(http.StatusUnprocessableEntity).wantErrors("to")
	s.post(t, "land", release+"/pruefung", "version", version, "to", "returned").wantStatus(http.StatusUnprocessableEntity).wantErrors("reason")
	s.post(t, "land", release+"/pruefung", "version", version, "to", "in_progress").wantStatus(http.StatusUnprocessableEntity).wantErrors("to")
	s.post(t, "land", release+"/pruefung", "version", version, "to", "returned", "reason", "Der Termin fehlt").wantRedirect(toCheck)
	s.post(t, "land2", release+"/pruefung", "version", version, "to", "done").wantStatus(http.StatusConflict).wantText(".kern-alert", "nicht gespeichert")

	s.get(t, "k16051", release).wantText(".kern-alert--warning", "Der Termin fehlt")
	s.handIn(t, release)
	s.post(t, "land", release+"/pruefung", "version", s.version(t, "land", release), "to", "done").wantRedirect(toCheck)
	s.get(t, "k16051", checklist).wantText("section[aria-labelledby=jetzt]", "Alles ist vorbereitet", "Produktivstart melden")
	s.get(t, "k16051-b", checklist).wantText("section[aria-labelledby=jetzt]", "Die Koordination der Einheit meldet den Produktivstart.")
}

func TestTheGateOpensAndClosesBehind(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	gate := checklist + "/produktiv"
	s.get(t, "k16051", gate).wantText("main", "Das fehlt noch", "Schritt des Landes", "1.1 Teilnahme bestätigen").wantNo("form.app-form")
	s.get(t, "k16051-b", gate).wantStatus(http.StatusForbidden)
	s.get(t, "k16052", gate).wantStatus(http.StatusNotFound)
	s.post(t, "k16051", gate, "version", "1", "on", "1.11.2026", "evidence", "x").wantStatus(http.StatusConflict).wantText(".kern-alert", "noch nicht möglich")
	s.finishLand(t)
	s.finishUntil(t, "k_release")
	release := checklist + "/aufgaben/k_release"
	s.handIn(t, release)
	s.post(t, "land", release+"/pruefung", "version", s.version(t, "land", release), "to", "done").wantRedirect(toCheck)
	version := s.version(t, "k16051", gate)
	s.post(t, "k16051", gate, "version", version, "on", "", "evidence", "").wantStatus(http.StatusUnprocessableEntity).wantErrors("on")
	tomorrow := time.Now().AddDate(0, 0, 2).Format("02.01.2006")
	s.post(t, "k16051", gate, "version", version, "on", tomorrow, "evidence", "").wantStatus(http.StatusUnprocessableEntity).wantErrors("on", "evidence")
	today := s.get(t, "k16051", gate).value("input[name=on]", "value")
	s.post(t, "k16051", gate, "version", version, "on", today, "evidence", "Antrag 1").wantRedirect(checklist)
	s.post(t, "k16051", gate, "version", version, "on", today, "evidence", "Antrag 1").wantRedirect(checklist)
	s.get(t, "k16051", gate).wantText("main", "produktiv").wantNo("form.app-form")
	s.get(t, "k16051", checklist).wantText("main", "Produktiv seit")
	date := checklist + "/termin"
	version = s.version(t, "k16051", date)
	s.post(t, "k16051", date, "version", version, "on", tomorrow, "reason", "").wantStatus(http.StatusUnprocessableEntity).wantErrors("on", "reason")
	s.get(t, "land", date).wantText("main", "berichtigt die Koordination der Einheit").wantNo("form.app-form")
}

func TestTheLandMovesADate(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	date := checklist + "/termin"
	s.get(t, "k16051", date).wantNo("form.app-form")
	s.get(t, "k16051-b", date).wantStatus(http.StatusForbidden)
	s.get(t, "k16052", date).wantStatus(http.StatusNotFound)
	version := s.version(t, "land", date)
	a := s.post(t, "land", date, "version", version, "on", "2.3.2020", "cause", "", "reason", "Weil").wantStatus(http.StatusUnprocessableEntity).wantErrors("on", "cause")
	if a.value("input[name=on]", "value") != "2.3.2020" {
		t.Error("what was typed is lost")
	}
	on := workday.Day(time.Now()).AddDate(1, 0, 0)
	for !workday.IsWorkingDay(on) {
		on = on.AddDate(0, 0, 1)
	}
	said := []string{"version", version, "on", on.Format("02.01.2006"), "cause", "backend", "reason", "Die Schnittstelle fehlt."}
	s.post(t, "land", date, said...).wantRedirect(checklist)
	s.post(t, "land", date, said...).wantRedirect(checklist)
	s.get(t, "k16051", checklist).wantText("main", "Zieltermin "+on.Format("02.01.2006"))
	said[3] = on.AddDate(0, 0, 28).Format("02.01.2006")
	s.post(t, "land", date, said...).wantStatus(http.StatusConflict).wantText("main", "Inzwischen geschehen", "Die Schnittstelle fehlt.")
}

func TestActsHaveTheirPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	state := checklist + "/stand"
	s.get(t, "k16051", state).wantText("main", "Teilnahme zusagen", "Teilnahme ablehnen").wantNo("input[name=resume_on]")
	s.get(t, "land", state).wantText("main", "Pausieren", "Als nicht zuständig führen")
	version := s.version(t, "land", state)
	s.post(t, "land", state, "version", version).wantStatus(http.StatusUnprocessableEntity).wantErrors("act")
	s.post(t, "land", state, "version", version, "act", "pause", "resume_on", "bald").wantStatus(http.StatusUnprocessableEntity).wantErrors("resume_on")
	s.post(t, "land", state, "version", version, "act", "pause").wantStatus(http.StatusUnprocessableEntity).wantErrors("reason", "resume_on")
	s.post(t, "land", state, "version", version, "act", "commit").wantStatus(http.StatusForbidden)
	later := time.Now().AddDate(0, 2, 0).Format("02.01.2006")
	s.post(t, "land", state, "version", version, "act", "pause", "reason", "Umzug des Amts", "resume_on", later).wantRedirect(checklist)
	s.post(t, "k16051", state, "version", version, "act", "commit").wantStatus(http.StatusConflict).wantText(".kern-alert", "inzwischen geändert").wantText(".app-log", "Anbindung pausiert")
	s.get(t, "k16051", checklist).wantText("section[aria-labelledby=jetzt]", "Die Anbindung pausiert", later, "Grund: Umzug des Amts")
	s.get(t, "k16051", checklist+"/aufgaben/k_kickoff").wantText("main", "Solange ruht die Checkliste").wantNo("input[name=version]")
	s.post(t, "land", state, "version", s.version(t, "land", state), "act", "resume").wantRedirect(checklist)
}

func TestAStepOfTheLand(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	guide := service + "/schritte/l_guide"
	s.get(t, "k16051", guide).wantStatus(http.StatusOK).wantNo("input[name=version]").wantText("main", "Hierüber berichtet die zuständige Stelle: Land.")
	s.post(t, "k16051", guide, "version", "1", "to", "done").wantStatus(http.StatusForbidden)
	s.get(t, "land", service+"/schritte/l_nothing").wantStatus(http.StatusNotFound)
	s.post(t, "land", guide, "version", s.version(t, "land", guide), "to", "done").wantStatus(http.StatusUnprocessableEntity).wantErrors("evidence")
	s.finish(t, "land", guide)
	s.get(t, "land", guide).wantText(".app-log", "Erledigt").wantText("main", "Wieder öffnen")
}
