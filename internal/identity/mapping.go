package identity

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/organisation"
)

// Rule gives a role at sign-in to whom the provider says something of.
type Rule struct {
	ID     uuid.UUID `db:"rule_id"`
	Claim  string    // the name, or a path with dots: "groups", "realm_access.roles"
	Value  string    // what it must be, or what one entry of a list must be
	Org    string
	Role   access.Role
	Own    bool // the person who looks made it: it gives that person nothing
	People int  // whom it lets in now
}

// Mapping is what a Land does with what the provider says.
type Mapping struct {
	On    bool
	Rules []Rule
	Orgs  []organisation.Organisation // where rules may lead
}

// NewRule is a rule as somebody wants it.
type NewRule struct {
	ID           uuid.UUID
	Claim, Value string
	OrgKey       string
	Role         access.Role
}

func (r NewRule) wrong() error {
	var fields fault.Wrong
	fields.If(r.Claim == "" || len(r.Claim) > 200, "claim", "Geben Sie an, welche Angabe des Anmeldedienstes zählt, zum Beispiel groups.")
	fields.If(r.Value == "" || len(r.Value) > 200, "value", "Geben Sie an, welchen Wert die Angabe haben muss.")
	return fields.Err()
}

// fits says whether the role exists in an organisation and may be given by the Land.
func (r NewRule) fits(by access.Role, in organisation.Organisation) error {
	if slices.Contains(Grantable(by, in.Kind), r.Role) {
		return nil
	}
	return fault.InField("role", "Diese Rolle können Sie in der gewählten Organisation nicht vergeben. Wählen Sie eine Rolle, die zu ihr passt.")
}

// Verdict is what a rule makes of claims.
type Verdict string

// The verdicts, as auth.judge_claims says them.
const (
	Differs  Verdict = "differs" // the claim is another one
	OwnRule  Verdict = "own"     // the person made the rule
	OrgGone  Verdict = "gone"
	ByHand   Verdict = "by hand" // somebody gave the role; rules leave that alone
	Has      Verdict = "has"
	EndedNow Verdict = "ended" // somebody ended it; no rule revives that
	Grants   Verdict = "grants"
)

// Judgement is what a rule makes of a person, or a membership by hand, which has no rule.
type Judgement struct {
	RuleID       uuid.NullUUID
	Claim, Value string
	Org          string
	Role         access.Role
	Verdict      Verdict
}

// Trial is what would come of a sign-in.
type Trial struct {
	On         bool // whether rules count now
	Judgements []Judgement
}

var errNoClaims = fault.InField("claims", "Fügen Sie die Angaben als JSON ein, so wie der Anmeldedienst sie sendet: {\"sub\": \"…\", \"groups\": [\"…\"]}.")

// readClaims takes what somebody pasted, if it is a JSON object that the database can hold.
func readClaims(text string) (json.RawMessage, error) {
	var claims map[string]any
	if err := json.Unmarshal([]byte(text), &claims); err != nil || claims == nil || strings.Contains(text, `\u0000`) {
		return nil, errNoClaims
	}
	return json.RawMessage(text), nil
}
