package planpage

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/planning"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// What a button of a form asks for besides saving.
const (
	actAdd    = "neu"      // one wave more
	actStay   = "rechnen"  // save and show what follows
	actRemove = "entferne" // with the number of a wave
)

// form is what was chosen and typed, as text.
type form struct {
	In       []string          // keys of the bodies that take part
	Reasons  map[string]string // of those that do not
	Names    []string          // of waves
	Old      []string          // which saved wave each is; "" for a new one
	saved    []planning.Wave
	bodies   []onboarding.Body
	Piloted  bool              // the first wave is the pilots'
	WaveOf   map[string]string // number of the wave of each body
	From     []string
	Until    []string
	Capacity map[string]string
	Subject  string
	Text     string
	Contact  string
	Body     string // whose letter is shown
	Act      string
	Late     string // why the start was refused
	remove   int
}

// newForm shows what is saved, or what is proposed.
func newForm(p *planning.Plan, _ part) form {
	f := form{Reasons: map[string]string{}, WaveOf: map[string]string{}, Capacity: map[string]string{}, Subject: p.Letter.Subject, Text: p.Letter.Text, Contact: p.Letter.Contact, saved: p.Waves, bodies: p.Bodies, remove: -1}
	for _, b := range p.Members() {
		f.In = append(f.In, b.Key)
	}
	for _, out := range p.LeftOut {
		f.Reasons[out.Key] = out.Reason
	}
	for i, w := range p.Waves {
		f.Names, f.Old = append(f.Names, w.Name), append(f.Old, strconv.Itoa(i+1))
		f.Piloted = f.Piloted || w.Pilot
		for _, key := range w.Bodies {
			f.WaveOf[key] = strconv.Itoa(i + 1)
		}
		from, until := proposeSpan(p, i)
		f.From, f.Until = append(f.From, from), append(f.Until, until)
	}
	for key, n := range p.Capacity {
		f.Capacity[key] = strconv.Itoa(n)
	}
	return f
}

// proposeSpan is when a wave goes live: as saved, or each wave four weeks after the one before.
func proposeSpan(p *planning.Plan, i int) (from, until string) {
	start, end := spanOf(p, i)
	return ui.Date(start), ui.Date(end)
}

func spanOf(p *planning.Plan, i int) (from, until time.Time) {
	w := p.Waves[i]
	if !w.From.IsZero() {
		return w.From, w.Until
	}
	from = p.Earliest(w)
	if i > 0 {
		if _, before := spanOf(p, i-1); before.AddDate(0, 0, 28).After(from) {
			from = before.AddDate(0, 0, 28)
		}
	}
	for from.Weekday() != time.Monday {
		from = from.AddDate(0, 0, 1)
	}
	return from, from.AddDate(0, 0, 32)
}

// read takes what the address says: whose letter is to be seen.
func (f form) read(query url.Values) form {
	f.Body = query.Get("einheit")
	return f
}

// fieldsOf are the fields that the forms of a plan have.
func fieldsOf(p *planning.Plan) []string {
	fields := []string{"version", "act", "in" + page.Many, "name" + page.Many, "old" + page.Many, "piloted", "from" + page.Many, "until" + page.Many, "subject", "text", "contact", "body"}
	for _, b := range p.Bodies {
		fields = append(fields, "reason_"+b.Key, "body_"+b.Key)
	}
	for key := range p.ProviderNames {
		fields = append(fields, "capacity_"+key)
	}
	return fields
}

// fill takes what was sent.
func (f *form) fill(sent page.Form) {
	f.In, f.Act, f.Piloted = sent.All("in"), sent.Text("act"), sent.Has("piloted")
	f.Names, f.Old, f.From, f.Until = sent.All("name"), sent.All("old"), sent.All("from"), sent.All("until")
	f.Subject, f.Text, f.Contact, f.Body = sent.Text("subject"), sent.Text("text"), sent.Text("contact"), sent.Text("body")
	f.Reasons, f.WaveOf, f.Capacity = map[string]string{}, map[string]string{}, map[string]string{}
	for _, name := range sent.Names() {
		kind, key, _ := strings.Cut(name, "_")
		switch kind {
		case "reason":
			f.Reasons[key] = sent.Text(name)
		case "body":
			f.WaveOf[key] = sent.Text(name)
		case "capacity":
			f.Capacity[key] = sent.Text(name)
		}
	}
	f.shape()
}

