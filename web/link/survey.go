package link

import "github.com/google/uuid"

// The rounds of the survey, and the list of products that their figures count.
const (
	Surveys        = "/umfragen"
	NewSurvey      = "/umfragen/neu"
	SurveyProducts = "/umfragen/produkte"
)

// Survey is a round of the survey: a body answers there, the Land sees who has.
func Survey(id uuid.UUID) string { return Surveys + "/" + id.String() }

// EditSurvey is the form of a round.
func EditSurvey(id uuid.UUID) string { return Survey(id) + "/bearbeiten" }

// TurnSurvey is where a round opens, closes and is published.
func TurnSurvey(id uuid.UUID) string { return Survey(id) + "/stand" }

// RemindSurvey is where those who have not answered are reminded.
func RemindSurvey(id uuid.UUID) string { return Survey(id) + "/erinnern" }

// ConfirmSurvey is where a body says that what its profile says still holds.
func ConfirmSurvey(id uuid.UUID) string { return Survey(id) + "/bestaetigen" }

// SurveyOutlook is where a body says what it plans.
func SurveyOutlook(id uuid.UUID) string { return Survey(id) + "/ausblick" }

// SubmitSurvey is where a body hands its answers in.
func SubmitSurvey(id uuid.UUID) string { return Survey(id) + "/antwort" }

// SurveyAnswer is what one body answered.
func SurveyAnswer(id uuid.UUID, body string) string { return Survey(id) + "/antworten/" + body }

// FactFor is the form for a fact of a profile that leads back to the round it is stated for.
func FactFor(body, kind, id string, round uuid.UUID) string {
	return With(Fact(body, kind, id), "umfrage", round.String())
}
