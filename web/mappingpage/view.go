package mappingpage

import (
	"rollinportal/internal/access"
	"rollinportal/internal/identity"
	"rollinportal/internal/organisation"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type view struct {
	Errors []ui.FieldError
	State  ui.StatusProps
	On     bool
	Rules  []ruleView
	FormID string
	Claim  ui.Field
	Value  ui.Field
	Org    ui.Field
	Role   ui.Field
	Pasted ui.Field
	Result *trialView
}

type ruleView struct{ Text, Gives, People, RemoveURL, Note string }

func newView(who access.Actor, m identity.Mapping, f ruleForm, trial trialForm, wrong page.Errors) view {
	v := view{
		Errors: wrong.Summary(), On: m.On, FormID: f.ID, Result: trial.Result,
		State: ui.StatusProps{Kind: ui.Open, Text: "Die Regeln gelten nicht"},
		Claim: ui.Field{Name: "claim", Label: "Angabe", Value: f.Claim, Error: wrong.For("claim"), Width: ui.Medium, Hint: "Wie sie beim Anmeldedienst heißt, zum Beispiel groups oder realm_access.roles."},
		Value: ui.Field{Name: "value", Label: "hat den Wert", Value: f.Value, Error: wrong.For("value"), Width: ui.Medium, Hint: "Bei Listen genügt ein Eintrag. Groß und klein zählen."},
		Org:   ui.Field{Name: "org", Label: "Organisation", Value: f.Org, Error: wrong.For("org"), Empty: "Bitte wählen", Options: orgOptions(who, m.Orgs)},
		Role:  ui.Field{Name: "role", Label: "Rolle", Value: f.Role, Error: wrong.For("role"), Empty: "Bitte wählen", Options: roleOptions(who)},
		Pasted: ui.Field{
			Name: "claims", Label: "Angaben der Person als JSON", Value: trial.Claims, Error: wrong.For("claims"), Rows: 8,
			Hint: "Sie finden sie in der Verwaltung des Anmeldedienstes, etwa als Beispiel-Token. Das Portal speichert sie nicht.",
		},
	}
	if m.On {
		v.State = ui.StatusProps{Kind: ui.Done, Text: "Die Regeln gelten"}
	}
	for _, r := range m.Rules {
		row := ruleView{
			Text: r.Claim + " = " + r.Value, Gives: page.RoleName(r.Role) + ", " + r.Org,
			People: ui.Count(r.People, "Person", "Personen"), RemoveURL: link.RemoveRule(r.ID),
		}
		if r.Own {
			row.Note = "Sie haben diese Regel angelegt. Ihnen selbst gibt sie nichts."
		}
		v.Rules = append(v.Rules, row)
	}
	return v
}

// kindNames head the groups of organisations that rules may lead to.
var kindNames = map[organisation.Kind]string{
	organisation.StateCoordination: "Landeskoordination", organisation.Ministry: "Fachressorts", organisation.District: "Landkreise",
	organisation.IndependentCity: "Kreisfreie Städte", organisation.ITProvider: "IT-Dienstleister", organisation.EfAProvider: "EfA-Anbieter",
	organisation.Association: "Spitzenverbände", organisation.Committee: "Gremien",
}

func orgOptions(who access.Actor, orgs []organisation.Organisation) []ui.Option {
	var found []ui.Option
	for _, o := range orgs {
		if len(identity.Grantable(who.Role, o.Kind)) > 0 {
			found = append(found, ui.Option{Value: o.Key, Text: o.Name, Group: kindNames[o.Kind]})
		}
	}
	return found
}

func roleOptions(who access.Actor) []ui.Option {
	var found []ui.Option
	for _, r := range identity.Ceiling(who.Role) {
		found = append(found, ui.Option{Value: string(r), Text: page.RoleName(r)})
	}
	return found
}

// trialView says in words what would come of a sign-in.
type trialView struct {
	Tone    ui.Tone
	Summary string
	Rows    []judgementView
}

type judgementView struct {
	Rule, Gives string
	State       ui.StatusProps
}

func newTrialView(t identity.Trial) *trialView {
	v := &trialView{}
	gets, would := 0, 0
	for _, j := range t.Judgements {
		state, in := verdict(j, t.On)
		if in {
			gets++
		}
		if j.Verdict == identity.Grants || j.Verdict == identity.Has {
			would++
		}
		row := judgementView{Rule: j.Claim + " = " + j.Value, Gives: page.RoleName(j.Role) + ", " + j.Org, State: state}
		if !j.RuleID.Valid {
			row.Rule = "Von Hand vergeben"
		}
		v.Rows = append(v.Rows, row)
	}
	v.Tone, v.Summary = summary(gets > 0, would > 0 && !t.On)
	return v
}

// summary says whether the person gets in, and whether only the switch is in the way.
func summary(in, waits bool) (ui.Tone, string) {
	switch {
	case in:
		return ui.Success, "Diese Person käme ins Portal. Die Liste zeigt zuerst, was ihr eine Rolle gibt."
	case waits:
		return ui.Info, "Die Regeln gelten zurzeit nicht. Mit eingeschalteten Regeln käme diese Person ins Portal."
	}
	return ui.Warning, "Diese Person käme nicht ins Portal: Weder eine Regel noch eine Zusage von Hand gibt ihr eine Rolle."
}

// verdict says what a rule makes of the person, and whether the person gets in by it.
func verdict(j identity.Judgement, on bool) (ui.StatusProps, bool) {
	switch j.Verdict {
	case identity.Differs:
		return ui.StatusProps{Kind: ui.Open, Text: "trifft nicht zu"}, false
	case identity.OwnRule:
		return ui.StatusProps{Kind: ui.Locked, Text: "gibt nichts: Die Person hat die Regel selbst angelegt"}, false
	case identity.OrgGone:
		return ui.StatusProps{Kind: ui.Locked, Text: "gibt nichts: Die Organisation besteht nicht mehr"}, false
	case identity.EndedNow:
		return ui.StatusProps{Kind: ui.Locked, Text: "gibt nichts: Der Zugang wurde von Hand beendet"}, false
	case identity.ByHand:
		return ui.StatusProps{Kind: ui.Done, Text: "hat die Rolle schon von Hand"}, true
	}
	if !on {
		return ui.StatusProps{Kind: ui.Waiting, Text: "gäbe die Rolle, sobald die Regeln eingeschaltet sind"}, false
	}
	if j.Verdict == identity.Has {
		return ui.StatusProps{Kind: ui.Done, Text: "behielte die Rolle"}, true
	}
	return ui.StatusProps{Kind: ui.Done, Text: "bekäme die Rolle"}, true
}
