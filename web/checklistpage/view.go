package checklistpage

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/organisation"
	"rollinportal/internal/template"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type showView struct {
	Expiry   ui.AlertProps   // of what the onboarding leans on
	Hints    templ.Component // of other bodies
	Next     nextView
	Progress ui.ProgressProps
	Glance   ui.FactsProps
	Switch   ui.SwitchProps
	Groups   []ui.TaskPhaseProps
	Land     landView
	Help     ui.FactsProps
	Trail    ui.LogProps
	Confirm  string // where the body says that all of this still holds
}

// landView is what the Land does for this service.
type landView struct {
	Text string
	Link ui.Link
}

func newShowView(c *onboarding.Checklist, who access.Actor, by grouping) showView {
	return showView{
		Expiry:   expiry(c),
		Next:     next(c, who),
		Progress: ui.ProgressProps{ID: "fortschritt", Value: c.Done, Max: c.Relevant, Label: progress(c)},
		Glance:   ui.FactsProps{Items: glance(c)},
		Switch:   groupSwitch(c, by),
		Groups:   groups(c, who, by),
		Land:     land(c),
		Help:     ui.FactsProps{Items: help(c, who)},
		Confirm:  confirmURL(c, who),
	}
}

// expiry warns of what the checklist leans on and ends soon, or has ended.
func expiry(c *onboarding.Checklist) ui.AlertProps {
	status := page.ExpiryIn(c)
	if status.Text == "" {
		return ui.AlertProps{}
	}
	return ui.AlertProps{
		Tone: ui.Warning, Heading: status.Text, Text: "Das betrifft alle Leistungen, die darauf beruhen. Erneuert wird es einmal, im Profil.",
		Links: []ui.Link{{Text: "Zum Profil", URL: link.Profile(c.BodyKey)}},
	}
}

func progress(c *onboarding.Checklist) string {
	if c.Relevant == 0 {
		return "Keine Aufgaben"
	}
	return ui.Number(int64(c.Done)) + " von " + ui.Count(c.Relevant, "Aufgabe", "Aufgaben") + " erledigt"
}

func glance(c *onboarding.Checklist) []ui.Fact {
	facts := []ui.Fact{{Term: "Stand", Status: page.OnboardingStanding(c.Onboarding)}}
	add := func(term, value string) {
		if value != "" {
			facts = append(facts, ui.Fact{Term: term, Value: value})
		}
	}
	for _, no := range c.Blockers() {
		facts = append(facts, ui.Fact{Term: "Blockiert durch", Value: "Hürde Nr. " + strconv.Itoa(no), URL: link.Hurdle(no)})
	}
	if !c.State.Aside() {
		add("Aktuelle Phase", currentLeg(c))
		add("Nächste Frist", nextDeadline(c))
	}
	if c.LiveOn != nil {
		add("Produktiv seit", ui.Date(*c.LiveOn))
	} else if c.CommittedAt != nil {
		add("Teilnahme zugesagt am", ui.Date(*c.CommittedAt))
	}
	if !c.State.Aside() {
		add("Stand bestätigt", confirmed(c))
	}
	if c.Pilot {
		add("Rolle", "Pilotkommune")
	}
	if c.Letter {
		facts = append(facts, ui.Fact{Term: "Schreiben des Landes", Value: "Informationsschreiben lesen", URL: link.Letter(c.BodyKey, c.ServiceSlug)})
	}
	return facts
}

// confirmed says when the body last said how this stands.
func confirmed(c *onboarding.Checklist) string {
	if c.ConfirmedAt == nil {
		return "noch nicht"
	}
	return ui.Date(*c.ConfirmedAt) + ", " + ui.DaysSince(*c.ConfirmedAt, c.Today)
}

func confirmURL(c *onboarding.Checklist, who access.Actor) string {
	if who.Org.ID != c.BodyID || !who.Can(access.ChecklistItemEdit) || c.State.Aside() {
		return ""
	}
	return link.Confirm(c.BodyKey, c.ServiceSlug)
}

// currentLeg is the first leg on which something is left to do.
func currentLeg(c *onboarding.Checklist) string {
	first := 0
	for _, s := range c.Steps {
		if leg := s.Phase.Leg(); !s.State.Finished() && (first == 0 || leg < first) {
			first = leg
		}
	}
	if first == 0 {
		return "alle abgeschlossen"
	}
	return strconv.Itoa(first) + " von 4: " + page.LegTitle(first)
}

