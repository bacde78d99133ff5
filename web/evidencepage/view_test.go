package evidencepage

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
)

func TestSizesReadAsPeopleCompareThem(t *testing.T) {
	t.Parallel()
	for bytes, want := range map[int64]string{
		1: "1\u00a0KB", 1535: "1\u00a0KB", 1536: "2\u00a0KB", 312 << 10: "312\u00a0KB",
		1 << 20: "1\u00a0MB", 1468006: "1,4\u00a0MB", 20 << 20: "20\u00a0MB",
	} {
		if got := size(bytes); got != want {
			t.Errorf("%d bytes: %q, want %q", bytes, got, want)
		}
	}
}

var (
	body   = access.Org{ID: uuid.New(), Kind: "district"}
	people = map[string]access.Actor{
		"coordinator": {Token: access.Token("t"), Person: uuid.New(), Role: access.BodyCoordinator, Org: body},
		"editor":      {Token: access.Token("t"), Person: uuid.New(), Role: access.BodyEditor, Org: body},
		"land":        {Token: access.Token("t"), Person: uuid.New(), Role: access.StateCoordinator, Org: access.Org{ID: uuid.New()}},
		"provider":    {Token: access.Token("t"), Person: uuid.New(), Role: access.Provider, Org: access.Org{ID: uuid.New()}},
		"ministry":    {Token: access.Token("t"), Person: uuid.New(), Role: access.MinistryReader, Org: access.Org{ID: uuid.New()}},
	}
)

func taskWith(state onboarding.StepState, by template.Responsible) onboarding.Task {
	today := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	yesterday := today.AddDate(0, 0, -1)
	sum := "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	return onboarding.Task{
		Step: onboarding.Step{
			Step: template.Step{Key: "k_cert", Title: "Zertifikat", Responsible: by}, State: state,
			Files: []onboarding.File{
				{ID: uuid.New(), Name: "a.pdf", Version: 2, Kind: "pdf", Size: 9000, SHA256: sum, UploadedBy: people["editor"].Person, UploadedAt: today},
				{ID: uuid.New(), Name: "a.pdf", Version: 1, Kind: "pdf", Size: 9000, SHA256: sum, UploadedBy: people["coordinator"].Person, UploadedAt: yesterday, ValidUntil: &yesterday},
				{ID: uuid.New(), Name: "b.png", Version: 1, Kind: "png", Size: 9000, SHA256: sum, UploadedBy: people["provider"].Person, UploadedAt: today},
			},
		},
		Checklist: &onboarding.Checklist{Onboarding: onboarding.Onboarding{BodyID: body.ID, BodyKey: "16051", ServiceSlug: "wohngeld", State: onboarding.Preparing}, Today: today},
	}
}

func TestVersionsStandBehindTheNewest(t *testing.T) {
	t.Parallel()
	v := newPanelView(taskWith(onboarding.Open, template.ByBody), people["coordinator"])
	if len(v.Files) != 2 || v.Note != "3\u00a0Dateien" && v.Note != "3 Dateien" {
		t.Fatalf("%d files, %q", len(v.Files), v.Note)
	}
	if only := v.Files[1]; only.Meta != "PNG, 9\u00a0KB · hochgeladen am 22.11.2026" {
		t.Errorf("the only version reads %q", only.Meta)
	}
	none := taskWith(onboarding.Open, template.ByBody)
	none.Files = nil
	if v := newPanelView(none, people["coordinator"]); v.Note != "" || !v.Open {
		t.Errorf("without files: %q, open %t", v.Note, v.Open)
	}
	if (Pages{}).Panel(none, people["coordinator"]) == nil || (Pages{}).Panel(none, people["ministry"]) != nil {
		t.Error("whoever may bring a file has nothing to bring it with, or somebody sees an empty box")
	}
	newest := v.Files[0]
	if newest.Meta != "PDF, 9\u00a0KB · Fassung 2 · hochgeladen am 22.11.2026" || newest.OlderTitle != "1 frühere Fassung von a.pdf" && newest.OlderTitle != "1\u00a0frühere Fassung von a.pdf" {
		t.Errorf("%q, %q", newest.Meta, newest.OlderTitle)
	}
	if old := newest.Older[0]; old.Status.Text != "Abgelaufen" || old.Remove.Text != "a.pdf löschen" {
		t.Errorf("%+v", old)
	}
}

// What a person is offered: files to open, files to delete, the form.
func TestThePanelOffersWhatIsAllowed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		who             string
		state           onboarding.StepState
		by              template.Responsible
		files, removes  int
		uploads, isOpen bool
	}{
		{"coordinator", onboarding.Open, template.ByBody, 3, 3, true, false},
		{"editor", onboarding.Open, template.ByBody, 3, 1, true, false},
		{"coordinator", onboarding.Submitted, template.ByBody, 3, 0, false, false},
		{"coordinator", onboarding.Done, template.ByBody, 3, 0, true, false},
		{"coordinator", onboarding.NotApplicable, template.ByBody, 3, 3, false, false},
		{"land", onboarding.Open, template.ByBody, 3, 0, false, false},
		{"ministry", onboarding.Open, template.ByBody, 0, 0, false, false},
		{"provider", onboarding.Open, template.ByBody, 1, 1, false, false},
		{"provider", onboarding.Open, template.ByProvider, 3, 1, true, false},
	} {
		v := newPanelView(taskWith(c.state, c.by), people[c.who])
		files, removes := 0, 0
		for _, f := range v.Files {
			for _, f := range append(f.Older, f) {
				files++
				if f.Remove.URL != "" {
					removes++
				}
			}
		}
		if files != c.files || removes != c.removes || (v.Form.URL != "") != c.uploads || v.Open != c.isOpen {
			t.Errorf("%s, %s: %d files, %d to delete, form %q, open %v", c.who, c.state, files, removes, v.Form.URL, v.Open)
		}
	}
}
