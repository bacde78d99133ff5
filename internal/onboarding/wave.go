package onboarding

import (
	"slices"
	"strings"
	"time"

	"rollinportal/internal/fault"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// Wave is a group of bodies that go live together.
type Wave struct {
	No         int
	Name       string
	Pilot      bool
	FirstOn    time.Time // of the Produktivstarts
	LastOn     time.Time
	ReleasedAt *time.Time // nil while it waits for the evaluation of the pilots
}

// StartWave is a wave to begin with, and on which day each of its bodies goes live.
type StartWave struct {
	Name            string
	Pilot           bool
	FirstOn, LastOn time.Time
	Bodies          []Slot `json:"-"`
	Held            bool   // derived: it waits for the pilots
}

// Slot is a body and the day of its Produktivstart.
type Slot struct {
	Key string
	On  time.Time
}

// LeftOut is a competent body that the roll-in begins without.
type LeftOut struct{ Key, Reason string }

// evaluationName is what a waiting wave waits for.
const evaluationName = "Pilotierung auswerten und Fläche freigeben"

// inWaves gives every body the deadlines that lead to its day.
func (l *layout) inWaves(in StartInput, today time.Time) error {
	if err := in.checkWaves(l.offer); err != nil {
		return err
	}
	l.waves, l.leftOut = slices.Clone(in.Waves), in.LeftOut
	piloted := slices.ContainsFunc(in.Waves, func(w StartWave) bool { return w.Pilot })
	first := time.Time{}
	for i := range l.waves {
		w, no := &l.waves[i], i+1
		w.Held = piloted && !w.Pilot
		w.FirstOn, w.LastOn = w.span()
		for _, b := range w.Bodies {
			start, at := l.follow(w.Pilot, b.On)
			if start.Before(today) {
				return l.tooSoon(b, w.Pilot, today)
			}
			if first.IsZero() || start.Before(first) {
				first = start
			}
			l.bodies = append(l.bodies, placed{Key: b.Key, Scheme: at, Wave: &no, Pilot: w.Pilot, Held: w.Held, Target: b.On.Format(time.DateOnly)})
		}
	}
	l.start = first
	l.evaluateAfter(l.waves)
	return nil
}

// follow returns the scheme that ends in a Produktivstart on a day, and when it begins.
func (l *layout) follow(pilot bool, on time.Time) (time.Time, int) {
	steps := template.ForBody(l.version.Steps, pilot)
	start := template.SubtractWorkingDays(on, template.Days(steps, l.counts())[template.Live])
	at := slices.IndexFunc(l.schemes, func(s scheme) bool { return s.pilot == pilot && s.due[template.Live].Equal(on) })
	if at < 0 {
		l.schemes = append(l.schemes, scheme{pilot, template.Schedule(steps, start, l.counts())})
		at = len(l.schemes) - 1
	}
	return start, at
}

func (l *layout) tooSoon(b Slot, pilot bool, today time.Time) error {
	l.start = today
	earliest := l.schedule(pilot)[template.Live]
	return fault.InField("dates", "„"+l.offer.bodyName(b.Key)+"“ kann frühestens am "+workday.Written(earliest)+
		" produktiv gehen: So viele Arbeitstage braucht die Vorlage ab heute. Verschieben Sie den Beginn der Welle.")
}

// evaluateAfter sets the Land's evaluation after the last pilot.
func (l *layout) evaluateAfter(waves []StartWave) {
	for _, s := range l.version.Steps {
		if s.Key != template.PilotEval {
			continue
		}
		for _, w := range waves {
			if due := template.AddWorkingDays(w.LastOn, s.DurationDays); w.Pilot && due.After(l.late[s.Key]) {
				l.late = map[string]time.Time{s.Key: due}
			}
		}
	}
}

func (w StartWave) span() (first, last time.Time) {
	for i, b := range w.Bodies {
		if i == 0 || b.On.Before(first) {
			first = b.On
		}
		if b.On.After(last) {
			last = b.On
		}
	}
	return first, last
}

// checkWaves refuses waves that do not hold each competent body once, or leave it out with a reason.
func (in StartInput) checkWaves(o offer) error {
	seen := map[string]bool{}
	for _, w := range in.Waves {
		switch {
		case strings.TrimSpace(w.Name) == "":
			return fault.InField("waves", "Geben Sie jeder Welle einen Namen.")
		case len(w.Bodies) == 0:
			return fault.InField("waves", "„"+w.Name+"“ hat keine Einheit. Ordnen Sie eine zu oder entfernen Sie die Welle.")
		case w.Pilot && !o.Piloting:
			return fault.InField("waves", "Die Leistung wird laut Katalog nicht pilotiert. Führen Sie „"+w.Name+"“ als gewöhnliche Welle.")
		}
		for _, b := range w.Bodies {
			switch {
			case !slices.Contains(o.BodyKeys, b.Key):
				return fault.InField("waves", "Eine Einheit in „"+w.Name+"“ ist nicht mehr zuständig. Speichern Sie die Wellen noch einmal.")
			case seen[b.Key]:
				return fault.InField("waves", "„"+o.bodyName(b.Key)+"“ steht in zwei Wellen. Jede Einheit gehört in eine.")
			case workday.IsWeekend(b.On):
				return fault.InField("dates", "Ein Produktivstart fällt auf ein Wochenende. Wählen Sie einen Arbeitstag.")
			}
			seen[b.Key] = true
		}
	}
	for _, out := range in.LeftOut {
		if strings.TrimSpace(out.Reason) == "" {
			return fault.InField("left_out", "Nennen Sie einen Grund, warum „"+o.bodyName(out.Key)+"“ nicht dabei ist.")
		}
		if seen[out.Key] {
			return fault.InField("left_out", "„"+o.bodyName(out.Key)+"“ steht in einer Welle und ist zugleich ausgenommen.")
		}
		seen[out.Key] = true
	}
	for _, key := range o.BodyKeys {
		if !seen[key] {
			return fault.InField("waves", "„"+o.bodyName(key)+"“ steht in keiner Welle. Ordnen Sie die Einheit zu oder nehmen Sie sie mit Grund aus.")
		}
	}
	return nil
}

func (o offer) bodyName(key string) string {
	if i := slices.Index(o.BodyKeys, key); i >= 0 {
		return o.BodyNames[i]
	}
	return key
}

func (l layout) waveNames() string {
	names := make([]string, len(l.waves))
	for i, w := range l.waves {
		names[i] = w.Name
	}
	return strings.Join(names, ", ")
}

func (l layout) outNames() string {
	names := make([]string, len(l.leftOut))
	for i, out := range l.leftOut {
		names[i] = l.offer.bodyName(out.Key) + " (" + out.Reason + ")"
	}
	return strings.Join(names, ", ")
}

// hold makes those of the body's steps that are unfinished wait for the evaluation of the pilots.
func (c *Checklist) hold(steps []Step) {
	if !c.Held {
		return
	}
	ref := Ref{Key: template.PilotEval, Title: evaluationName, Scope: template.Land, State: Open, Possible: true}
	if s := c.step(template.PilotEval); s != nil && !s.State.Finished() {
		ref = s.ref()
	}
	for i := range steps {
		s := &steps[i]
		s.Overdue = false
		if !s.State.Finished() && !slices.ContainsFunc(s.WaitsFor, func(r Ref) bool { return r.Key == ref.Key }) {
			s.WaitsFor = append(s.WaitsFor, ref)
		}
	}
}
