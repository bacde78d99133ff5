package link

import (
	"net/url"

	"github.com/google/uuid"
)

// Letter is the Informationsschreiben that a body got.
func Letter(body, slug string) string { return Checklist(body, slug) + "/schreiben" }

// Body is the page of a Landkreis or a kreisfreie Stadt.
func Body(key string) string { return Bodies + "/" + key }

// Checklist is a body's way to a service.
func Checklist(body, slug string) string { return Body(body) + "/leistungen/" + slug }

// Step is a step of a checklist.
func Step(body, slug, key string) string { return Checklist(body, slug) + "/aufgaben/" + key }

// ReviewStep is where a step is accepted or returned by whoever checks it.
func ReviewStep(body, slug, key string) string { return Step(body, slug, key) + "/pruefung" }

// ToCheck lists the steps that wait for the reader to check them.
func ToCheck() string { return With(Tasks, "status", "pruefen") }

// HandOver is where a step is handed to others.
func HandOver(body, slug, key string) string { return Step(body, slug, key) + "/abgeben" }

// TakeBack is where a step is called back from others.
func TakeBack(body, slug, key string) string { return Step(body, slug, key) + "/zurueckholen" }

// Overrule is where a body says that a service does without a basis step.
func Overrule(body, slug, key string) string { return Step(body, slug, key) + "/ausnahme" }

// Confirm is where a body says that one of its checklists stands as it is noted.
func Confirm(body, slug string) string { return Checklist(body, slug) + "/bestaetigen" }

// ConfirmAll is where a body says that of all its checklists.
func ConfirmAll(body string) string { return Body(body) + "/bestaetigen" }

// WaitingFor is the list of parties that steps wait for.
const WaitingFor = "/wartet-auf"

// WaitingLetter lists all that lies with a party.
func WaitingLetter(party string) string { return WaitingFor + "/" + url.PathEscape(party) }

// WaitingSheet is that list as a file.
func WaitingSheet(party string) string { return WaitingLetter(party) + "/liste.xlsx" }

// AddFile is where a file is uploaded as evidence of a step.
func AddFile(body, slug, key string) string { return Step(body, slug, key) + "/nachweise" }

// RemoveFile is where a file of a step is deleted.
func RemoveFile(body, slug, key string, id uuid.UUID) string {
	return AddFile(body, slug, key) + "/" + id.String() + "/loeschen"
}

// File is the content of a file.
func File(id uuid.UUID) string { return "/nachweise/" + id.String() + "/datei" }

// GoLive is the gate before a service is productive in a body.
func GoLive(body, slug string) string { return Checklist(body, slug) + "/produktiv" }

// OnboardingDate is where the Produktivstart gets another day.
func OnboardingDate(body, slug string) string { return Checklist(body, slug) + "/termin" }

// OnboardingState is where participation is confirmed, paused or ended.
func OnboardingState(body, slug string) string { return Checklist(body, slug) + "/stand" }

// Exchange is all that was asked and said about a checklist.
func Exchange(body, slug string) string { return Checklist(body, slug) + "/austausch" }

// Share is where a body releases what it learned at a step, or of the whole way if key is "".
func Share(body, slug, key string) string {
	return With(Checklist(body, slug)+"/erfahrung", "aufgabe", key)
}

// WithdrawExperience is where a body takes back what it released.
func WithdrawExperience(id uuid.UUID) string {
	return Experiences + "/" + id.String() + "/zuruecknehmen"
}

// SharedFile is the content of a file that was released with an experience.
func SharedFile(experience, id uuid.UUID) string {
	return Experiences + "/" + experience.String() + "/dateien/" + id.String()
}
