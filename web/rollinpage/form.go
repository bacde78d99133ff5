package rollinpage

import (
	"rollinportal/internal/onboarding"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// form is what was chosen and typed about the start.
type form struct {
	Pilots  []string
	StartOn string
}

func readForm(sent page.Form) form { return form{sent.All("pilots"), sent.Text("start_on")} }

func (f form) input() (onboarding.StartInput, page.Errors) {
	var wrong page.Errors
	in := onboarding.StartInput{Pilots: f.Pilots}
	if f.StartOn == "" {
		return in, nil
	}
	day, err := ui.ParseDate(f.StartOn)
	if err != nil {
		wrong.Add("start_on", err.Error())
	}
	in.StartOn = day
	return in, wrong
}
