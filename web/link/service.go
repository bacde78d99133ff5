package link

import "github.com/google/uuid"

// Service is the page of a service.
func Service(slug string) string { return Services + "/" + slug }

// EditService is the form for a service.
func EditService(slug string) string { return Service(slug) + "/bearbeiten" }

// PublishService is where a draft is published.
func PublishService(slug string) string { return Service(slug) + "/veroeffentlichen" }

// Rollin is the roll-in of a service over all bodies.
func Rollin(slug string) string { return Service(slug) + "/roll-in" }

// StartRollin is where the roll-in of a service is prepared.
func StartRollin(slug string) string { return Rollin(slug) + "/start" }

// PlanRollin is a part of the plan of a roll-in.
func PlanRollin(slug, part string) string { return StartRollin(slug) + "/" + part }

// Evaluate is where the Land says what it makes of the pilots.
func Evaluate(slug string) string { return Rollin(slug) + "/auswertung" }

// Admit is where a body is taken into a roll-in that has begun.
func Admit(slug string) string { return Rollin(slug) + "/aufnahme" }

// PilotCall is the call for pilots of a service.
func PilotCall(slug string) string { return Service(slug) + "/pilotaufruf" }

// LandStep is a step that the Land does once for a service.
func LandStep(slug, key string) string { return Service(slug) + "/schritte/" + key }

// Facts is where the Land enters what a source says about a service.
func Facts(slug string) string { return Service(slug) + "/angaben" }

// Funding is who pays for a service.
func Funding(slug string) string { return Service(slug) + "/finanzierung" }

// NewFunding is the form for a funding or a contract.
func NewFunding(slug string) string { return Funding(slug) + "/neu" }

// EditFunding is the form of one of them.
func EditFunding(slug string, id uuid.UUID) string { return Funding(slug) + "/" + id.String() }

// WithdrawFunding is where one of them is taken back.
func WithdrawFunding(slug string, id uuid.UUID) string { return EditFunding(slug, id) + "/rueckzug" }

// StepsOfBodies lists the steps that the bodies of a service have.
func StepsOfBodies(slug string) string { return Rollin(slug) + "/aufgaben" }

// StepOfBodies is one of them in all bodies.
func StepOfBodies(slug, key string) string { return StepsOfBodies(slug) + "/" + key }

// Forecast says when a service is likely to be live everywhere.
func Forecast(slug string) string { return Rollin(slug) + "/prognose" }
