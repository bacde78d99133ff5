package onboarding

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/template"
)

// offer is what the database knows of a service before its roll-in.
type offer struct {
	ServiceID     uuid.UUID
	ServiceSlug   string
	ServiceName   string
	Transports    []string
	Backend       bool
	Payment       bool
	Declaration   bool
	Piloting      bool
	Published     bool
	StartedBy     *uuid.UUID
	DecisionID    *uuid.UUID
	DecisionNo    *int
	DecisionState *string
	DecidedAt     *time.Time
	BodyKeys      []string
	BodyNames     []string
}

func (o offer) flags() template.Flags {
	return template.Flags{
		OSCI: slices.Contains(o.Transports, string(template.OSCI)), FITConnect: slices.Contains(o.Transports, string(template.FITConnect)),
		Backend: o.Backend, Payment: o.Payment, Declaration: o.Declaration, Piloting: o.Piloting,
	}
}

// Preview says what starting a roll-in would do.
type Preview struct {
	ServiceSlug, ServiceName string
	Started                  bool
	DecisionID               *uuid.UUID
	DecidedAt                *time.Time
	Bodies                   []Body
	Piloting                 bool
	TemplateName             string
	TemplateNo               int
	LandSteps                []template.Step
	BodySteps                []template.Step
	Proven                   []template.Step // of the Land, done by the decision
	Away                     []Away          // there, but not applicable
	TargetOn                 time.Time       // Produktivstart, if the deadlines begin today
	Obstacles                []string        // German sentences: why it cannot start
	Warnings                 []string        // German sentences: what to know before
}

// Body is a competent body.
type Body struct{ Key, Name string }

// Away is a step that falls away, and why.
type Away struct {
	template.Step
	Reason string
}

func (o offer) preview(v template.Version, today time.Time) Preview {
	p := Preview{
		ServiceSlug: o.ServiceSlug, ServiceName: o.ServiceName, Started: o.StartedBy != nil, DecisionID: o.DecisionID, DecidedAt: o.DecidedAt,
		Piloting: o.Piloting, TemplateName: v.Name, TemplateNo: v.No, Obstacles: o.obstacles(v), Warnings: o.warnings(),
	}
	for i, key := range o.BodyKeys {
		p.Bodies = append(p.Bodies, Body{key, o.BodyNames[i]})
	}
	l := layout{offer: o, version: v, start: today}
	p.TargetOn = l.schedule(false)[template.Live]
	proven := l.proven()
	for _, s := range v.Steps {
		if s.Scope == template.Land {
			p.LandSteps = append(p.LandSteps, s)
		} else {
			p.BodySteps = append(p.BodySteps, s)
		}
		if proven[s.Key] {
			p.Proven = append(p.Proven, s)
		} else if applies, reason := template.Applies(s, o.flags()); !applies {
			p.Away = append(p.Away, Away{s, reason})
		}
	}
	return p
}

func (o offer) obstacles(v template.Version) []string {
	var found []string
	say := func(hindered bool, text string) {
		if hindered {
			found = append(found, text)
		}
	}
	has := func(scope template.Scope) bool {
		return slices.ContainsFunc(v.Steps, func(s template.Step) bool { return s.Scope == scope })
	}
	say(o.DecisionID == nil, "Für diese Leistung gibt es noch keine zustimmende Nachnutzungsentscheidung.")
	say(!o.Published, "Die Leistung ist noch nicht veröffentlicht. Die Kommunen könnten ihre Checkliste nicht sehen.")
	say(len(o.BodyKeys) == 0, "Für diese Leistung ist keine Einheit als zuständig eingetragen.")
	say(!has(template.Land) || !slices.ContainsFunc(v.Steps, func(s template.Step) bool { return s.Key == template.Live && s.Scope == template.Kommune }),
		fmt.Sprintf("Der Vorlage fehlen Schritte des Landes oder der Produktivstart (%s).", template.Live))
	return found
}

func (o offer) warnings() []string {
	if len(o.Transports) > 0 {
		return nil
	}
	return []string{"Der Transportweg der Leistung ist nicht erfasst. Die Schritte für OSCI und FIT-Connect entfallen damit."}
}

// StartInput starts a roll-in.
type StartInput struct {
	Pilots  []string  // keys of bodies
	StartOn time.Time // when the deadlines begin; today if zero
}

func (in StartInput) check(o offer, today time.Time) error {
	var wrong []fault.Field
	for _, key := range in.Pilots {
		if !o.Piloting || !slices.Contains(o.BodyKeys, key) {
			wrong = append(wrong, fault.Field{Name: "pilots", Text: "Wählen Sie als Pilotkommunen nur zuständige Einheiten einer Leistung, die pilotiert wird."})
			break
		}
	}
	if in.StartOn.Before(template.Day(*o.DecidedAt)) || in.StartOn.After(today.AddDate(1, 0, 0)) {
		wrong = append(wrong, fault.Field{Name: "start_on", Text: "Die Fristen beginnen frühestens am Tag des Beschlusses und spätestens in einem Jahr."})
	}
	return fault.Fields(wrong...)
}

// layout lays out the steps of a template for a service.
type layout struct {
	offer   offer
	version template.Version
	start   time.Time
}

// laid is a step as it is created. There is one for pilots and one for all others, because the others wait.
type laid struct {
	Key, Scope, State, Reason, Evidence string
	Pilot                               bool
	Due                                 string
	Since                               time.Time
}

// proven are the Land's steps that the decision shows to be done: the decision and everything before it.
func (l layout) proven() map[string]bool {
	if l.offer.DecisionID == nil {
		return nil
	}
	proven := template.Before(l.version.Steps, template.DecisionTaken)
	proven[template.DecisionTaken] = true
	return proven
}

func (l layout) schedule(pilot bool) map[string]time.Time {
	proven := l.proven()
	return template.Schedule(template.ForBody(l.version.Steps, pilot), l.start, func(s template.Step) bool {
		applies, _ := template.Applies(s, l.offer.flags())
		return applies && !proven[s.Key]
	})
}

// steps returns everything to create at a moment, first for pilots, then for the others; the Land's steps once.
func (l layout) steps(now time.Time) []laid {
	var all []laid
	proven := l.proven()
	for _, pilot := range []bool{true, false} {
		due := l.schedule(pilot)
		for _, s := range l.version.Steps {
			if s.Scope == template.Land && pilot {
				continue
			}
			row := laid{Key: s.Key, Scope: string(s.Scope), State: string(Open), Pilot: pilot, Due: due[s.Key].Format(time.DateOnly), Since: now}
			if applies, reason := template.Applies(s, l.offer.flags()); !applies {
				row.State, row.Reason = string(NotApplicable), reason
			}
			if proven[s.Key] {
				l.prove(&row)
			}
			all = append(all, row)
		}
	}
	return all
}

func (l layout) prove(row *laid) {
	decided := template.Day(*l.offer.DecidedAt)
	row.State, row.Reason = string(Done), ""
	row.Evidence = "Mit der Nachnutzungsentscheidung vom " + decided.Format("02.01.2006") + " erledigt"
	row.Due, row.Since = decided.Format(time.DateOnly), *l.offer.DecidedAt
}
