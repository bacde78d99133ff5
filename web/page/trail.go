package page

import (
	"net/http"
	"strconv"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// deeds say in words what the entries of the trail record.
var deeds = map[string]string{
	"member.granted":   "Zugang durch eine Anmelderegel erhalten",
	"member.ended":     "Zugang beendet",
	"member.invited":   "Eingeladen",
	"member.uninvited": "Einladung zurückgezogen",

	"member.platform-invited":   "Vom Plattformbetrieb eingeladen",
	"member.platform-uninvited": "Vom Plattformbetrieb: Einladung zurückgezogen",
	"member.platform-ended":     "Zugang durch den Plattformbetrieb beendet",
	"platform.ended":            "Zugang der Landeskoordination beendet",
	"platform.invited":          "Landeskoordination eingeladen",
	"platform.uninvited":        "Einladung der Landeskoordination zurückgezogen",

	"member.joined": "Einladung angenommen",
	"rule.added":    "Anmelderegel angelegt",
	"rule.removed":  "Anmelderegel entfernt",
	"rule.turned":   "Anmelderegeln umgeschaltet",

	"service.create":  "Leistung angelegt",
	"service.edit":    "Leistung geändert",
	"service.fact":    "Angabe einer Quelle geändert",
	"service.publish": "Leistung veröffentlicht",

	"decision.request":    "Entscheidung angefragt",
	"decision.review":     "Prüfung eingetragen",
	"decision.submit":     "Zur Entscheidung eingereicht",
	"decision.return":     "Mit Rückfrage zurückgegeben",
	"decision.withdraw":   "Vorgang zurückgezogen",
	"decision.decide":     "Über die Nachnutzung entschieden",
	"decision.supersede":  "Durch eine neue Entscheidung ersetzt",
	"decision.assess":     "Zahlen zur Wirtschaftlichkeit eingetragen",
	"decision.stand-in":   "In Vertretung entschieden",
	"decision.revoke":     "Beschluss aufgehoben",
	"decision.expire":     "Beschluss abgelaufen",
	"decision.record":     "Vermerk festgeschrieben",
	"decision.end":        "Vermerk über das Ende festgeschrieben",
	"decision.end-record": "Vollständiger Vermerk über das Ende festgeschrieben",
	"decision.print":      "PDF des Vermerks erstellt",
	"decision.file":       "Vorgang als ZIP ausgegeben",
	"opinion.ask":         "Um Stellungnahme gebeten",
	"opinion.answer":      "Stellung genommen",
	"delegation.make":     "Vertretung eingerichtet",
	"delegation.end":      "Vertretung beendet",

	"condition.report":          "Auflage als erfüllt gemeldet",
	"condition.report.words":    "Nachweis zur Auflage angegeben",
	"condition.confirm":         "Auflage als erfüllt bestätigt",
	"condition.confirm.words":   "Prüfung der Auflage begründet",
	"condition.send_back":       "Meldung zur Auflage zurückgegeben",
	"condition.send_back.words": "Rückgabe begründet",
	"condition.waive":           "Auflage erlassen",
	"condition.waive.words":     "Erlass begründet",
	"condition.hand-over":       "Zuständige Stelle der Auflage geändert",
	"funding.save":              "Förderung oder Vertrag eingetragen",
	"funding.withdraw":          "Förderung oder Vertrag zurückgezogen",

	"rollin.plan":             "Roll-in vorbereitet",
	"rollin.start":            "Roll-in gestartet",
	"rollin.evaluate":         "Pilotierung ausgewertet",
	"pilot.call":              "Pilotaufruf veröffentlicht",
	"pilot.choose":            "Pilotkommunen ausgewählt",
	"provider.assign":         "IT-Dienstleister zugeordnet",
	"template.publish":        "Musterprojektvorlage veröffentlicht",
	"organisation.import":     "Stammdaten eingelesen",
	"service.import":          "Stammdaten eingelesen",
	"matrix.export":           "Matrix als Datei heruntergeladen",
	"obstacle.persist":        "Hürde besteht weiter",
	"product.count":           "Schreibweise zugeordnet",
	"survey.draft":            "Ausblick in der Umfrage angegeben",
	"onboarding.create":       "Checkliste angelegt",
	"onboarding.commit":       "Teilnahme zugesagt",
	"onboarding.decline":      "Teilnahme abgelehnt",
	"onboarding.rejoin":       "Wieder eingestiegen",
	"onboarding.pause":        "Anbindung pausiert",
	"onboarding.resume":       "Anbindung fortgesetzt",
	"onboarding.exclude":      "Als nicht zuständig geführt",
	"onboarding.decommission": "Dienst außer Betrieb genommen",
	"step.in_progress":        "In Arbeit",
	"step.submitted":          "Zur Prüfung gegeben",
	"step.returned":           "Zurückgegeben",
	"step.done":               "Erledigt",
	"step.not_applicable":     "Trifft nicht zu",
	"step.handed_over":        "Liegt bei anderen",
	"step.taken_back":         "Zurückgeholt",
	"step.overruled":          "Für eine Leistung ausgenommen",
	"step.needed":             "Ausnahme aufgehoben",
	"step.undone":             "Sammeländerung rückgängig gemacht",
	"land.add":                "Land eingerichtet",
	"land.set":                "Einstellung geändert",
	"legal.publish":           "Neue Fassung veröffentlicht",
	"person.disclose":         "Auskunft erstellt",
	"person.correct":          "Name oder Adresse berichtigt",
	"privacy.retain":          "Löschfristen geändert",
	"privacy.forget":          "Nach Ablauf der Frist",
	"erasure.ask":             "Löschung beantragt",
	"erasure.approved":        "Löschung freigegeben",
	"erasure.refused":         "Löschung abgelehnt",
	"erasure.withdrawn":       "Löschantrag zurückgezogen",
	"erasure.done":            "Person gelöscht",
	"barrier.report":          "Barriere gemeldet",
	"barrier.answer":          "Antwort vermerkt",
	"decision.export":         "Entscheidungen als Datei heruntergeladen",
	"register.create":         "Frage eingetragen",
	"register.save":           "Eintrag geändert",
	"register.decided":        "Ergebnis eingetragen",
	"register.dropped":        "Als entfallen vermerkt",
	"register.open":           "Wieder geöffnet",
	"waiting.export":          "Offene Punkte als Datei heruntergeladen",
	"onboarding.confirmed":    "Stand bestätigt",
	"evidence.upload":         "Datei als Nachweis hochgeladen",
	"evidence.delete":         "Datei gelöscht",

	"question.ask":        "Frage gestellt",
	"question.comment":    "Kommentar geschrieben",
	"question.answer":     "Frage beantwortet",
	"question.follow_up":  "Weiter gefragt",
	"question.read":       "Frage gelesen",
	"question.close":      "Frage abgeschlossen",
	"question.publish":    "Antwort als Hilfe veröffentlicht",
	"help.publish":        "Hilfe veröffentlicht",
	"help.withdraw":       "Hilfe zurückgenommen",
	"profile.add":         "Angabe ins Profil eingetragen",
	"profile.edit":        "Angabe im Profil geändert",
	"profile.remove":      "Angabe aus dem Profil entfernt",
	"profile.confirm":     "Profil bestätigt",
	"experience.release":  "Erfahrung freigegeben",
	"experience.withdraw": "Freigabe zurückgenommen",
	"hint.take":           "Hinweise übernommen",

	"obstacle.report":    "Hürde gemeldet",
	"obstacle.confirm":   "Hürde bestätigt",
	"obstacle.take_up":   "Hürde in Klärung genommen",
	"obstacle.escalate":  "Hürde eskaliert",
	"obstacle.resolve":   "Hürde gelöst",
	"obstacle.accept":    "Hürde hingenommen",
	"obstacle.reject":    "Als kein Hemmnis zurückgewiesen",
	"obstacle.merge":     "Mit einer anderen Hürde zusammengeführt",
	"obstacle.take_over": "Andere Hürde aufgenommen",
	"obstacle.assess":    "Hürde eingeordnet",
	"obstacle.join":      "Hürde betrifft auch diese Einheit",
	"obstacle.leave":     "Hürde betrifft diese Einheit nicht mehr",
}

const (
	trailParam = "verlauf"
	trailShort = 6
	trailLong  = 500
)

// TrailLimit is how much of a record's history a page shows: the newest entries, or with ?verlauf=alle all of it.
func TrailLimit(r *http.Request) int {
	if r.URL.Query().Get(trailParam) == "alle" {
		return trailLong
	}
	return trailShort
}

// Trail shows a history. Where it may go on, it links to the whole.
func Trail(r *http.Request, who access.Actor, events []audit.Event) ui.LogProps {
	var p ui.LogProps
	for _, e := range events {
		p.Entries = append(p.Entries, logEntry(e, who))
	}
	if len(events) == trailShort {
		p.More = ui.Link{Text: "Gesamten Verlauf ansehen", URL: r.URL.Path + "?" + trailParam + "=alle"}
	}
	return p
}

// Deed says in words what an entry of the trail records.
func Deed(action string) string {
	if word := deeds[action]; word != "" {
		return word
	}
	return action
}

func logEntry(e audit.Event, who access.Actor) ui.LogEntry {
	entry := ui.LogEntry{At: e.At, Who: e.Name, Text: Deed(e.Action)}
	if entry.Who == "" {
		entry.Who = e.OrgName
	}
	if e.Kind == "step" || e.Kind == "review" {
		entry.Text += " (" + e.Title + ")"
	}
	if strings.HasSuffix(e.Action, ".create") {
		return entry // everything is new: the record itself shows it
	}
	for _, c := range e.Changes {
		entry.Changes = append(entry.Changes, ui.Change{Field: c.Field, Old: c.Old, New: c.New, URL: batchURL(e, c, who)})
	}
	return entry
}

// batchURL leads from a step to the act on many of which it was one, for those who may look at that.
func batchURL(e audit.Event, c audit.Change, who access.Actor) string {
	no, err := strconv.Atoi(strings.TrimPrefix(c.New, "Nr. "))
	if c.Field != onboarding.BatchField || err != nil || e.OrgID != who.Org.ID || !who.Can(access.ChecklistItemMany) {
		return ""
	}
	return link.Batch(no)
}
