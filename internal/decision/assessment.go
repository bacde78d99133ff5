package decision

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/economics"
	"rollinportal/internal/fault"
)

// Assessment is the Wirtschaftlichkeitsbetrachtung of a case. Its frame and each of its alternatives are sections of
// their own: people who work in different ones never meet.
type Assessment struct {
	Frame   Frame
	Options []Option // those that somebody has saved
	Drafts  []FigureDraft
}

// Frame is what all alternatives share, as it was last saved.
type Frame struct {
	economics.Frame
	Saved
}

// Option is an alternative as it was last saved.
type Option struct {
	economics.Option
	Saved
}

// Saved says who saved a section last. Nobody has, as long as there is no At. Version counts the drafts in.
type Saved struct {
	By      *uuid.UUID   `json:"saved_by"`
	At      *time.Time   `json:"saved_at"`
	Name    string       `json:"saver"` // "" for readers who may not know it
	Version int64        `json:"version"`
	Draft   *FigureDraft `json:"-"` // what somebody has begun since; nil for nothing
}

// Figures are what the calculation needs.
func (a Assessment) Figures() economics.Assessment {
	found := economics.Assessment{Frame: a.Frame.Frame}
	for _, o := range a.Options {
		found.Options = append(found.Options, o.Option)
	}
	return found
}

// Option returns an alternative as it was saved, or the empty one.
func (a Assessment) Option(which economics.Alternative) Option {
	if i := slices.IndexFunc(a.Options, func(o Option) bool { return o.Alternative == which }); i >= 0 {
		return a.Options[i]
	}
	return Option{economics.Option{Alternative: which}, Saved{Version: 1}.with(a.Drafts, string(which))}
}

// Missing names the sections without which nothing can be compared.
func (a Assessment) Missing() fault.Wrong {
	var missing fault.Wrong
	missing.If(a.Frame.Years == 0, "frame", "Wirtschaftlichkeitsbetrachtung: Grundlagen eintragen")
	for _, which := range []economics.Alternative{economics.Reuse, economics.AsIs} {
		if !a.Option(which).Filled() {
			missing.Add(string(which), "Wirtschaftlichkeitsbetrachtung: Beträge zu „"+which.Word()+"“ eintragen")
		}
	}
	for _, f := range a.Drafts {
		if f.Typed != nil && !slices.ContainsFunc(missing, func(m fault.Field) bool { return m.Name == f.Section }) {
			missing.Add(f.Section, "Wirtschaftlichkeitsbetrachtung: Entwurf zu „"+f.word()+"“ speichern oder verwerfen")
		}
	}
	return missing
}
