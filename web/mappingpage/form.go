package mappingpage

import (
	"net/http"

	"rollinportal/internal/access"
	"rollinportal/internal/identity"
	"rollinportal/web/page"
)

// ruleForm is the form for a new rule, as it was sent.
type ruleForm struct{ ID, Claim, Value, Org, Role string }

func readRule(w http.ResponseWriter, r *http.Request) (ruleForm, identity.NewRule, error) {
	sent, err := page.ReadForm(w, r, "id", "claim", "value", "org", "role")
	if err != nil {
		return ruleForm{}, identity.NewRule{}, err
	}
	f := ruleForm{sent.Text("id"), sent.Text("claim"), sent.Text("value"), sent.Text("org"), sent.Text("role")}
	id, err := page.FormID(f.ID)
	return f, identity.NewRule{ID: id, Claim: f.Claim, Value: f.Value, OrgKey: f.Org, Role: access.Role(f.Role)}, err
}

// trialForm is the form of the trial, with what came of it.
type trialForm struct {
	Claims string
	Result *trialView
}
