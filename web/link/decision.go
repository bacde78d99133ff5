package link

import "github.com/google/uuid"

// Assessment is the Wirtschaftlichkeitsbetrachtung of a decision.
func Assessment(id uuid.UUID) string { return Decision(id) + "/wirtschaftlichkeit" }

// AssessmentPart is the form of one of its parts: "grundlagen" or an alternative.
func AssessmentPart(id uuid.UUID, part string) string { return Assessment(id) + "/" + part }

// AskOpinion is the form that asks others about a decision.
func AskOpinion(id uuid.UUID, kind string) string {
	return With(Decision(id)+"/stellungnahmen/neu", "art", kind)
}

// SendOpinion is where that form is sent.
func SendOpinion(id uuid.UUID) string { return Decision(id) + "/stellungnahmen" }

// Opinions lists what one's organisation is asked.
const Opinions = "/stellungnahmen"

// Opinion is where the asked organisation answers.
func Opinion(id uuid.UUID) string { return Opinions + "/" + id.String() }

// RevokeDecision is where a decision in force is ended.
func RevokeDecision(id uuid.UUID) string { return Decision(id) + "/aufheben" }

// Delegations is where deciders say who stands in for them.
const Delegations = "/entscheidungen/vertretung"

// EndDelegation is where a delegation ends early.
func EndDelegation(id uuid.UUID) string { return Delegations + "/" + id.String() + "/beenden" }
