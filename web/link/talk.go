package link

import (
	"strconv"

	"github.com/google/uuid"
)

// Hurdle is the page of an obstacle.
func Hurdle(no int) string { return Hurdles + "/" + strconv.Itoa(no) }

// AssessHurdle is where the Land says how it judges an obstacle.
func AssessHurdle(no int) string { return Hurdle(no) + "/einordnung" }

// SimilarHurdles offers known obstacles while somebody describes one.
func SimilarHurdles(body, slug, key string) string {
	return With(Hurdles+"/aehnliche", "einheit", body, "leistung", slug, "aufgabe", key)
}

// HurdlePersists is where a body says that an obstacle hinders it still.
func HurdlePersists(no int) string { return Hurdle(no) + "/besteht-noch" }

// LeaveHurdle is where a body says that an obstacle hinders it no longer.
func LeaveHurdle(no int) string { return Hurdle(no) + "/betrifft-uns-nicht" }

// ReportHurdle is the form that reports an obstacle at a step of a checklist.
func ReportHurdle(body, slug, key string) string {
	return With(NewHurdle, "einheit", body, "leistung", slug, "aufgabe", key)
}

// Question is the page of a question.
func Question(id uuid.UUID) string { return Questions + "/" + id.String() }

// CloseQuestion is where a question is said to be answered.
func CloseQuestion(id uuid.UUID) string { return Question(id) + "/beantwortet" }

// PublishHelp is where the answer to a question becomes a help for all.
func PublishHelp(id uuid.UUID) string { return Question(id) + "/hilfe" }

// WithdrawHelp is where a help is taken back.
func WithdrawHelp(id uuid.UUID) string { return Questions + "/hilfe/" + id.String() + "/zuruecknehmen" }

// Ask is the form that asks at a step of a checklist, or at the checklist as a whole if key is "".
func Ask(body, slug, key string) string {
	return With(NewQuestion, "einheit", body, "leistung", slug, "aufgabe", key)
}
