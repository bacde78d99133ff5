package steppage

import (
	"slices"

	"rollinportal/internal/onboarding"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// form is what was chosen and typed about a step.
type form struct {
	Version               int64
	To                    onboarding.StepState
	Evidence, EvidenceURL string
	Reason                string
	ValidUntil            string
	Back                  string // the page the form stood on, if another
}

var formFields = []string{"version", "to", "evidence", "evidence_url", "valid_until", "reason", page.ReturnField}

func readForm(sent page.Form) (form, error) {
	version, err := sent.Version()
	return form{
		version, onboarding.StepState(sent.Text("to")), sent.Text("evidence"), sent.Text("evidence_url"), sent.Text("reason"), sent.Text("valid_until"), sent.Text(page.ReturnField),
	}, err
}

// blank is the form before anything is typed. Whoever opens a task mostly comes to finish it.
func blank(s onboarding.Step) form {
	f := form{Version: s.Version, Evidence: s.Given, EvidenceURL: s.GivenURL}
	if s.ValidUntil != nil {
		f.ValidUntil = ui.Date(*s.ValidUntil)
	}
	for _, to := range []onboarding.StepState{onboarding.InProgress, onboarding.Submitted, onboarding.Done} {
		if s.State != onboarding.Submitted && slices.Contains(s.May, to) {
			f.To = to
		}
	}
	return f
}

// input is what the form asks for. A day that cannot be read is wrong already here.
func (f form) input() (onboarding.StepInput, page.Errors) {
	var wrong page.Errors
	in := onboarding.StepInput{Version: f.Version, To: f.To, Evidence: f.Evidence, EvidenceURL: f.EvidenceURL, Reason: f.Reason}
	if f.To == "" {
		wrong.Add("to", "Wählen Sie, wie der Stand ist.")
	}
	if f.ValidUntil != "" {
		until, err := ui.ParseDate(f.ValidUntil)
		if err != nil {
			wrong.Add("valid_until", err.Error())
		}
		in.ValidUntil = &until
	}
	return in, wrong
}

// facts are what was typed, to be read again where it cannot be saved.
func (f form) facts() []ui.Fact {
	var facts []ui.Fact
	for _, fact := range []ui.Fact{{Term: "Nachweis", Value: f.Evidence}, {Term: "Link zum Nachweis", Value: f.EvidenceURL}, {Term: "Gültig bis", Value: f.ValidUntil}, {Term: "Grund", Value: f.Reason}} {
		if fact.Value != "" {
			facts = append(facts, fact)
		}
	}
	return facts
}

func clashRows(f form, now onboarding.Step) []ui.ConflictRow {
	return []ui.ConflictRow{
		{Field: "Status", Mine: f.To.Word(), Theirs: now.State.Word()},
		{Field: "Nachweis", Mine: f.Evidence, Theirs: now.Given},
		{Field: "Link zum Nachweis", Mine: f.EvidenceURL, Theirs: now.GivenURL},
		{Field: "Grund", Mine: f.Reason, Theirs: now.Reason},
	}
}
