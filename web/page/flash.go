package page

import (
	"net/http"
	"net/url"
	"strings"
)

// Flash names a message that the next page shows.
type Flash string

const flashParam = "meldung"

// The messages after a successful POST.
const (
	NoFlash        Flash = ""
	Saved          Flash = "gespeichert"
	Created        Flash = "angelegt"
	Published      Flash = "veroeffentlicht"
	Requested      Flash = "angefragt"
	Submitted      Flash = "eingereicht"
	Withdrawn      Flash = "zurueckgezogen"
	Retracted      Flash = "eintrag-zurueckgezogen"
	Returned       Flash = "zurueckgegeben"
	Decided        Flash = "beschlossen"
	Drafted        Flash = "entwurf"
	Asked          Flash = "gefragt"
	Answered       Flash = "beantwortet"
	OpinionDrafted Flash = "stellungnahme-entwurf"
	FiguresDrafted Flash = "zahlen-entwurf"
	DraftDropped   Flash = "entwurf-verworfen"
	Revoked        Flash = "aufgehoben"
	Delegated      Flash = "vertretung"
	BackAgain      Flash = "vertretung-beendet"
	Started        Flash = "gestartet"
	Live           Flash = "produktiv"
	StepDone       Flash = "erledigt"
	FileAdded      Flash = "hochgeladen"
	FileKnown      Flash = "datei-schon-da"
	FileGone       Flash = "datei-geloescht"
	InReview       Flash = "zur-pruefung"
	Accepted       Flash = "angenommen"
	SentBack       Flash = "nachbessern"
	HandedOver     Flash = "abgegeben"
	TakenBack      Flash = "zurueckgeholt"
	Confirmed      Flash = "bestaetigt"
	ManyDone       Flash = "mehrere-gespeichert"
	ManyUndone     Flash = "mehrere-zurueckgesetzt"

	Switched     Flash = "zugang-gewechselt"
	SessionEnded Flash = "sitzung-beendet"
	RuleAdded    Flash = "regel-angelegt"
	Invited      Flash = "eingeladen"
	Uninvited    Flash = "einladung-zurueckgezogen"
	MemberEnded  Flash = "zugang-beendet"
	Joined       Flash = "einladung-angenommen"
	RuleRemoved  Flash = "regel-entfernt"
	RulesOn      Flash = "regeln-gelten"
	RulesOff     Flash = "regeln-gelten-nicht"

	TextPublished    Flash = "fassung-veroeffentlicht"
	BarrierReported  Flash = "barriere-gemeldet"
	PersonCorrected  Flash = "person-berichtigt"
	ErasureAsked     Flash = "loeschung-beantragt"
	ErasureApproved  Flash = "loeschung-freigegeben"
	ErasureRefused   Flash = "loeschung-abgelehnt"
	ErasureWithdrawn Flash = "loeschantrag-zurueckgezogen"

	AllRead      Flash = "alles-gelesen"
	Unsubscribed Flash = "abbestellt"

	JobRetried          Flash = "auftrag-wiederholt"
	CalendarClosed      Flash = "kalender-gesperrt"
	QuestionAsked       Flash = "frage-gestellt"
	Commented           Flash = "kommentar-gespeichert"
	QuestionPosted      Flash = "beitrag-gesendet"
	QuestionClosed      Flash = "frage-beantwortet"
	HelpPublished       Flash = "hilfe-veroeffentlicht"
	HelpWithdrawn       Flash = "hilfe-zurueckgenommen"
	FactSaved           Flash = "angabe-gespeichert"
	FactRemoved         Flash = "angabe-entfernt"
	ProfileConfirmed    Flash = "profil-bestaetigt"
	ExperienceShared    Flash = "erfahrung-geteilt"
	ExperienceWithdrawn Flash = "erfahrung-zurueckgenommen"
	HintsTaken          Flash = "hinweise-uebernommen"

	EventPlanned    Flash = "termin-angesetzt"
	EventCancelled  Flash = "termin-abgesagt"
	AttendanceNoted Flash = "teilnahme-eingetragen"
	Registered      Flash = "termin-angemeldet"
	Unregistered    Flash = "termin-abgemeldet"

	SurveyMade      Flash = "runde-angelegt"
	SurveyOpened    Flash = "runde-eroeffnet"
	SurveyClosed    Flash = "runde-geschlossen"
	SurveyPublished Flash = "ergebnis-veroeffentlicht"
	SurveyArchived  Flash = "runde-abgelegt"
	SurveyReminded  Flash = "runde-erinnert"
	SurveyAnswered  Flash = "umfrage-beantwortet"
	BlockConfirmed  Flash = "unveraendert-bestaetigt"
	AnswerAccepted  Flash = "antwort-angenommen"
	AnswerReturned  Flash = "antwort-zurueckgegeben"
	ProductCounted  Flash = "produkt-zugeordnet"

	ViewSaved      Flash = "ansicht-gespeichert"
	ViewDeleted    Flash = "ansicht-geloescht"
	MatterEntered  Flash = "grundsatz-eingetragen"
	HurdleReported Flash = "huerde-gemeldet"
	HurdleJoined   Flash = "huerde-betrifft-uns"
	HurdlePersists Flash = "huerde-besteht-noch"
	HurdleLeft     Flash = "huerde-betrifft-uns-nicht"
)

