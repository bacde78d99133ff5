package planning

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/workday"
)

// Draft is what is prepared of a roll-in.
type Draft struct {
	LeftOut  []onboarding.LeftOut
	Waves    []Wave
	Capacity map[string]int // connections a week, by the key of an IT-Dienstleister
	Letter   Letter

	Version   int64     `json:"-"` // 1 before anything was saved
	ChangedBy uuid.UUID `json:"-"`
	Changer   string    `json:"-"` // empty where nothing was saved
	ChangedAt time.Time `json:"-"`
}

// Wave is a wave as it is planned: From and Until are zero until somebody sets them.
type Wave struct {
	Name        string
	Pilot       bool
	From, Until time.Time
	Bodies      []string // keys
}

// Plan is a draft beside what is known of the service.
type Plan struct {
	onboarding.Preview
	Draft
	ProviderNames map[string]string // by key
	Taken         Load              // what other roll-ins ask of the IT-Dienstleister
	Chosen        []string          // bodies that a call for pilots chose
	Today         time.Time
}

// Members are the bodies that take part, in their order.
func (p *Plan) Members() []onboarding.Body {
	return slices.DeleteFunc(slices.Clone(p.Bodies), func(b onboarding.Body) bool { return p.isLeftOut(b.Key) })
}

func (p *Plan) isLeftOut(key string) bool {
	return slices.ContainsFunc(p.LeftOut, func(out onboarding.LeftOut) bool { return out.Key == key })
}

// BodyName is the name of a competent body.
func (p *Plan) BodyName(key string) string {
	for _, b := range p.Bodies {
		if b.Key == key {
			return b.Name
		}
	}
	return key
}

// Earliest is the first day on which a wave can go live if the deadlines begin today.
func (p *Plan) Earliest(w Wave) time.Time {
	if w.Pilot {
		return p.PilotTargetOn
	}
	return p.TargetOn
}

// refresh drops bodies that are competent no longer, and proposes waves and a letter where there are none yet.
func (p *Plan) refresh() {
	known := func(key string) bool {
		return slices.ContainsFunc(p.Bodies, func(b onboarding.Body) bool { return b.Key == key })
	}
	p.LeftOut = slices.DeleteFunc(p.LeftOut, func(out onboarding.LeftOut) bool { return !known(out.Key) })
	for i := range p.Waves {
		p.Waves[i].Bodies = slices.DeleteFunc(p.Waves[i].Bodies, func(key string) bool { return !known(key) || p.isLeftOut(key) })
	}
	if len(p.Waves) == 0 {
		p.Waves = p.proposed()
	}
	if p.Letter == (Letter{}) {
		p.Letter = StandardLetter
	}
}

// proposed are the pilots first, then the bodies of each IT-Dienstleister together.
func (p *Plan) proposed() []Wave {
	var waves []Wave
	if p.Piloting {
		waves = append(waves, Wave{Name: "Pilotierung", Pilot: true})
	}
	groups, order := map[string][]string{}, []string{}
	for _, b := range p.Members() {
		if p.Piloting && slices.Contains(p.Chosen, b.Key) {
			waves[0].Bodies = append(waves[0].Bodies, b.Key)
			continue
		}
		provider := ""
		if len(b.Providers) > 0 {
			provider = b.Providers[0]
		}
		if _, seen := groups[provider]; !seen {
			order = append(order, provider)
		}
		groups[provider] = append(groups[provider], b.Key)
	}
	slices.Sort(order)
	for _, provider := range order {
		name := "Einheiten mit " + provider
		if provider == "" {
			name = "Alle weiteren Einheiten"
		}
		waves = append(waves, Wave{Name: name, Bodies: groups[provider]})
	}
	return waves
}

