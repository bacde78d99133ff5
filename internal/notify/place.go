package notify

import (
	"strconv"

	"github.com/google/uuid"
)

// Where notices lead. The addresses are those of package web/link, which this house cannot import; a test in web
// compares them. They stand in rows and in mails, so they may never change their meaning.

// AtStep is a step of a body's checklist.
func AtStep(body, slug, key string) string { return AtChecklist(body, slug) + "/aufgaben/" + key }

// AtChecklist is a body's way to a service.
func AtChecklist(body, slug string) string { return AtBody(body) + "/leistungen/" + slug }

// AtBody is the page of a Landkreis or a kreisfreie Stadt.
func AtBody(body string) string { return "/kommunen/" + body }

// AtProfile is what a body says about itself.
func AtProfile(body string) string { return AtBody(body) + "/profil" }

// AtHurdle is an obstacle.
func AtHurdle(no int) string { return "/huerden/" + strconv.Itoa(no) }

// AtDecision is the case of a Nachnutzungsentscheidung.
func AtDecision(id uuid.UUID) string { return "/entscheidungen/" + id.String() }

// AtOpinion is where an asked organisation answers.
func AtOpinion(id uuid.UUID) string { return "/stellungnahmen/" + id.String() }

// AtService is a service.
func AtService(slug string) string { return "/leistungen/" + slug }

// AtQueue is what lies with a provider.
func AtQueue() string { return "/" }

// AtQuestion is the page of a question.
func AtQuestion(id uuid.UUID) string { return "/fragen/" + id.String() }

// AtLandStep is a step that the Land does once for a service.
func AtLandStep(slug, key string) string { return AtService(slug) + "/schritte/" + key }

// AtOverdue lists what is late, as far as the reader sees it.
func AtOverdue() string { return "/aufgaben?status=ueberfaellig" }

// AtCondition is an Auflage.
func AtCondition(id uuid.UUID) string { return "/auflagen/" + id.String() }

// AtFunding is what is known about the money of a service.
func AtFunding(slug string) string { return AtService(slug) + "/finanzierung" }

// AtEvent is a date that people attend.
func AtEvent(id uuid.UUID) string { return "/termine/" + id.String() }

// AtSurvey is a round of the survey, and AtSurveyAnswer what a body answered in it.
func AtSurvey(id uuid.UUID) string { return "/umfragen/" + id.String() }

func AtSurveyAnswer(id uuid.UUID, body string) string { return AtSurvey(id) + "/antworten/" + body }

// AtErasure is a request to erase a person.
func AtErasure(id uuid.UUID) string { return "/loeschantraege/" + id.String() }

// AtOwnData is where people take along what the portal holds on them.
const AtOwnData = "/profil/auskunft"

// AtSettings is where people choose their mails.
const AtSettings = "/mitteilungen/einstellungen"

// AtUnsubscribe is where the holder of a mail turns such mails off.
func AtUnsubscribe(token string) string { return "/abbestellen/" + token }
