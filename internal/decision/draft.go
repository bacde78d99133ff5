package decision

import (
	"slices"

	"rollinportal/internal/economics"
	"rollinportal/internal/fault"
)

// FigureDraft is what people typed into a section of the Wirtschaftlichkeitsbetrachtung and have not finished: fields of its
// form with their values, as they were typed. Nothing is computed from it.
type FigureDraft struct {
	Section string              `json:"section"` // FrameSection, or the alternative
	Typed   map[string][]string `json:"typed"`   // nil once the section is saved or the draft is dropped
	Saved
}

// FrameSection is the section that all alternatives share.
const FrameSection = "frame"

// sections are all that can be drafted.
var sections = append([]string{FrameSection}, alternativeKeys()...)

func alternativeKeys() []string {
	keys := make([]string, len(economics.Alternatives))
	for i, a := range economics.Alternatives {
		keys[i] = string(a)
	}
	return keys
}

func (f FigureDraft) word() string {
	if f.Section == FrameSection {
		return "Grundlagen"
	}
	return economics.Alternative(f.Section).Word()
}

// with is the section with what was drafted since: each draft counts into the version.
func (s Saved) with(drafts []FigureDraft, section string) Saved {
	d := draftOf(drafts, section)
	s.Version += d.Version
	if d.Typed != nil {
		s.Draft = &d
	}
	return s
}

// draftOf returns the draft of a section, or one of version 0.
func draftOf(drafts []FigureDraft, section string) FigureDraft {
	i := slices.IndexFunc(drafts, func(d FigureDraft) bool { return d.Section == section })
	if i < 0 {
		return FigureDraft{Section: section}
	}
	return drafts[i]
}

// The size of a draft: more than a form that anybody can fill, less than what would hurt.
const (
	maxFields = 2_000
	maxDraft  = 200_000
)

func checkTyped(typed map[string][]string) error {
	fields, size := 0, 0
	for _, values := range typed {
		fields += len(values)
		for _, v := range values {
			size += len(v)
		}
	}
	if fields > maxFields || size > maxDraft {
		return fault.New(fault.Invalid, "Der Entwurf ist zu lang. Kürzen Sie Ihre Angaben.")
	}
	return nil
}
