package onboarding_test

import (
	"strings"
	"testing"

	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
)

func TestManyStepsChangeAndTheRestSaysWhyNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	other := "16052"
	at := func(body, key string) onboarding.Address {
		s, _ := w.checklist("k"+body, body, slug).Find(key)
		return onboarding.Address{Body: body, Service: slug, Key: key, Version: s.Version}
	}
	in := onboarding.ManyInput{To: onboarding.Done, Evidence: "Akte", Steps: []onboarding.Address{
		at(body, first), at(body, first), at(body, "k_hypercare"), at(other, first), {Body: body, Service: slug, Key: "gibt_es_nicht", Version: 1},
	}}
	who := w.as("k16051")
	preview, err := w.PreviewMany(t.Context(), who, in)
	w.must(err)
	if s := w.step("k16051", body, slug, first); s.State != onboarding.Open {
		t.Fatalf("the preview made it %s", s.State)
	}
	found, err := w.ChangeMany(t.Context(), who, in)
	w.must(err)
	if len(found) != 4 || len(preview) != 4 {
		t.Fatalf("%d outcomes, previewed %d, want 4", len(found), len(preview))
	}
	for i, o := range found {
		if o.LeftOut != preview[i].LeftOut {
			t.Errorf("%s: left out %q, previewed %q", o.Key, o.LeftOut, preview[i].LeftOut)
		}
		if changes := o.Body == body && o.Key == first; changes != (o.LeftOut == "") {
			t.Errorf("%s of %s: %q", o.Key, o.Body, o.LeftOut)
		}
		if o.Body == other && (o.Before.Title != "" || o.BodyName != "") {
			t.Errorf("a foreign step has a name: %q", o.Before.Title)
		}
	}
	if s := w.step("k16051", body, slug, first); s.State != onboarding.Done {
		t.Errorf("the step is %s", s.State)
	}
	again, err := w.ChangeMany(t.Context(), who, in)
	w.must(err)
	for _, o := range again {
		if o.LeftOut == "" {
			t.Errorf("%s changed twice", o.Key)
		}
	}
	w.verify()
}

func TestManyStepsNeedAChoice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	step := []onboarding.Address{{Body: body, Service: slug, Key: first, Version: 1}}
	for name, in := range map[string]onboarding.ManyInput{
		"no step":      {To: onboarding.Done},
		"no state":     {Steps: step},
		"not offered":  {Steps: step, To: onboarding.NotApplicable},
		"a password":   {Steps: step, To: onboarding.Done, Evidence: "Passwort: geheim"},
		"too long":     {Steps: step, To: onboarding.Done, Evidence: strings.Repeat("a", 2001)},
		"no real link": {Steps: step, To: onboarding.Done, EvidenceURL: "javascript:alert(1)"},
	} {
		_, err := w.ChangeMany(t.Context(), w.as("k16051"), in)
		wants(t, name, err, fault.Invalid)
	}
	_, err := w.ChangeMany(t.Context(), w.as("land"), onboarding.ManyInput{Steps: step, To: onboarding.Done})
	wants(t, "the Land", err, fault.Forbidden)
}
