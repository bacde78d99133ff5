package surveypage

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/survey"
)

func TestResultsAreComparedWhereBothRoundsTell(t *testing.T) {
	t.Parallel()
	round := func(groups ...survey.Group) *survey.Results {
		return &survey.Results{Questions: []survey.Result{{Block: survey.DMS, Answered: 10, Groups: groups}}}
	}
	now := round(survey.Group{Name: "enaio", Count: 5}, survey.Group{Name: "DocuWare", Count: 3}, survey.Group{Name: "neu", Count: 4}, survey.Group{Name: "Rest", Count: 3, Rest: true})
	last := round(survey.Group{Name: "enaio", Count: 3}, survey.Group{Name: "DocuWare", Count: 3}, survey.Group{Name: "Rest", Count: 9, Rest: true})
	v := resultViews(now, last)[0]
	for i, want := range []string{"+2", "±0", "–", "–"} {
		if got := v.Groups[i].Delta; got != want || !v.Compared {
			t.Errorf("%s: %q, want %q", v.Groups[i].Name, got, want)
		}
	}
	if alone := resultViews(now, nil)[0]; alone.Compared {
		t.Error("the first round is compared with nothing")
	}
}

func TestTheSheetOffersWhatCanBeConfirmed(t *testing.T) {
	t.Parallel()
	s := &survey.Sheet{Round: survey.Round{State: survey.Open, ID: uuid.New()}, Own: survey.Response{State: survey.None}, Parts: []survey.Part{
		{Block: survey.PostOffice, Stated: true, FactID: uuid.New(), At: time.Now()},
		{Block: survey.DMS, Stated: true, Answered: true, FactID: uuid.New(), At: time.Now()},
		{Block: survey.Variant},
		{Block: survey.Payment, Stated: true, FactID: uuid.New(), At: time.Now()},
		{Block: survey.Outlook},
	}}
	v := newSheetView(s, access.Actor{Role: access.BodyEditor, Automatic: true}, extra{})
	var confirmable []string
	for _, p := range v.Parts {
		if p.Block != "" {
			confirmable = append(confirmable, p.Block)
		}
	}
	if len(confirmable) != 2 || v.All != "Alle 2 unverändert bestätigen" || v.Parts[2].Empty == "" || v.Parts[2].Change.Text != "Angeben" {
		t.Errorf("confirmable %v, all %q, unknown %+v", confirmable, v.All, v.Parts[2])
	}
	if v.Submit.URL != "" || v.Submit.Others == "" || v.Submit.Missing != "Es fehlen noch 4 Blöcke." {
		t.Errorf("who works here may not submit: %+v", v.Submit)
	}
	s.Own.State = survey.Submitted
	if v := newSheetView(s, access.Actor{}, extra{}); v.Editable || v.Outlook.URL != "" {
		t.Error("what is submitted can be changed")
	}
}
