package onboarding

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
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
	CrossLand     *bool // what the privacy review of the decision says
	DecidedAt     *time.Time
	BodyKeys      []string
	BodyNames     []string
	BodyProviders []string // keys of the IT-Dienstleister of each body, with spaces between
}

func (o offer) flags() template.Flags {
	return template.Flags{
		OSCI: slices.Contains(o.Transports, string(template.OSCI)), FITConnect: slices.Contains(o.Transports, string(template.FITConnect)),
		Backend: o.Backend, Payment: o.Payment, Declaration: o.Declaration, Piloting: o.Piloting,
		CrossLand: o.CrossLand != nil && *o.CrossLand,
	}
}

// Preview says what starting a roll-in would do.
type Preview struct {
	ServiceSlug, ServiceName string
	ServiceID                uuid.UUID
	Started                  bool
	StartedBy                *uuid.UUID
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
	PilotTargetOn            time.Time       // that of a pilot, who waits for no evaluation
	Obstacles                []string        // German sentences: why it cannot start
	Warnings                 []string        // German sentences: what to know before
}

// Body is a competent body with the keys of the IT-Dienstleister that work for it.
type Body struct {
	Key, Name string
	Providers []string
}

// Away is a step that falls away, and why.
type Away struct {
	template.Step
	Reason string
}

func (o offer) preview(v template.Version, today time.Time) Preview {
	p := Preview{
		ServiceSlug: o.ServiceSlug, ServiceName: o.ServiceName, ServiceID: o.ServiceID, Started: o.StartedBy != nil, StartedBy: o.StartedBy, DecisionID: o.DecisionID, DecidedAt: o.DecidedAt,
		Piloting: o.Piloting, TemplateName: v.Name, TemplateNo: v.No, Obstacles: o.obstacles(v), Warnings: o.warnings(),
	}
	for i, key := range o.BodyKeys {
		p.Bodies = append(p.Bodies, Body{key, o.BodyNames[i], strings.Fields(o.BodyProviders[i])})
	}
	l := layout{offer: o, version: v, start: today}
	p.TargetOn, p.PilotTargetOn = l.schedule(false)[template.Live], l.schedule(true)[template.Live]
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

// StartInput starts a roll-in. Without waves everybody begins on one day; with waves each body has its own.
type StartInput struct {
	Pilots  []string  // keys of bodies
	StartOn time.Time // when the deadlines begin; today if zero
	Waves   []StartWave
	LeftOut []LeftOut
}

func (in StartInput) check(o offer, today time.Time) error {
	var wrong fault.Wrong
	for _, key := range in.Pilots {
		if !o.Piloting || !slices.Contains(o.BodyKeys, key) {
			wrong.Add("pilots", "Wählen Sie als Pilotkommunen nur zuständige Einheiten einer Leistung, die pilotiert wird.")
			break
		}
	}
	wrong.If(in.StartOn.Before(workday.Day(*o.DecidedAt)) || in.StartOn.After(today.AddDate(1, 0, 0)), "start_on", "Die Fristen beginnen frühestens am Tag des Beschlusses und spätestens in einem Jahr.")
	return wrong.Err()
}

// layout lays out the steps of a template for a service.
type layout struct {
	offer   offer
	version template.Version
	start   time.Time
	bodies  []placed
	waves   []StartWave
	leftOut []LeftOut
	late    map[string]time.Time // when the Land's steps are due that wait for the pilots
	schemes []scheme
}

// scheme is a course of deadlines that bodies share.
type scheme struct {
	pilot bool
	due   map[string]time.Time
}

// placed is a body and the scheme that it follows.
type placed struct {
	Key    string
	Scheme int
	Wave   *int
	Pilot  bool
	Held   bool
	Target string
}

// atOnce lets everybody begin on the day of the layout.
func (l *layout) atOnce(pilots []string) {
	l.schemes = []scheme{{true, l.schedule(true)}, {false, l.schedule(false)}}
	for _, key := range l.offer.BodyKeys {
		p := placed{Key: key, Scheme: 1}
		if slices.Contains(pilots, key) {
			p.Scheme, p.Pilot = 0, true
		}
		p.Target = l.schemes[p.Scheme].due[template.Live].Format(time.DateOnly)
		l.bodies = append(l.bodies, p)
	}
}

// laid is a step as it is created: for the Land, or for all bodies of a scheme.
type laid struct {
	Key, Scope, State, Reason, Evidence string
	Scheme                              int
	Due                                 string
	Since                               time.Time
}

// proven are the Land's steps that the decision shows to be done: the decision and everything before it.
func (l layout) proven() map[string]bool {
	if l.offer.DecisionID == nil {
		return nil
	}
	proven := template.OrderFor(template.Each(l.version.Steps), true).Before(template.DecisionTaken)
	proven[template.DecisionTaken] = true
	return proven
}

func (l layout) schedule(pilot bool) map[string]time.Time {
	return template.Schedule(template.ForBody(l.version.Steps, pilot), l.start, l.counts())
}

// counts reports of a step whether it takes time for this service.
func (l layout) counts() func(template.Step) bool {
	proven := l.proven()
	return func(s template.Step) bool {
		applies, _ := template.Applies(s, l.offer.flags())
		return applies && !proven[s.Key]
	}
}

// steps returns everything to create at a moment: the Land's steps once, those of bodies for each scheme.
func (l layout) steps(now time.Time) []laid {
	land := l.schedule(false)
	maps.Copy(land, l.late)
	var all []laid
	for _, s := range l.version.Steps {
		if s.Scope == template.Land {
			all = append(all, l.step(s, -1, land[s.Key], now))
		}
	}
	for i, scheme := range l.schemes {
		for _, s := range l.version.Steps {
			if s.Scope != template.Land {
				all = append(all, l.step(s, i, scheme.due[s.Key], now))
			}
		}
	}
	return all
}

func (l layout) step(s template.Step, scheme int, due, now time.Time) laid {
	row := laid{Key: s.Key, Scope: string(s.Scope), State: string(Open), Scheme: scheme, Due: due.Format(time.DateOnly), Since: now}
	if applies, reason := template.Applies(s, l.offer.flags()); !applies {
		row.State, row.Reason = string(NotApplicable), reason
	}
	if l.proven()[s.Key] {
		l.prove(&row)
	}
	return row
}

func (l layout) prove(row *laid) {
	decided := workday.Day(*l.offer.DecidedAt)
	row.State, row.Reason = string(Done), ""
	row.Evidence = "Mit der Nachnutzungsentscheidung vom " + workday.Written(decided) + " erledigt"
	row.Due, row.Since = decided.Format(time.DateOnly), *l.offer.DecidedAt
}
