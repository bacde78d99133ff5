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

// Decision is the Vorgang of a Nachnutzungsentscheidung.
func Decision(id uuid.UUID) string { return Decisions + "/" + id.String() }

// Condition is an Auflage.
func Condition(id uuid.UUID) string { return Conditions + "/" + id.String() }

// ReportCondition is where its owner reports an Auflage fulfilled.
func ReportCondition(id uuid.UUID) string { return Condition(id) + "/melden" }

// SettleCondition is where its ministry confirms, sends back or waives an Auflage.
func SettleCondition(id uuid.UUID) string { return Condition(id) + "/pruefung" }

// AddProof is where a file that shows that an Auflage is fulfilled is uploaded.
func AddProof(id uuid.UUID) string { return Condition(id) + "/dateien" }

// Proof is the content of such a file.
func Proof(id, file uuid.UUID) string { return AddProof(id) + "/" + file.String() }

// RemoveProof is where such a file is deleted.
func RemoveProof(id, file uuid.UUID) string { return Proof(id, file) + "/loeschen" }

// HandOverCondition is where its ministry says who sees to an Auflage.
func HandOverCondition(id uuid.UUID) string { return Condition(id) + "/zustaendig" }

// Review is one of the four reviews of a decision.
func Review(id uuid.UUID, kind string) string { return Decision(id) + "/pruefungen/" + kind }

// AddEnclosure is where a file is uploaded with a Stellungnahme.
func AddEnclosure(id uuid.UUID) string { return Opinion(id) + "/dateien" }

// Enclosure is the content of such a file, for the organisation that was asked.
func Enclosure(id, file uuid.UUID) string { return AddEnclosure(id) + "/" + file.String() }

// RemoveEnclosure is where such a file is deleted.
func RemoveEnclosure(id, file uuid.UUID) string { return Enclosure(id, file) + "/loeschen" }

// Given is the content of such a file, for the ministry that asked.
func Given(decision, id, file uuid.UUID) string {
	return Decision(decision) + "/stellungnahmen/" + id.String() + "/dateien/" + file.String()
}

// AddPaper is where a file that a review leans on is uploaded.
func AddPaper(id uuid.UUID, kind string) string { return Review(id, kind) + "/dateien" }

// Paper is the content of such a file.
func Paper(id uuid.UUID, kind string, file uuid.UUID) string {
	return AddPaper(id, kind) + "/" + file.String()
}

// RemovePaper is where such a file is deleted.
func RemovePaper(id uuid.UUID, kind string, file uuid.UUID) string {
	return Paper(id, kind, file) + "/loeschen"
}

// SubmitDecision is where a decision is put to the second person.
func SubmitDecision(id uuid.UUID) string { return Decision(id) + "/einreichen" }

// WithdrawDecision is where a request is taken back.
func WithdrawDecision(id uuid.UUID) string { return Decision(id) + "/zurueckziehen" }

// Decide is where the second person decides.
func Decide(id uuid.UUID) string { return Decision(id) + "/beschluss" }

// RequestDecision asks for a decision about a service.
func RequestDecision(slug string) string { return With(NewDecision, "leistung", slug) }
