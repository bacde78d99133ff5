package privacypage

import (
	"slices"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/notify"
	"rollinportal/web/page"
)

// partWords say how a person comes into a record.
var partWords = map[string]string{
	"actor": "selbst getan", "answered_by": "beantwortet", "applied_by": "beworben", "asked_by": "gefragt", "by_person": "geschrieben", "changed_by": "zuletzt geändert",
	"confirmed_by": "bestätigt", "decided_by": "entschieden", "deleted_by": "gelöscht", "ended_by": "beendet", "from_person": "vertreten lassen", "invited_by": "eingeladen",
	"last_by": "zuletzt geschrieben", "left_out_by": "ausgenommen", "made_by": "ausgeführt", "overruled_by": "begründet", "published_by": "veröffentlicht", "released_by": "freigegeben",
	"registered_by": "angemeldet", "reported_by": "gemeldet", "requested_by": "angefragt", "reviewed_by": "geprüft", "revoked_by": "aufgehoben", "saved_by": "gespeichert", "sent_by": "versandt",
	"settled_by": "abgeschlossen", "started_by": "begonnen", "submitted_by": "eingereicht", "taken_by": "übernommen", "to_person": "vertretend", "uploaded_by": "hochgeladen",
	"withdrawn_by": "zurückgenommen",
}

// fields are the columns of the page in their order: first what an entry is about, then the rest, then when.
var fields = []struct{ name, word string }{
	{"action", "Vorgang"},
	{"title", "Titel"},
	{"name", "Name"},
	{"kind", "Art"},
	{"service", "Leistung"},
	{"task", "Aufgabe"},
	{"about", "Worum es geht"},
	{"text", "Text"},
	{"reason", "Begründung"},
	{"function", "Funktion"},
	{"deputy", "Vertretung"},
	{"phone", "Telefon"},
	{"email", "E-Mail-Adresse"},
	{"address", "E-Mail-Adresse"},
	{"org", "Organisation"},
	{"role", "Rolle"},
	{"status", "Stand"},
	{"state", "Stand"},
	{"mail", "E-Mail"},
	{"urgent", "Eilig"},
	{"error", "Fehler"},
	{"attempts", "Versuche"},
	{"digest_hour", "Stunde der Tagesmail"},
	{"muted", "Abbestellt"},
	{"query", "Filter"},
	{"shared", "Mit Kollegen geteilt"},
	{"released", "Für andere freigegeben"},
	{"issuer", "Anmeldedienst"},
	{"subject", "Kennung beim Anmeldedienst"},

	{"at", "Zeitpunkt"},
	{"created_at", "Angelegt"},
	{"given_at", "Erhalten"},
	{"made_at", "Erstellt"},
	{"since", "Seit"},
	{"started_at", "Begonnen"},
	{"requested_at", "Angefragt"},
	{"asked_at", "Gefragt"},
	{"first_answered_at", "Erste Antwort"},
	{"answered_at", "Beantwortet"},
	{"applied_at", "Beworben"},
	{"available_from", "Verfügbar ab"},
	{"agenda_on", "Auf der Tagesordnung"},
	{"checked_on", "Nachgesehen"},
	{"confirmed_at", "Bestätigt"},
	{"changed_at", "Geändert"},
	{"saved_at", "Gespeichert"},
	{"last_at", "Zuletzt geschrieben"},
	{"left_out_at", "Ausgenommen"},
	{"overruled_at", "Begründet"},
	{"published_at", "Veröffentlicht"},
	{"registered_at", "Angemeldet"},
	{"register_until", "Anmeldung bis"},
	{"released_at", "Freigegeben"},
	{"reminded_at", "Erinnert"},
	{"reported_at", "Gemeldet"},
	{"reviewed_at", "Geprüft"},
	{"sent_at", "Versandt"},
	{"submitted_at", "Eingereicht"},
	{"taken_at", "Übernommen"},
	{"tried_at", "Zuletzt versucht"},
	{"returned_at", "Zurückgekommen"},
	{"uploaded_at", "Hochgeladen"},
	{"accepted_at", "Angenommen"},
	{"opened_at", "Geöffnet"},
	{"escalated_on", "Eskaliert"},
	{"waits_since", "Wartet seit"},
	{"state_since", "In diesem Stand seit"},
	{"due_on", "Fällig"},
	{"to_do_on", "Zu tun ab"},
	{"from_on", "Von"},
	{"to_on", "Bis"},
	{"held_on", "Gehalten"},
	{"starts_at", "Beginnt"},
	{"ends_at", "Endet"},
	{"closes_on", "Endet am"},
	{"valid_from", "Gilt ab"},
	{"valid_to", "Gilt bis"},
	{"valid_until", "Gilt bis"},
	{"price_until", "Preis gilt bis"},
	{"price_bound_until", "Preisbindung bis"},
	{"deferred_until", "Zurückgestellt bis"},
	{"decided_at", "Entschieden"},
	{"decided_on", "Entschieden am"},
	{"revoked_at", "Aufgehoben"},
	{"settled_at", "Abgeschlossen"},
	{"closed_at", "Geschlossen"},
	{"done_at", "Erledigt"},
	{"undone_at", "Rückgängig gemacht"},
	{"withdrawn_at", "Zurückgenommen"},
	{"deleted_at", "Gelöscht"},
	{"purged_at", "Inhalt entfernt"},
	{"read_at", "Gelesen"},
	{"seen_at", "Zuletzt benutzt"},
	{"expires_at", "Läuft ab"},
	{"ended_at", "Beendet"},
}

// technical are fields that only programs read, besides all numbers of records. The JSON file beside has them.
var technical = map[string]bool{"key": true, "path": true, "version": true}

// values are words for what the database keeps short.
var values = map[string]string{
	"active": "gilt", "ended": "beendet", "none": "keine", "due": "geht noch hinaus", "made": "erstellt", "waiting": "wartet", "failing": "wird noch einmal versucht", "sent": "versandt", "refused": "abgelehnt",
	"professional": "fachlich", "technical": "technisch", "privacy": "Datenschutz", "economic": "wirtschaftlich", "municipal": "kommunal",
	"contact": "Ansprechperson", "mailbox": "Postfach", "dms": "Dokumentenmanagement", "post_office": "Virtuelle Poststelle", "variant": "Variante", "payment": "E-Payment", "links": "Links",
	"certificate": "Zertifikat", "configuration": "Konfiguration", "dvdv": "DVDV-Eintrag", "destination": "DestinationID", "backend": "Fachverfahren",
	"question": "Frage", "comment": "Kommentar", "funding": "Förderung", "contract": "Vertrag",
	"person": "Personen", "notice": "Mitteilungen", "barrier": "Barrieren", "invitation": "Einladungen", "draft": "Geplante Roll-ins", "file": "Nachweise",
	"consultation": "Sprechstunde", "information": "Informationsveranstaltung", "on_site": "Termin vor Ort", "advice": "Beratung", "jour_fixe": "Jour fixe", "committee": "Gremium", "pilod": "PILOD",
	"workshop": "Workshop", "training": "Schulung", "network": "Netzwerktreffen",
}

// worded puts what a field says into words.
func worded(field, value string) string {
	switch field {
	case "action":
		return page.Deed(value)
	case "role":
		if role := access.Role(value); slices.Contains(access.Roles, role) {
			return page.RoleName(role)
		}
	case "kind":
		if strings.Contains(value, ".") {
			return notify.Kind(value).Label()
		}
	}
	if word := values[value]; word != "" && (field == "kind" || field == "status" || field == "state" || field == "mail") {
		return word
	}
	return value
}
