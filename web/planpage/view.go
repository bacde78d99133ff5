package planpage

import (
	"slices"
	"strconv"
	"strings"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/planning"
	"rollinportal/internal/template"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// view is a part of the plan in words. Each part fills what it shows.
type view struct {
	Errors        []ui.FieldError
	Line          ui.StepLineProps
	Obstacles     []string
	Warnings      []string
	Saved         string // when and by whom
	URL, Version  string
	Back, Service string

	In      ui.Field
	Reasons []ui.Field
	Sum     string
	Facts   ui.FactsProps
	Away    []ui.Row
	Land    []ui.Row

	Waves   []waveForm
	Piloted ui.Field
	Pilots  bool // whether the service is piloted
	Bodies  []ui.Field

	Spans    []spanForm
	Capacity []ui.Field
	Spread   []spreadView

	Subject, Text, Contact, Body ui.Field
	Fields                       string
	Letter                       letterView

	Missing  []ui.Link // what is missing, and where to add it
	Late     ui.AlertProps
	Summary  []ui.SummaryProps
	CanStart bool
}

type waveForm struct {
	Name   ui.Field
	Old    string
	Remove ui.ButtonProps
}

type spanForm struct {
	Legend      string
	From, Until ui.Field
}

// spreadView is a wave with the days of its bodies.
type spreadView struct {
	Name, Text string
	Alert      ui.AlertProps // where it does not fit
	Rows       []ui.Row
	Note       string
}

type letterView struct {
	To, Subject, Sent string
	Paragraphs        []string
}

func newView(p *planning.Plan, part part, f form, wrong page.Errors) view {
	v := view{
		Errors: wrong.Summary(), Line: line(part), Obstacles: p.Obstacles, Warnings: p.Warnings,
		URL: link.PlanRollin(p.ServiceSlug, part.Key), Version: strconv.FormatInt(p.Version, 10), Service: link.Service(p.ServiceSlug),
	}
	if p.Changer != "" {
		v.Saved = "Zuletzt gespeichert von " + p.Changer + " am " + ui.DateTime(p.ChangedAt) + "."
	}
	if at := part.at(); at > 0 {
		v.Back = link.PlanRollin(p.ServiceSlug, parts[at-1].Key)
	}
	switch part.Key {
	case "umfang":
		v.addScope(p, f, wrong)
	case "wellen":
		v.addWaves(p, f, wrong)
	case "termine":
		v.addDates(p, f, wrong)
	case "schreiben":
		v.addLetter(p, f, wrong)
	default:
		v.addPreview(p, f)
	}
	return v
}

// line shows how far the plan is; every part of it can be opened at any time.
func line(part part) ui.StepLineProps {
	l := ui.StepLineProps{Label: "Schritte der Vorbereitung"}
	for i, q := range parts {
		l.Steps = append(l.Steps, ui.Step{Title: q.Title, Note: "Schritt " + strconv.Itoa(i+1) + " von " + strconv.Itoa(len(parts)), Done: i < part.at(), Current: i == part.at()})
	}
	return l
}

func (v *view) addScope(p *planning.Plan, f form, wrong page.Errors) {
	v.In = ui.Field{Name: "in", Label: "Zuständige Einheiten, die teilnehmen", Hint: "Nehmen Sie den Haken weg, wo die Leistung jetzt nicht angebunden wird. Sie können die Einheit später aufnehmen."}
	for _, b := range p.Bodies {
		in := slices.Contains(f.In, b.Key)
		v.In.Options = append(v.In.Options, ui.Option{Value: b.Key, Text: b.Name, Checked: in})
		if !in {
			v.Reasons = append(v.Reasons, ui.Field{
				Name: "reason_" + b.Key, Label: "Grund, warum „" + b.Name + "“ nicht teilnimmt", Value: f.Reasons[b.Key], MaxLength: 300, Error: wrong.For("reason_" + b.Key),
			})
		}
	}
	v.Sum = ui.Count(len(p.BodySteps), "Schritt", "Schritte") + " × " + ui.Count(len(p.Members()), "Kommune", "Kommunen")
	v.Facts = ui.FactsProps{Columns: true, Items: facts(p)}
	for _, a := range p.Away {
		v.Away = append(v.Away, ui.Row{Title: a.Title, Meta: a.Reason})
	}
	v.Land = landRows(p)
}

func facts(p *planning.Plan) []ui.Fact {
	decided := ui.Fact{Term: "Nachnutzungsentscheidung", Value: "fehlt"}
	if p.DecisionID != nil && p.DecidedAt != nil {
		decided = ui.Fact{Term: "Nachnutzungsentscheidung", Value: "vom " + ui.Date(*p.DecidedAt), URL: link.Decision(*p.DecisionID)}
	}
	return []ui.Fact{
		decided,
		{Term: "Vorlage", Value: p.TemplateName + ", Version " + strconv.Itoa(p.TemplateNo)},
		{Term: "Schritte des Landes", Value: strconv.Itoa(len(p.LandSteps)) + ", davon " + strconv.Itoa(len(p.Proven)) + " mit der Entscheidung erledigt"},
		{Term: "Frühester Produktivstart", Value: ui.Date(p.TargetOn)},
	}
}

func landRows(p *planning.Plan) []ui.Row {
	var rows []ui.Row
	for _, s := range p.LandSteps {
		state := onboarding.Open
		if slices.ContainsFunc(p.Proven, func(t template.Step) bool { return t.Key == s.Key }) {
			state = onboarding.Done
		}
		if slices.ContainsFunc(p.Away, func(a onboarding.Away) bool { return a.Key == s.Key }) {
			state = onboarding.NotApplicable
		}
		rows = append(rows, ui.Row{Title: s.Title, Status: page.StepState(state, true, false)})
	}
	return rows
}

func (v *view) addWaves(p *planning.Plan, f form, wrong page.Errors) {
	var options []ui.Option
	for i, name := range f.Names {
		no := strconv.Itoa(i + 1)
		field := ui.Field{Name: "name", ID: "name-" + no, Label: "Name der Welle " + no, Value: name, MaxLength: 60, Width: ui.Medium, Error: wrong.For("name-" + no)}
		w := waveForm{Name: field, Old: f.Old[i]}
		if len(f.Names) > 1 {
			w.Remove = ui.ButtonProps{Text: "Welle " + no + " entfernen", Name: "act", Value: actRemove + no}
		}
		v.Waves = append(v.Waves, w)
		text := no
		if name != "" {
			text += " · " + name
		}
		options = append(options, ui.Option{Value: no, Text: text})
	}
	v.Pilots = p.Piloting
	v.Piloted = ui.Field{Name: "piloted", Label: "Die erste Welle ist die Pilotierung", Hint: "Alle weiteren Wellen warten dann, bis das Land die Pilotierung ausgewertet hat."}
	if f.Piloted {
		v.Piloted.Value = "1"
	}
	for _, b := range p.Members() {
		v.Bodies = append(v.Bodies, ui.Field{
			Name: "body_" + b.Key, Label: b.Name, Value: f.WaveOf[b.Key], Empty: "Noch keine Welle", Options: options, Width: ui.Medium,
			Hint: strings.Join(b.Providers, ", "), Error: wrong.For("body_" + b.Key),
		})
	}
}

func (v *view) addDates(p *planning.Plan, f form, wrong page.Errors) {
	for i, w := range p.Waves {
		no := strconv.Itoa(i + 1)
		context := "von „" + w.Name + "“"
		v.Spans = append(v.Spans, spanForm{
			Legend: w.Name + " · " + ui.Count(len(w.Bodies), "Einheit", "Einheiten"),
			From:   ui.Field{Name: "from", ID: "from-" + no, Label: "Erster Produktivstart", Context: context, Value: at(f.From, i), Error: wrong.For("from-" + no), Hint: "TT.MM.JJJJ, frühestens " + ui.Date(p.Earliest(w))},
			Until:  ui.Field{Name: "until", ID: "until-" + no, Label: "Letzter Produktivstart", Context: context, Value: at(f.Until, i), Error: wrong.For("until-" + no), Hint: "TT.MM.JJJJ, spätestens dann alle"},
		})
	}
	for _, key := range p.Limited() {
		v.Capacity = append(v.Capacity, ui.Field{
			Name: "capacity_" + key, Label: key + ": Anbindungen je Woche", Value: f.Capacity[key], InputMode: "numeric", Width: ui.Small, Optional: true,
			Error: wrong.For("capacity_" + key), Hint: p.ProviderNames[key] + ". Ohne Angabe gibt es keine Grenze.",
		})
	}
	v.Spread = spread(p)
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// spread shows what is saved, wave by wave; nothing while dates are missing.
func spread(p *planning.Plan) []spreadView {
	spaced, dated := p.Spaced()
	if !dated {
		return nil
	}
	windows, _ := p.Windows()
	var found []spreadView
	for i, s := range spaced {
		w := p.Waves[i]
		sv := spreadView{Name: w.Name, Note: ui.Count(len(s.Slots), "Einheit", "Einheiten"), Text: "Alle Termine passen: letzter Produktivstart am " + ui.Date(s.Last) + "."}
		if len(s.Slots) == 0 {
			sv.Text = "Dieser Welle ist keine Einheit zugeordnet."
		}
		if s.Over > 0 {
			sv.Text = ""
			sv.Alert = ui.AlertProps{
				Tone: ui.Warning, Level: 3, Heading: "„" + w.Name + "“ dauert " + ui.Count(s.Over, "Woche", "Wochen") + " länger als geplant",
				Text: "Der letzte Produktivstart fällt auf den " + ui.Date(s.Last) + " statt auf den " + ui.Date(w.Until) + ".", Body: proposals(ways(p, planning.Propose(windows, p.Capacity, p.Taken, i, p.Earliest(w)))),
			}
		}
		for _, slot := range s.Slots {
			sv.Rows = append(sv.Rows, ui.Row{Title: p.BodyName(slot.Key), Meta: "Produktivstart " + ui.Date(slot.On)})
		}
		found = append(found, sv)
	}
	return found
}

// ways are the proposals as sentences.
func ways(p *planning.Plan, found []planning.Proposal) []string {
	var list []string
	for _, w := range found {
		switch {
		case !w.Until.IsZero():
			list = append(list, "Beenden Sie die Welle erst am "+ui.Date(w.Until)+".")
		case !w.From.IsZero():
			list = append(list, "Beginnen Sie schon am "+ui.Date(w.From)+".")
		case w.Provider != "":
			list = append(list, "Klären Sie, ob "+w.Provider+" "+ui.Number(int64(w.Limit))+" statt "+ui.Number(int64(p.Capacity[w.Provider]))+" Anbindungen je Woche schafft.")
		default:
			names := make([]string, len(w.Later))
			for i, key := range w.Later {
				names[i] = p.BodyName(key)
			}
			list = append(list, "Nehmen Sie "+ui.Count(len(w.Later), "Einheit", "Einheiten")+" in eine spätere Welle: "+strings.Join(names, ", ")+".")
		}
	}
	return list
}

func (v *view) addLetter(p *planning.Plan, f form, wrong page.Errors) {
	fields := make([]string, len(planning.LetterFields))
	for i, name := range planning.LetterFields {
		fields[i] = "{{" + name + "}}"
	}
	v.Fields = strings.Join(fields, ", ")
	v.Subject = ui.Field{Name: "subject", Label: "Betreff", Value: f.Subject, MaxLength: 200, Error: wrong.For("subject")}
	v.Text = ui.Field{Name: "text", Label: "Schreiben", Value: f.Text, Rows: 14, MaxLength: 10000, Error: wrong.For("text")}
	v.Contact = ui.Field{Name: "contact", Label: "Ansprechstelle", Value: f.Contact, MaxLength: 200, Error: wrong.For("contact"), Hint: "Eine Stelle, kein Name einer Person."}
	v.Body = ui.Field{Name: "body", Label: "Ansehen für", Value: f.Body, Width: ui.Medium}
	for _, b := range p.Members() {
		v.Body.Options = append(v.Body.Options, ui.Option{Value: b.Key, Text: b.Name})
	}
	if f.Body == "" && len(v.Body.Options) > 0 {
		v.Body.Value = v.Body.Options[0].Value
	}
	if l, planned := p.LetterTo(v.Body.Value); planned {
		v.Letter = letterView{To: p.BodyName(v.Body.Value), Subject: l.Subject, Paragraphs: paragraphs(l.Text)}
	}
}

func paragraphs(text string) []string { return strings.Split(strings.TrimSpace(text), "\n\n") }

// missing names what stands between the plan and its start; what is no part of the plan stands above the page.
func missing(p *planning.Plan) []ui.Link {
	parts := map[planning.Part]string{planning.InWaves: "wellen", planning.InDates: "termine"}
	var found []ui.Link
	for _, gap := range p.Missing() {
		if part, known := parts[gap.In]; known {
			found = append(found, ui.Link{Text: gap.Text, URL: link.PlanRollin(p.ServiceSlug, part)})
		}
	}
	return found
}

func (v *view) addPreview(p *planning.Plan, f form) {
	v.Missing, v.CanStart, v.URL = missing(p), len(p.Missing()) == 0, link.Rollin(p.ServiceSlug)
	if f.Late != "" {
		v.Late = ui.AlertProps{Tone: ui.Warning, Heading: "Der Roll-in ist nicht gestartet", Text: f.Late}
	}
	change := func(part string) string { return link.PlanRollin(p.ServiceSlug, part) }
	out := make([]string, len(p.LeftOut))
	for i, o := range p.LeftOut {
		out[i] = p.BodyName(o.Key) + " (" + o.Reason + ")"
	}
	scope := ui.SummaryProps{Title: "Umfang", Items: []ui.SummaryItem{
		{Key: "Einheiten", Value: ui.Count(len(p.Members()), "Einheit nimmt teil", "Einheiten nehmen teil"), ChangeURL: change("umfang")},
		{Key: "Nicht dabei", Value: strings.Join(out, ", ")},
		{Key: "Das entsteht", Value: ui.Count(len(p.BodySteps), "Schritt", "Schritte") + " × " + ui.Count(len(p.Members()), "Kommune", "Kommunen")},
	}}
	letter := ui.SummaryProps{Title: "Informationsschreiben", Items: []ui.SummaryItem{{Key: "Betreff", Value: sampleSubject(p), ChangeURL: change("schreiben")}}}
	v.Summary = []ui.SummaryProps{scope, waveSummary(p, change), letter}
}

// sampleSubject is the subject as the first body will read it; as it was written while no dates are set.
func sampleSubject(p *planning.Plan) string {
	for _, m := range p.Members() {
		if l, dated := p.LetterTo(m.Key); dated {
			return "Für " + p.BodyName(m.Key) + ": " + l.Subject
		}
	}
	return p.Letter.Subject
}

func waveSummary(p *planning.Plan, change func(string) string) ui.SummaryProps {
	s := ui.SummaryProps{Title: "Wellen und Termine"}
	spaced, dated := p.Spaced()
	for i, w := range p.Waves {
		names := make([]string, len(w.Bodies))
		for j, key := range w.Bodies {
			names[j] = p.BodyName(key)
		}
		slices.Sort(names)
		key := w.Name
		if w.Pilot && key != "Pilotierung" {
			key += " (Pilotierung)"
		}
		s.Items = append(s.Items, ui.SummaryItem{Key: key, Value: strings.Join(names, ", "), ChangeURL: change("wellen")})
		if !dated || len(spaced[i].Slots) == 0 {
			continue
		}
		text := ui.Span(w.From, spaced[i].Last)
		if spaced[i].Over > 0 {
			text += ", " + ui.Count(spaced[i].Over, "Woche", "Wochen") + " länger als geplant"
		}
		s.Items = append(s.Items, ui.SummaryItem{Key: "Produktivstarts in „" + w.Name + "“", Value: text, ChangeURL: change("termine")})
	}
	for _, key := range p.Limited() {
		if n := p.Capacity[key]; n > 0 {
			s.Items = append(s.Items, ui.SummaryItem{Key: key, Value: ui.Count(n, "Anbindung", "Anbindungen") + " je Woche", ChangeURL: change("termine")})
		}
	}
	return s
}

func newLetterView(l planning.Sent) letterView {
	return letterView{To: l.BodyName, Subject: l.Subject, Sent: l.SenderName + ", " + ui.LongDate(l.SentAt), Paragraphs: paragraphs(l.Text)}
}
