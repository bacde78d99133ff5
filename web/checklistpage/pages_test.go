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
	s.get(t, "land", service+"/roll-in").WantStatus(http.StatusOK).WantText("main", "noch nicht begonnen")
	s.rollIn(t)
	a := s.get(t, "land", service+"/roll-in").WantText("main", "22 Einheiten", "Erfurt", "Pilot", "0 von 22", "7 von 14 erledigt")
	if rows := len(a.All("tbody tr")); rows != 22 {
		t.Errorf("%d rows, want 22", rows)
	}
}

func TestARollinShowsATownOnlyItself(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	a := s.get(t, "k16051", service+"/roll-in").WantText("h2#einheiten", "Ihre Einheit").WantText("tbody", "Erfurt")
	if rows := len(a.All("tbody tr")); rows != 1 || strings.Contains(a.Text("main"), "Gera") {
		t.Errorf("%d rows: %s", rows, a.Text("tbody"))
	}
	if a := s.get(t, "gremium", service+"/roll-in").WantText("main", "0 von 22").WantNo("tbody"); strings.Contains(a.Text("main"), "Noch nicht begonnen") {
		t.Error("a committee reads how many bodies share a state, even if it is one")
	}
	s.get(t, "tmsgaf-referat", service+"/roll-in").WantStatus(http.StatusNotFound)
}

func TestTheChecklistSaysWhatIsNext(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	a := s.get(t, "k16051", checklist).WantStatus(http.StatusOK)
	a.WantText("h1", "Einbürgerung anbinden").WantText("main", "Checkliste für die Stadt Erfurt", "0 von 21 Aufgaben erledigt", "Pilotkommune", "Thüringer Landesrechenzentrum")
	a.WantText("section[aria-labelledby=jetzt]", "Zuerst erledigt das Land:", "Informationsschreiben und technischer Leitfaden")
	a.WantText(".app-task", "Möglich, sobald das Land „Informationsschreiben und technischer Leitfaden“ erledigt hat.")
	if n := len(a.All(".app-task")); n != 25 {
		t.Errorf("%d tasks, want 25", n)
	}
	s.finish(t, "land", service+"/schritte/l_guide")
	s.get(t, "k16051", checklist).WantText("section[aria-labelledby=jetzt]", "1.1 Teilnahme bestätigen", "Aufgabe 1.1 öffnen")
	s.get(t, "k16051", checklist+"?gruppe=saeule").WantText(".app-phase h3", "Strukturen und Rollen", "Zusammenarbeit")
	s.get(t, "k16051", checklist+"?gruppe=frist").WantText(".app-phase h3", "Später", "Erledigt oder entfallen")
	s.get(t, "land", checklist).WantStatus(http.StatusOK).WantText("section[aria-labelledby=jetzt]", "1.1 Teilnahme bestätigen")
}