// shape adds a wave or removes one; its bodies are then in none.
func (f *form) shape() {
	f.remove = -1
	for len(f.Old) < len(f.Names) {
		f.Old = append(f.Old, "")
	}
	if f.Act == actAdd {
		f.Names, f.Old = append(f.Names, ""), append(f.Old, "")
	}
	no, asked := strings.CutPrefix(f.Act, actRemove)
	at, err := strconv.Atoi(no)
	if !asked || err != nil || at < 1 || at > len(f.Names) {
		return
	}
	f.remove = at - 1
	f.Names, f.Old = slices.Delete(slices.Clone(f.Names), at-1, at), slices.Delete(slices.Clone(f.Old), at-1, at)
	for key, wave := range f.WaveOf {
		switch n, _ := strconv.Atoi(wave); {
		case n == at:
			f.WaveOf[key] = ""
		case n > at:
			f.WaveOf[key] = strconv.Itoa(n - 1)
		}
	}
}

// input reads the part of the form that is being saved.
func (f form) input(part part) (planning.Input, page.Errors) {
	var in planning.Input
	var wrong page.Errors
	switch part.Key {
	case "umfang":
		in.LeftOut = f.leftOut()
	case "wellen":
		in.Waves = f.waves()
	case "termine":
		in.Spans, in.Capacity = f.spans(&wrong), f.limits(&wrong)
	case "schreiben":
		in.Letter = &planning.Letter{Subject: f.Subject, Text: f.Text, Contact: f.Contact}
	}
	return in, wrong
}

func (f form) leftOut() []onboarding.LeftOut {
	found := []onboarding.LeftOut{}
	for _, b := range f.bodies {
		if !slices.Contains(f.In, b.Key) {
			found = append(found, onboarding.LeftOut{Key: b.Key, Reason: f.Reasons[b.Key]})
		}
	}
	return found
}

func (f form) waves() []planning.Wave {
	found := make([]planning.Wave, len(f.Names))
	for i, name := range f.Names {
		found[i] = planning.Wave{Name: name, Pilot: f.Piloted && i == 0}
		if old, err := strconv.Atoi(f.Old[i]); err == nil && old >= 1 && old <= len(f.saved) {
			found[i].From, found[i].Until = f.saved[old-1].From, f.saved[old-1].Until
		}
		for key, wave := range f.WaveOf {
			if wave == strconv.Itoa(i+1) {
				found[i].Bodies = append(found[i].Bodies, key)
			}
		}
		slices.Sort(found[i].Bodies)
	}
	return found
}

func (f form) spans(wrong *page.Errors) []planning.Span {
	found := make([]planning.Span, min(len(f.From), len(f.Until)))
	read := func(name string, i int, text string) time.Time {
		if strings.TrimSpace(text) == "" {
			return time.Time{}
		}
		day, err := ui.ParseDate(text)
		if err != nil {
			wrong.Add(name+"-"+strconv.Itoa(i+1), err.Error())
		}
		return day
	}
	for i := range found {
		found[i] = planning.Span{From: read("from", i, f.From[i]), Until: read("until", i, f.Until[i])}
	}
	return found
}

func (f form) limits(wrong *page.Errors) map[string]int {
	found := map[string]int{}
	for key, text := range f.Capacity {
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			wrong.Add("capacity_"+key, "Geben Sie eine ganze Zahl ein, zum Beispiel 3.")
		}
		found[key] = n
	}
	return found
}

// next is where a saved form leads: on, or back to see what follows.
func (f form) next(slug string, part part) string {
	if f.Act == actStay {
		return link.With(link.PlanRollin(slug, part.Key), "einheit", f.Body)
	}
	return link.PlanRollin(slug, parts[part.at()+1].Key)
}