var flashes = map[string]string{
	string(Saved):          "Ihre Änderungen sind gespeichert.",
	string(Created):        "Die Leistung ist angelegt. Eine zweite Person veröffentlicht sie.",
	string(Published):      "Die Leistung ist veröffentlicht.",
	string(Requested):      "Die Entscheidung ist beim Fachressort angefragt.",
	string(Submitted):      "Der Vorgang ist eingereicht. Eine zweite Person des Ressorts entscheidet.",
	string(Withdrawn):      "Der Vorgang ist zurückgezogen.",
	string(Retracted):      "Der Eintrag ist zurückgezogen. Er bleibt mit dem Grund lesbar.",
	string(Returned):       "Der Vorgang ist mit Ihrer Rückfrage zurückgegeben.",
	string(Decided):        "Die Entscheidung ist beschlossen und ändert sich nicht mehr.",
	string(Drafted):        "Der Entwurf ist gespeichert. Die Prüfung bleibt offen.",
	string(Asked):          "Die Bitte um Stellungnahme ist gestellt. Sie steht auf der Startseite der gefragten Stelle.",
	string(FiguresDrafted): "Der Entwurf ist gespeichert. Gerechnet wird erst mit gespeicherten Angaben.",
	string(DraftDropped):   "Der Entwurf ist verworfen.",
	string(OpinionDrafted): "Der Entwurf ist gespeichert. Das Ressort sieht ihn nicht.",
	string(Answered):       "Ihre Stellungnahme ist abgegeben. Das Ressort sieht sie jetzt.",
	string(Revoked):        "Der Beschluss ist aufgehoben. Laufende Anbindungen sind angehalten.",
	string(Delegated):      "Die Vertretung ist eingerichtet.",
	string(BackAgain):      "Die Vertretung ist beendet.",
	string(Started):        "Der Roll-in ist gestartet. Jede zuständige Einheit hat ihre Checkliste.",
	string(Live):           "Der Produktivstart ist gemeldet.",
	string(InReview):       "Die Aufgabe ist eingereicht. Sie zählt, sobald die Prüfung bestanden ist.",
	string(Accepted):       "Die Aufgabe ist angenommen und zählt als erledigt.",
	string(SentBack):       "Die Aufgabe ist zurückgegeben. Die Einheit liest Ihren Grund.",
	string(HandedOver):     "Notiert. Die Aufgabe liegt jetzt bei anderen; die Zeit zählt nicht bei Ihnen.",
	string(TakenBack):      "Die Aufgabe liegt wieder bei Ihnen.",
	string(Confirmed):      "Danke. Der Stand ist bestätigt.",
	string(ManyDone):       "Die Aufgaben sind gespeichert.",
	string(ManyUndone):     "Die Aufgaben stehen wieder, wie sie standen.",
	string(StepDone):       "Die Aufgabe ist gespeichert.",
	string(FileAdded):      "Die Datei ist hochgeladen und zählt als Nachweis.",
	string(FileKnown):      "Diese Datei liegt hier schon. Sie ist nicht noch einmal gespeichert.",
	string(FileGone):       "Die Datei ist gelöscht. Der Verlauf nennt sie weiterhin.",

	string(MatterEntered):       "Die Frage ist eingetragen. Ressorts und Gremien lesen sie jetzt.",
	string(JobRetried):          "Der Auftrag wird gleich noch einmal versucht.",
	string(CalendarClosed):      "Ihre Kalenderadresse ist gesperrt.",
	string(QuestionAsked):       "Ihre Frage ist gestellt. Die Antwort finden Sie unter „Fragen“.",
	string(Commented):           "Ihr Kommentar ist gespeichert.",
	string(QuestionPosted):      "Ihr Beitrag ist gesendet.",
	string(QuestionClosed):      "Vermerkt: Die Frage ist beantwortet.",
	string(HelpPublished):       "Die Antwort ist als Hilfe veröffentlicht. Alle Einheiten lesen sie an dieser Aufgabe.",
	string(HelpWithdrawn):       "Die Hilfe ist zurückgenommen. Einheiten sehen sie nicht mehr.",
	string(FactSaved):           "Gespeichert. Die Angabe gilt sofort in allen Ihren Checklisten.",
	string(FactRemoved):         "Die Angabe ist aus dem Profil entfernt.",
	string(ProfileConfirmed):    "Danke. Die Angaben sind bestätigt.",
	string(ExperienceShared):    "Ihre Erfahrung ist freigegeben. Andere Einheiten des Landes lesen sie jetzt.",
	string(ExperienceWithdrawn): "Die Freigabe ist zurückgenommen. Niemand sonst sieht sie mehr.",
	string(HintsTaken):          "Die Hinweise stehen jetzt an Ihren Aufgaben. Ihre Stände sind unverändert.",

	string(EventPlanned):    "Der Termin ist angesetzt. Alle Kommunen sind eingeladen.",
	string(EventCancelled):  "Der Termin ist abgesagt. Wer angemeldet war, hört davon.",
	string(AttendanceNoted): "Die Teilnahme ist eingetragen.",
	string(Registered):      "Gespeichert. Ihre Kommune ist angemeldet.",
	string(Unregistered):    "Ihre Kommune ist abgemeldet.",

	string(SurveyMade):      "Die Runde ist angelegt. Noch sieht sie niemand außer dem Land.",
	string(SurveyOpened):    "Die Runde ist eröffnet. Alle Kommunen sind eingeladen.",
	string(SurveyClosed):    "Die Runde ist geschlossen. Die Antworten ändern sich nicht mehr.",
	string(SurveyPublished): "Das Ergebnis ist veröffentlicht.",
	string(SurveyArchived):  "Die Runde ist abgelegt.",
	string(SurveyReminded):  "Erinnert sind nur die Kommunen, deren Antwort fehlt.",
	string(SurveyAnswered):  "Danke. Ihre Antwort ist abgesendet.",
	string(BlockConfirmed):  "Danke. Das ist bestätigt.",
	string(AnswerAccepted):  "Die Antwort ist angenommen und zählt im Ergebnis.",
	string(AnswerReturned):  "Die Antwort ist zurückgegeben. Die Kommune liest Ihren Grund.",
	string(ProductCounted):  "Gespeichert. Ergebnisse, die noch nicht veröffentlicht sind, zählen jetzt so.",

	string(Switched):     "Sie arbeiten jetzt unter dem gewählten Zugang.",
	string(SessionEnded): "Die Sitzung ist beendet. Das Gerät muss sich neu anmelden.",

	string(ViewSaved):   "Die Ansicht ist gespeichert.",
	string(ViewDeleted): "Die Ansicht ist gelöscht.",
	string(Invited):     "Die Einladung ist unterwegs. Sie gilt 72 Stunden.",
	string(Uninvited):   "Die Einladung ist zurückgezogen.",
	string(MemberEnded): "Der Zugang ist beendet. Die Person ist ab dem nächsten Klick abgemeldet.",
	string(Joined):      "Willkommen. Sie haben die Einladung angenommen.",
	string(RuleAdded):   "Die Regel ist angelegt.",
	string(RuleRemoved): "Die Regel ist entfernt. Zugänge, die sie gegeben hat, sind beendet.",
	string(RulesOn):     "Die Regeln gelten ab der nächsten Anmeldung.",
	string(RulesOff):    "Die Regeln gelten nicht mehr.",

	string(TextPublished):   "Die Fassung ist veröffentlicht. Alle lesen sie jetzt.",
	string(BarrierReported): "Danke. Ihre Meldung ist bei der OZG-Landeskoordination angekommen.",

	string(ErasureAsked):     "Der Antrag wartet jetzt auf die Freigabe der zweiten Stelle.",
	string(ErasureApproved):  "Freigegeben. Die Person ist abgemeldet und wird in den nächsten Minuten gelöscht.",
	string(ErasureRefused):   "Abgelehnt. Die Person bleibt, wie sie ist.",
	string(ErasureWithdrawn): "Der Antrag ist zurückgezogen. Die Person bleibt, wie sie ist.",
	string(PersonCorrected):  "Berichtigt. Bei der nächsten Anmeldung gilt wieder, was der Anmeldedienst sagt.",

	string(AllRead):      "Alles ist als gelesen markiert.",
	string(Unsubscribed): "Erledigt. Diese Mails kommen nicht mehr.",

	string(HurdleReported): "Ihre Hürde ist gemeldet. Die Landeskoordination sieht sie jetzt. Den Stand lesen Sie auf dieser Seite.",
	string(HurdleJoined):   "Vermerkt: Diese Hürde betrifft auch Ihre Einheit.",
	string(HurdlePersists): "Vermerkt: Die Hürde ist wieder in Klärung. Die Landeskoordination liest Ihren Grund.",
	string(HurdleLeft):     "Vermerkt: Diese Hürde betrifft Ihre Einheit nicht mehr.",
}

// Forward sends a GET on to the page where its person starts; a message that comes with it goes along.
func Forward(w http.ResponseWriter, r *http.Request, path string) error {
	return Redirect(w, r, path, Flash(r.URL.Query().Get(flashParam)))
}

// Redirect answers a POST: the browser fetches the page at path, which shows the message.
func Redirect(w http.ResponseWriter, r *http.Request, path string, message Flash) error {
	if message != NoFlash {
		separator := "?"
		if strings.Contains(path, "?") {
			separator = "&"
		}
		path += separator + flashParam + "=" + url.QueryEscape(string(message))
	}
	http.Redirect(w, r, path, http.StatusSeeOther)
	return nil
}