func TestATaskIsDoneWithEvidence(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	kickoff := checklist + "/aufgaben/k_kickoff"
	s.get(t, "k16051", kickoff).WantText("main", "Die Aufgabe ist noch nicht möglich.", "Informationsschreiben").WantText("summary", "Trifft nicht zu")
	s.finish(t, "land", service+"/schritte/l_guide")
	version := s.version(t, "k16051", kickoff)
	s.post(t, "k16051", kickoff, "version", version, "to", "", "evidence", "").WantStatus(http.StatusUnprocessableEntity).WantErrors("to")
	a := s.post(t, "k16051", kickoff, "version", version, "to", "done", "evidence_url", "ftp://x").WantStatus(http.StatusUnprocessableEntity).WantErrors("evidence_url")
	if a.Value("input[name=evidence_url]", "value") != "ftp://x" || a.Value("input[name=to][checked]", "value") != "done" {
		t.Error("what was typed is lost")
	}
	s.post(t, "k16051", kickoff, "version", version, "to", "done", "evidence", "Passwort: geheim").WantStatus(http.StatusUnprocessableEntity).WantErrors("evidence")
	s.post(t, "k16051", kickoff, "to", "done").WantStatus(http.StatusUnprocessableEntity)
	s.post(t, "k16051", kickoff, "version", version, "to", "done", "evidence", "Kontaktliste", "evidence_url", "https://akte.example/1").WantRedirect(checklist)
	s.post(t, "k16051", kickoff, "version", version, "to", "done", "evidence", "Kontaktliste", "evidence_url", "https://akte.example/1").WantRedirect(checklist)
	s.get(t, "k16051", kickoff).WantText("main", "Kontaktliste", "Hier ist nichts mehr zu tun.").WantText("summary", "Wieder öffnen").WantText(".app-log", "Erledigt")
	if href := s.get(t, "k16051", checklist).Value(".app-task a[href^='https://']", "href"); href != "https://akte.example/1" {
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
	s.post(t, "k16051", kickoff, "version", version, "to", "in_progress", "evidence", "wir sammeln").WantRedirect(checklist)
	a := s.post(t, "k16051-b", kickoff, "version", version, "to", "done", "evidence", "Kontaktliste").WantStatus(http.StatusConflict)
	a.WantText("table", "In Arbeit", "Erledigt", "wir sammeln", "Kontaktliste", s.as(t, "k16051").Name)
	newVersion := a.Value("input[name=version]", "value")
	s.post(t, "k16051-b", kickoff, "version", newVersion, "to", a.Value("input[name=to]", "value"), "evidence", a.Value("input[name=evidence]", "value")).WantRedirect(checklist)
	// What cannot be done on top of the other's change is not offered again.
	s.post(t, "k16051", kickoff, "version", newVersion, "to", "not_applicable", "reason", "doch nicht").WantStatus(http.StatusConflict).
		WantText(".kern-alert", "inzwischen geändert", "doch nicht").WantNo("table")
}

func TestATownHandsInAndTheLandChecks(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	s.finishLand(t)
	s.finishUntil(t, "k_release")
	release := checklist + "/aufgaben/k_release"
	s.get(t, "k16051-b", release).WantText("main", "Die Prüfung liegt bei der Landeskoordination", "Zur Prüfung geben")
	s.handIn(t, release)
	s.get(t, "k16051-b", checklist).WantText(".app-task", "Zur Prüfung").WantText("section[aria-labelledby=jetzt]", "liegt zur Prüfung bei der Landeskoordination")

	// Nobody of the town accepts, neither on the page nor past it.
	s.get(t, "k16051", release).WantText("main", "zur Prüfung bei der Landeskoordination").WantNo("input[value=done]")
	version := s.version(t, "land", release)
	s.post(t, "k16051", release, "version", version, "to", "done").WantStatus(http.StatusForbidden)
	s.post(t, "k16051", release+"/pruefung", "version", version, "to", "done").WantStatus(http.StatusForbidden)
	s.post(t, "k16052", release+"/pruefung", "version", version, "to", "done").WantStatus(http.StatusForbidden)
	s.post(t, "kiv", release+"/pruefung", "version", version, "to", "done").WantStatus(http.StatusNotFound) // it works for others
	s.post(t, "tlrz", release+"/pruefung", "version", version, "to", "done").WantStatus(http.StatusForbidden)

	s.get(t, "k16051", release).WantText("main", "Vermerk mit Termin")
	s.get(t, "land", release).WantText("main", "Vermerk mit Termin", "Annehmen", "Zurückgeben")
	s.post(t, "land", release+"/pruefung", "version", version).WantStatus(http.StatusUnprocessableEntity).WantErrors("to")
	s.post(t, "land", release+"/pruefung", "version", version, "to", "returned").WantStatus(http.StatusUnprocessableEntity).WantErrors("reason")
	s.post(t, "land", release+"/pruefung", "version", version, "to", "in_progress").WantStatus(http.StatusUnprocessableEntity).WantErrors("to")
	s.post(t, "land", release+"/pruefung", "version", version, "to", "returned", "reason", "Der Termin fehlt").WantRedirect(toCheck)
	s.post(t, "land2", release+"/pruefung", "version", version, "to", "done").WantStatus(http.StatusConflict).WantText(".kern-alert", "nicht gespeichert")

	s.get(t, "k16051", release).WantText(".kern-alert--warning", "Der Termin fehlt")
	s.handIn(t, release)
	s.post(t, "land", release+"/pruefung", "version", s.version(t, "land", release), "to", "done").WantRedirect(toCheck)
	s.get(t, "k16051", checklist).WantText("section[aria-labelledby=jetzt]", "Alles ist vorbereitet", "Produktivstart melden")
	s.get(t, "k16051-b", checklist).WantText("section[aria-labelledby=jetzt]", "Die Koordination der Einheit meldet den Produktivstart.")
}

func TestTheGateOpensAndClosesBehind(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	gate := checklist + "/produktiv"
	s.get(t, "k16051", gate).WantText("main", "Das fehlt noch", "Schritt des Landes", "1.1 Teilnahme bestätigen").WantNo("form.app-form")
	s.get(t, "k16051-b", gate).WantStatus(http.StatusForbidden)
	s.get(t, "k16052", gate).WantStatus(http.StatusNotFound)
	s.post(t, "k16051", gate, "version", "1", "on", "1.11.2026", "evidence", "x").WantStatus(http.StatusConflict).WantText(".kern-alert", "noch nicht möglich")
	s.finishLand(t)
	s.finishUntil(t, "k_release")
	release := checklist + "/aufgaben/k_release"
	s.handIn(t, release)
	s.post(t, "land", release+"/pruefung", "version", s.version(t, "land", release), "to", "done").WantRedirect(toCheck)
	version := s.version(t, "k16051", gate)
	s.post(t, "k16051", gate, "version", version, "on", "", "evidence", "").WantStatus(http.StatusUnprocessableEntity).WantErrors("on")
	tomorrow := time.Now().AddDate(0, 0, 2).Format("02.01.2006")
	s.post(t, "k16051", gate, "version", version, "on", tomorrow, "evidence", "").WantStatus(http.StatusUnprocessableEntity).WantErrors("on", "evidence")
	today := s.get(t, "k16051", gate).Value("input[name=on]", "value")
	s.post(t, "k16051", gate, "version", version, "on", today, "evidence", "Antrag 1").WantRedirect(checklist)
	s.post(t, "k16051", gate, "version", version, "on", today, "evidence", "Antrag 1").WantRedirect(checklist)
	s.get(t, "k16051", gate).WantText("main", "produktiv").WantNo("form.app-form")
	s.get(t, "k16051", checklist).WantText("main", "Produktiv seit")
	date := checklist + "/termin"
	version = s.version(t, "k16051", date)
	s.post(t, "k16051", date, "version", version, "on", tomorrow, "reason", "").WantStatus(http.StatusUnprocessableEntity).WantErrors("on", "reason")
	s.get(t, "land", date).WantText("main", "berichtigt die Koordination der Einheit").WantNo("form.app-form")
}

func TestTheLandMovesADate(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	date := checklist + "/termin"
	s.get(t, "k16051", date).WantNo("form.app-form")
	s.get(t, "k16051-b", date).WantStatus(http.StatusForbidden)
	s.get(t, "k16052", date).WantStatus(http.StatusNotFound)
	version := s.version(t, "land", date)
	a := s.post(t, "land", date, "version", version, "on", "2.3.2020", "cause", "", "reason", "Weil").WantStatus(http.StatusUnprocessableEntity).WantErrors("on", "cause")
	if a.Value("input[name=on]", "value") != "2.3.2020" {
		t.Error("what was typed is lost")
	}
	on := workday.Day(time.Now()).AddDate(1, 0, 0)
	for !workday.IsWorkingDay(on) {
		on = on.AddDate(0, 0, 1)
	}
	said := []string{"version", version, "on", on.Format("02.01.2006"), "cause", "backend", "reason", "Die Schnittstelle fehlt."}
	s.post(t, "land", date, said...).WantRedirect(checklist)
	s.post(t, "land", date, said...).WantRedirect(checklist)
	s.get(t, "k16051", checklist).WantText("main", "Zieltermin "+on.Format("02.01.2006"))
	said[3] = on.AddDate(0, 0, 28).Format("02.01.2006")
	s.post(t, "land", date, said...).WantStatus(http.StatusConflict).WantText("main", "Inzwischen geschehen", "Die Schnittstelle fehlt.")
}

func TestActsHaveTheirPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	state := checklist + "/stand"
	s.get(t, "k16051", state).WantText("main", "Teilnahme zusagen", "Teilnahme ablehnen").WantNo("input[name=resume_on]")
	s.get(t, "land", state).WantText("main", "Pausieren", "Als nicht zuständig führen")
	version := s.version(t, "land", state)
	s.post(t, "land", state, "version", version).WantStatus(http.StatusUnprocessableEntity).WantErrors("act")
	s.post(t, "land", state, "version", version, "act", "pause", "resume_on", "bald").WantStatus(http.StatusUnprocessableEntity).WantErrors("resume_on")
	s.post(t, "land", state, "version", version, "act", "pause").WantStatus(http.StatusUnprocessableEntity).WantErrors("reason", "resume_on")
	s.post(t, "land", state, "version", version, "act", "commit").WantStatus(http.StatusForbidden)
	later := time.Now().AddDate(0, 2, 0).Format("02.01.2006")
	s.post(t, "land", state, "version", version, "act", "pause", "reason", "Umzug des Amts", "resume_on", later).WantRedirect(checklist)
	s.post(t, "k16051", state, "version", version, "act", "commit").WantStatus(http.StatusConflict).WantText(".kern-alert", "inzwischen geändert").WantText(".app-log", "Anbindung pausiert")
	s.get(t, "k16051", checklist).WantText("section[aria-labelledby=jetzt]", "Die Anbindung pausiert", later, "Grund: Umzug des Amts")
	s.get(t, "k16051", checklist+"/aufgaben/k_kickoff").WantText("main", "Solange ruht die Checkliste").WantNo("input[name=version]")
	s.post(t, "land", state, "version", s.version(t, "land", state), "act", "resume").WantRedirect(checklist)
}

func TestAStepOfTheLand(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rollIn(t)
	guide := service + "/schritte/l_guide"
	s.get(t, "k16051", guide).WantStatus(http.StatusOK).WantNo("input[name=version]").WantText("main", "Hierüber berichtet die zuständige Stelle: Land.")
	s.post(t, "k16051", guide, "version", "1", "to", "done").WantStatus(http.StatusForbidden)
	s.get(t, "land", service+"/schritte/l_nothing").WantStatus(http.StatusNotFound)
	s.post(t, "land", guide, "version", s.version(t, "land", guide), "to", "done").WantStatus(http.StatusUnprocessableEntity).WantErrors("evidence")
	s.finish(t, "land", guide)
	s.get(t, "land", guide).WantText(".app-log", "Erledigt").WantText("main", "Wieder öffnen")
}