func nextDeadline(c *onboarding.Checklist) string {
	var first *onboarding.Step
	for i, s := range c.Steps {
		if !s.State.Finished() && !s.DueOn.Before(c.Today) && (first == nil || s.DueOn.Before(first.DueOn)) {
			first = &c.Steps[i]
		}
	}
	if first == nil {
		return ""
	}
	return ui.Date(first.DueOn) + ", " + first.Title
}

func land(c *onboarding.Checklist) landView {
	done, relevant := 0, 0
	for _, s := range c.Land {
		if s.State != onboarding.NotApplicable {
			relevant++
		}
		if s.State == onboarding.Done {
			done++
		}
	}
	return landView{
		Text: "Das Land hat " + ui.Number(int64(done)) + " von " + ui.Count(relevant, "Schritt", "Schritten") + " für diese Leistung erledigt.",
		Link: ui.Link{Text: "Schritte des Landes ansehen", URL: link.Rollin(c.ServiceSlug)},
	}
}

func help(c *onboarding.Checklist, who access.Actor) []ui.Fact {
	facts := []ui.Fact{{Term: "Landeskoordination", Value: "E-Mail schreiben", URL: "mailto:" + who.Land.ContactEmail}}
	if len(c.Providers) > 0 {
		facts = append(facts, ui.Fact{Term: "IT-Dienstleister", Value: strings.Join(c.Providers, ", ")})
	}
	if who.Can(access.QuestionAsk) {
		facts = append(facts, ui.Fact{Term: "Zu dieser Leistung", Value: "Frage stellen", URL: link.Ask(c.BodyKey, c.ServiceSlug, "")})
	}
	if who.Can(access.NoteView) {
		facts = append(facts, ui.Fact{Term: "Bisher", Value: talk(c), URL: link.Exchange(c.BodyKey, c.ServiceSlug)})
	}
	return append(facts, ui.Fact{Term: "Fragen zum Portal", Value: "Hilfe und Kontakt", URL: link.Help})
}

// talk says whether something is new in the conversation.
func talk(c *onboarding.Checklist) string {
	if n := len(c.News()); n > 0 {
		return "Fragen und Kommentare, " + ui.Number(int64(n)) + " neu"
	}
	return "Fragen und Kommentare"
}

// wave names the wave that a body belongs to; nothing where everybody began at once.
func wave(o onboarding.Onboarding) string {
	if o.WaveNo == nil {
		return ""
	}
	return " · Welle " + strconv.Itoa(*o.WaveNo) + ": " + o.WaveName
}

// theBody names a body as the object of a sentence: "die Stadt Gera", "den Landkreis Gotha", "den Wartburgkreis".
func theBody(o onboarding.Onboarding) string {
	switch {
	case o.BodyKind == organisation.IndependentCity:
		return "die Stadt " + o.BodyName
	case strings.Contains(strings.ToLower(o.BodyName), "kreis"):
		return "den " + o.BodyName
	}
	return "den Landkreis " + o.BodyName
}

// task is a step as a row of the list. What is not possible yet is no link, and the note says what is missing.
func task(c *onboarding.Checklist, s onboarding.Step, who access.Actor) ui.Task {
	t := ui.Task{
		Number: s.Number, Name: s.Title, URL: link.Step(c.BodyKey, c.ServiceSlug, s.Key), Note: note(s), Alarm: s.Overdue,
		Status: page.StepState(s.State, s.Possible(), s.Overdue), Meta: meta(c, s),
	}
	if until, soon := s.Expiring(c.Today); soon {
		t.Status = page.Expiring(until)
	}
	if s.Again() {
		t.Status = page.Again()
	}
	if with := s.With(); with != nil {
		t.Status, t.Note, t.Alarm = page.WaitingFor(with.Party), lies(*with, c), false
	}
	if s.Blocked() {
		t.Status, t.Alarm = page.Blocked(), false
	}
	t.Note = strings.TrimSpace(t.Note + " " + hint(s))
	if s.State == onboarding.Open && !s.Possible() {
		t.URL = ""
	}
	if s.Key == template.Live && t.URL != "" && s.State != onboarding.Done {
		t.URL = link.GoLive(c.BodyKey, c.ServiceSlug)
	}
	switch blockers := s.Blockers(); {
	case len(blockers) > 0 && who.Can(access.ObstacleView):
		t.Action = ui.Link{Text: "Hürde Nr. " + strconv.Itoa(blockers[0]), Note: " bei Aufgabe " + s.Number, URL: link.Hurdle(blockers[0])}
	case who.Can(access.ObstacleReport) && (s.Mine || s.Key == template.Live) && !s.State.Finished() && !c.State.Aside():
		t.Action = ui.Link{Text: "Hürde melden", Note: " zu Aufgabe " + s.Number, URL: link.ReportHurdle(c.BodyKey, c.ServiceSlug, s.Key)}
	}
	return t
}