// Limited are the IT-Dienstleister of the bodies that take part, by key.
func (p *Plan) Limited() []string {
	var keys []string
	for _, b := range p.Members() {
		keys = append(keys, b.Providers...)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Windows are the waves as Spread takes them, as far as all have their dates; false if one lacks them.
func (p *Plan) Windows() ([]Window, bool) {
	windows := make([]Window, len(p.Waves))
	for i, w := range p.Waves {
		if w.From.IsZero() || w.Until.IsZero() {
			return nil, false
		}
		windows[i] = Window{From: w.From, Until: w.Until}
		for _, b := range p.Members() {
			if slices.Contains(w.Bodies, b.Key) {
				windows[i].Bodies = append(windows[i].Bodies, Need{b.Key, b.Providers})
			}
		}
	}
	return windows, true
}

// Spaced gives every body its day, or false while a wave lacks its dates.
func (p *Plan) Spaced() ([]Spaced, bool) {
	windows, dated := p.Windows()
	if !dated {
		return nil, false
	}
	return Spread(windows, p.Capacity, p.Taken), true
}

// withScope leaves bodies out.
func (d Draft) withScope(out []onboarding.LeftOut) (Draft, error) {
	for i, o := range out {
		out[i].Reason = strings.TrimSpace(o.Reason)
		switch {
		case out[i].Reason == "":
			return d, fault.InField("reason_"+o.Key, "Nennen Sie den Grund.")
		case utf8.RuneCountInString(out[i].Reason) > 300:
			return d, fault.InField("reason_"+o.Key, "Kürzen Sie den Grund auf höchstens 300 Zeichen.")
		}
	}
	d.LeftOut = out
	return d, nil
}

// maxWaves keeps a plan readable.
const maxWaves = 12

// withWaves names the waves and shares the bodies among them.
func (d Draft) withWaves(waves []Wave) (Draft, error) {
	seen := map[string]bool{}
	for i, w := range waves {
		waves[i].Name = strings.TrimSpace(w.Name)
		switch {
		case waves[i].Name == "":
			return d, fault.InField(fieldNo("name", i), "Geben Sie der Welle einen Namen.")
		case utf8.RuneCountInString(waves[i].Name) > 60:
			return d, fault.InField(fieldNo("name", i), "Kürzen Sie den Namen der Welle auf höchstens 60 Zeichen.")
		case seen[waves[i].Name]:
			return d, fault.InField(fieldNo("name", i), "Zwei Wellen heißen gleich. Wählen Sie Namen, die sich unterscheiden.")
		}
		seen[waves[i].Name] = true
	}
	switch {
	case len(waves) == 0:
		return d, fault.InField("name-1", "Legen Sie mindestens eine Welle an.")
	case len(waves) > maxWaves:
		return d, fault.InField("name-1", "Planen Sie höchstens "+strconv.Itoa(maxWaves)+" Wellen.")
	}
	placed := map[string]string{}
	for _, w := range waves {
		for _, key := range w.Bodies {
			if placed[key] != "" {
				return d, fault.InField("body_"+key, "Diese Einheit steht in zwei Wellen. Jede Einheit gehört in eine.")
			}
			placed[key] = w.Name
		}
	}
	d.Waves = waves
	return d, nil
}

// Span is when a wave goes live.
type Span struct{ From, Until time.Time }

// withDates sets when the waves go live, and how much the IT-Dienstleister can do.
func (p *Plan) withDates(spans []Span, capacity map[string]int) (Draft, error) {
	d := p.Draft
	if len(spans) != len(d.Waves) {
		return d, fault.New(fault.Conflict, "Die Wellen haben sich inzwischen geändert.")
	}
	for key, n := range capacity {
		if n < 1 || n > 100 {
			return d, fault.InField("capacity_"+key, "Geben Sie 1 bis 100 Anbindungen je Woche ein. Ohne Grenze lassen Sie das Feld leer.")
		}
	}
	d.Waves = slices.Clone(d.Waves)
	for i, span := range spans {
		if err := p.checkSpan(i, span); err != nil {
			return d, err
		}
		d.Waves[i].From, d.Waves[i].Until = span.From, span.Until
	}
	d.Capacity = maps.Clone(capacity)
	return d, nil
}

func (p *Plan) checkSpan(i int, s Span) error {
	earliest := p.Earliest(p.Waves[i])
	switch {
	case s.From.IsZero():
		return fault.InField(fieldNo("from", i), "Geben Sie den ersten Produktivstart ein, zum Beispiel "+workday.Written(earliest)+".")
	case s.From.Before(p.Today):
		return fault.InField(fieldNo("from", i), "Der erste Produktivstart liegt in der Vergangenheit. Möglich ist er ab dem "+workday.Written(earliest)+".")
	case s.From.Before(earliest):
		return fault.InField(fieldNo("from", i), "Der erste Produktivstart ist frühestens am "+workday.Written(earliest)+" möglich: So viele Arbeitstage braucht die Vorlage ab heute.")
	case s.From.After(p.Today.AddDate(5, 0, 0)):
		return fault.InField(fieldNo("from", i), "Planen Sie höchstens fünf Jahre voraus.")
	case workday.IsWeekend(s.From):
		return fault.InField(fieldNo("from", i), "Der Tag fällt auf ein Wochenende. Wählen Sie einen Arbeitstag.")
	case s.Until.IsZero():
		return fault.InField(fieldNo("until", i), "Geben Sie ein, bis wann die Welle produktiv sein soll.")
	case s.Until.Before(s.From):
		return fault.InField(fieldNo("until", i), "Das Ende der Welle liegt vor ihrem Beginn.")
	case s.Until.After(p.Today.AddDate(7, 0, 0)):
		return fault.InField(fieldNo("until", i), "Planen Sie höchstens sieben Jahre voraus.")
	}
	return nil
}

func (d Draft) withLetter(l Letter) (Draft, error) {
	d.Letter = l.tidy()
	return d, d.Letter.wrong()
}

// LetterFor is the letter to one body with its day.
func (p *Plan) LetterFor(key string, wave int, on time.Time) Letter {
	return p.letterIn(p.Waves[wave].Name, key, on)
}

// letterIn is the letter to a body in a wave, planned or begun.
func (p *Plan) letterIn(wave, key string, on time.Time) Letter {
	values := map[string]string{
		"Leistung": p.ServiceName, "Einheit": p.BodyName(key), "Ansprechstelle": p.Letter.Contact, "Datum": workday.Written(p.Today),
		"Welle": wave, "Termin": workday.Written(on), "Dienstleister": p.providersOf(key),
	}
	return Letter{Fill(p.Letter.Subject, values), Fill(p.Letter.Text, values), p.Letter.Contact}
}

// LetterTo is LetterFor a body wherever it is planned; false while its wave has no dates.
func (p *Plan) LetterTo(key string) (Letter, bool) {
	spaced, dated := p.Spaced()
	if !dated {
		return Letter{}, false
	}
	for i, w := range spaced {
		for _, s := range w.Slots {
			if s.Key == key {
				return p.LetterFor(key, i, s.On), true
			}
		}
	}
	return Letter{}, false
}

func (p *Plan) providersOf(key string) string {
	for _, b := range p.Bodies {
		if b.Key != key {
			continue
		}
		names := make([]string, len(b.Providers))
		for i, provider := range b.Providers {
			names[i] = p.ProviderNames[provider]
		}
		if len(names) > 0 {
			return strings.Join(names, ", ")
		}
	}
	return "die OZG-Landeskoordination"
}

// input is the plan as the start takes it.
func (p *Plan) input() (onboarding.StartInput, error) {
	spaced, dated := p.Spaced()
	if !dated {
		return onboarding.StartInput{}, fault.InField("dates", "Setzen Sie zuerst die Termine aller Wellen.")
	}
	if err := p.Letter.wrong(); err != nil {
		return onboarding.StartInput{}, err
	}
	in := onboarding.StartInput{LeftOut: p.LeftOut}
	for i, w := range p.Waves {
		in.Waves = append(in.Waves, onboarding.StartWave{Name: w.Name, Pilot: w.Pilot, Bodies: spaced[i].Slots})
	}
	return in, nil
}

// Unplaced are the bodies that take part and stand in no wave.
func (p *Plan) Unplaced() []onboarding.Body {
	return slices.DeleteFunc(p.Members(), func(b onboarding.Body) bool {
		return slices.ContainsFunc(p.Waves, func(w Wave) bool { return slices.Contains(w.Bodies, b.Key) })
	})
}

// Gap stands between a plan and its start: a German sentence, and what of the plan would close it.
type Gap struct {
	In   Part
	Text string
}

// Part is what of a plan lacks something; it is empty where the plan itself cannot help.
type Part string

// The parts that can lack something.
const (
	InWaves Part = "waves"
	InDates Part = "dates"
)

// Missing says what stands between the plan and its start.
func (p *Plan) Missing() []Gap {
	var found []Gap
	for _, text := range p.Obstacles {
		found = append(found, Gap{Text: text})
	}
	for _, b := range p.Unplaced() {
		found = append(found, Gap{InWaves, "„" + b.Name + "“ steht in keiner Welle."})
	}
	for _, w := range p.Waves {
		if len(w.Bodies) == 0 {
			found = append(found, Gap{InWaves, "„" + w.Name + "“ hat keine Einheit."})
		}
	}
	if _, dated := p.Windows(); !dated {
		found = append(found, Gap{InDates, "Es fehlen Termine."})
	}
	return found
}

// fieldNo names the field of the i-th wave.
func fieldNo(name string, i int) string { return name + "-" + strconv.Itoa(i+1) }