// hint is how an obstacle at an unfinished step was resolved.
func hint(s onboarding.Step) string {
	for _, o := range s.Obstacles {
		if o.Solution != "" && !s.State.Finished() {
			return "Gelöst, Hürde Nr. " + strconv.Itoa(o.No) + ": " + ui.Excerpt(o.Solution, 70)
		}
	}
	return ""
}

func meta(c *onboarding.Checklist, s onboarding.Step) []ui.Fact {
	facts := append(make([]ui.Fact, 0, 5), ui.Fact{Term: "Zuständig", Value: doer(c, s)}, page.Deadline(c.Today, s), proof(s))
	if len(s.Talk.Questions) > 0 {
		facts = append(facts, ui.Fact{Term: "Fragen", Value: asked(s), URL: link.Step(c.BodyKey, c.ServiceSlug, s.Key) + "#fragen", Hidden: " zu Aufgabe " + s.Number})
	}
	return append(facts, ui.Fact{Term: "Säule", Value: strconv.Itoa(s.Pillar), Hidden: ", " + page.PillarTitle(s.Pillar)})
}

// asked counts the questions at a step.
func asked(s onboarding.Step) string {
	for _, q := range s.Talk.Questions {
		if q.Unread {
			return ui.Number(int64(len(s.Talk.Questions))) + ", neu"
		}
	}
	return ui.Number(int64(len(s.Talk.Questions)))
}

// doer names the provider where there is just one.
func doer(c *onboarding.Checklist, s onboarding.Step) string {
	if s.Responsible == template.ByProvider && len(c.Providers) == 1 {
		return c.Providers[0]
	}
	return page.Responsible(s.Responsible, c.BodyName)
}

func proof(s onboarding.Step) ui.Fact {
	switch {
	case s.State == onboarding.NotApplicable:
		return ui.Fact{Term: "Nachweis", Value: ui.NotApplicable}
	case len(s.Files) > 0:
		return ui.Fact{Term: "Nachweis", Value: ui.Count(len(s.Files), "Datei", "Dateien")}
	case s.GivenURL != "":
		return ui.Fact{Term: "Nachweis", Value: cmp.Or(ui.Excerpt(s.Given, 70), "Link öffnen"), URL: s.GivenURL, Hidden: " zu Aufgabe " + s.Number}
	case s.Given != "":
		return ui.Fact{Term: "Nachweis", Value: ui.Excerpt(s.Given, 70)}
	}
	return ui.Fact{Term: "Nachweis", Value: s.Evidence}
}

func note(s onboarding.Step) string {
	switch {
	case s.State == onboarding.NotApplicable || s.State == onboarding.Returned:
		return s.Reason
	case !s.Possible():
		return strings.TrimSpace(possibleOnce(s.WaitsFor) + " " + page.Processing(s))
	case page.Processing(s) != "":
		return page.Processing(s)
	case s.Scope == template.Basis:
		return "Einmal für alle Leistungen: Diese Aufgabe zählt in jeder Ihrer Checklisten."
	}
	return ""
}

// lies says with whom a task lies: "Liegt seit 21 Tagen bei Dataport, Ticket 4711."
func lies(w onboarding.Waiting, c *onboarding.Checklist) string {
	text := "Liegt " + ui.DaysSince(w.Since, c.Today) + " bei " + w.Party
	if w.Ticket != "" {
		text += ", Ticket " + w.Ticket
	}
	return text + "."
}

// possibleOnce says what has to be finished first: "Möglich, sobald Aufgabe 2.4 und 2.5 erledigt sind."
func possibleOnce(waits []onboarding.Ref) string {
	var own, land []string
	for _, r := range waits {
		if r.Scope == template.Land {
			land = append(land, "„"+r.Title+"“")
		} else {
			own = append(own, r.Number)
		}
	}
	var parts []string
	if len(own) > 0 {
		parts = append(parts, "Aufgabe "+and(own)+plural(len(own), " erledigt ist", " erledigt sind"))
	}
	if len(land) > 0 {
		parts = append(parts, "das Land "+and(land)+" erledigt hat")
	}
	return "Möglich, sobald " + and(parts) + "."
}

func and(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " und " + words[last]
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
