package homepage

import (
	"slices"
	"strconv"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/pilot"
	"rollinportal/internal/profile"
	"rollinportal/internal/survey"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type bodyView struct {
	Heading    string
	First      *taskView // the one thing to do now
	Then       []taskView
	Away       []ui.Row  // what lies with others
	Surveys    []ui.Row  // that the body has not answered
	Events     []ui.Row  // to come
	Calls      []ui.Link // for pilots
	Conditions []ui.Row  // Auflagen to see to
	News       ui.Link   // to questions in which something is new
	Confirm    confirmView
	Overdue    ui.Link
	Rest       string // in place of tasks: what is left
	Services   []serviceView
	Empty      ui.EmptyProps
}

// taskView is a task with what one has to know to begin it.
type taskView struct {
	Title, URL, Why string
	Facts           ui.FactsProps
	Status          ui.StatusProps
	Alarm           bool
	Tag, Meta       string
	Ask             ui.Link // whom to ask
	Acts            actsView
}

// confirmView is the one click that says that nothing has changed.
type confirmView struct{ URL, Text string }

// serviceView is how far the body is with a service.
type serviceView struct {
	Name, URL string
	State     ui.StatusProps
	Expiry    ui.StatusProps // of what it leans on
	Progress  ui.ProgressProps
	Note      string
}

// shown is how many tasks the page names.
const shown = 3

func newBodyView(d *dashboard.BodyDesk, who access.Actor) bodyView {
	v := bodyView{Empty: ui.EmptyProps{Text: "Noch keine Leistung im Roll-in. Sobald das Land eine startet, steht hier Ihr erster Schritt."}}
	for i, n := range d.Possible() {
		switch {
		case i == 0:
			v.First = task(n, d, who, i)
		case i < shown || n.Renews > 0: // what ends is in no other list
			v.Then = append(v.Then, *task(n, d, who, i))
		}
	}
	switch {
	case v.First == nil:
		v.Heading, v.Rest = "Ihre nächsten Schritte", rest(d)
	case len(v.Then) == 0:
		v.Heading = "Eine Sache für Sie"
	default:
		v.Heading = ui.Number(int64(1+len(v.Then))) + " Dinge für Sie"
	}
	for _, n := range d.Away() {
		v.Away = append(v.Away, away(n, d, who))
	}
	v.Conditions = page.ConditionRows(d.Conditions)
	v.News, v.Calls, v.Surveys, v.Events = news(d), calls(d), surveys(d), events(d)
	v.Confirm = confirmation(d, who)
	if all, own := d.Overdue(); all > 0 {
		v.Overdue = ui.Link{Text: overdue(all, own), URL: link.With(link.Tasks, "status", "ueberfaellig")}
	}
	for i, c := range d.Checklists {
		if c.State != onboarding.NotCompetent {
			v.Services = append(v.Services, newService(c, i))
		}
	}
	return v
}

// overdue says how many tasks are late, and how many of them somebody here can do something about.
func overdue(all, own int) string {
	switch {
	case all == 1 && own == 1:
		return "Eine Aufgabe ist überfällig"
	case all == 1:
		return "Eine Aufgabe ist überfällig, sie wartet auf andere"
	case own == 0:
		return "Alle " + ui.Number(int64(all)) + " überfälligen Aufgaben, sie warten auf andere"
	case own == all:
		return "Alle " + ui.Number(int64(all)) + " überfälligen Aufgaben"
	}
	return "Alle " + ui.Number(int64(all)) + " überfälligen Aufgaben, " + ui.Number(int64(own)) + " davon bei Ihnen"
}

// task is what one has to know about a task, and what to do with it. The place keeps fields apart.
func task(n dashboard.Next, d *dashboard.BodyDesk, who access.Actor, place int) *taskView {
	v := &taskView{
		Title: title(n), URL: taskURL(n, who), Why: why(n), Status: status(n, d), Alarm: late(n, d),
		Tag: service(n), Meta: meta(n, d, who), Acts: newActs(n, d, place), Ask: ask(n, who),
		Facts: ui.FactsProps{Columns: true, Items: []ui.Fact{
			{Term: "Leistung", Value: service(n)},
			{Term: "Fällig", Value: due(n, d)},
			{Term: "Zuständig", Value: page.Responsible(n.Responsible, who.Org.Name)},
			{Term: "Nachweis", Value: n.Evidence},
		}},
	}
	if others := usual(n, d); others != "" {
		v.Facts.Items = append(v.Facts.Items, ui.Fact{Term: "Übliche Dauer", Value: others})
	}
	if v.Ask.URL != "" {
		v.Facts.Items = append(v.Facts.Items, ui.Fact{Term: "Fragen an", Value: v.Ask.Text, URL: v.Ask.URL})
	}
	return v
}

// ask says who helps with a task: the provider that does it, or else the Land's contact.
func ask(n dashboard.Next, who access.Actor) ui.Link {
	switch {
	case n.Responsible == template.ByProvider && len(n.In.Providers) > 0:
		return ui.Link{Text: strings.Join(n.In.Providers, ", "), URL: link.Organisations}
	case who.Land.ContactEmail == "":
		return ui.Link{}
	}
	return ui.Link{Text: "Landeskoordination", URL: "mailto:" + who.Land.ContactEmail}
}

// why says what the task is about; what came back says first what was wrong.
func why(n dashboard.Next) string {
	switch {
	case n.Renews > 0:
		return "Eine Aufgabe für alle: Darauf " + lean(n.Renews) + ". Erneuern Sie es bis dahin, und tragen Sie das neue ins Profil ein."
	case n.State == onboarding.Returned:
		return "Zurückgegeben: " + n.Reason
	case n.Again():
		return n.Reason + " " + n.Description
	}
	return strings.TrimSpace(n.Description + " " + waiters(n))
}

// lean says how many services lean on what ends.
func lean(services int) string {
	if services == 1 {
		return "beruht eine Leistung"
	}
	return "beruhen " + ui.Number(int64(services)) + " Leistungen"
}

// waiters says what others gain from a task: those that wait for it.
func waiters(n dashboard.Next) string {
	var found []string
	for _, s := range n.In.Steps {
		if slices.ContainsFunc(s.WaitsFor, func(r onboarding.Ref) bool { return r.Key == n.Key }) {
			found = append(found, s.Title)
		}
	}
	switch len(found) {
	case 0:
		return ""
	case 1:
		return "Darauf wartet „" + found[0] + "“."
	}
	return "Darauf warten " + ui.Number(int64(len(found))) + " weitere Aufgaben."
}

func meta(n dashboard.Next, d *dashboard.BodyDesk, who access.Actor) string {
	text := "Fällig " + due(n, d)
	if by := page.Responsible(n.Responsible, who.Org.Name); by != who.Org.Name {
		text += " · Zuständig: " + by
	}
	if others := usual(n, d); others != "" {
		text += " · " + others
	}
	return text
}

// usual says how long others needed, once there are enough of them.
func usual(n dashboard.Next, d *dashboard.BodyDesk) string {
	needed, known := d.Usual[n.Key]
	if !known {
		return ""
	}
	text := "Andere brauchten weniger als einen Arbeitstag"
	if needed.Own > 0 {
		text = "Andere brauchten " + ui.Count(needed.Own, "Arbeitstag", "Arbeitstage")
	}
	if needed.Away > 0 {
		text += ", dazu " + ui.Count(needed.Away, "Arbeitstag", "Arbeitstage") + " bei anderen Stellen"
	}
	return text
}

// away is a task that lies with others.
func away(n dashboard.Next, d *dashboard.BodyDesk, who access.Actor) ui.Row {
	if blockers := n.Blockers(); len(blockers) > 0 {
		return ui.Row{
			Title: n.Title, URL: taskURL(n, who), Tag: service(n), Status: page.Blocked(),
			Meta: "bis Hürde Nr. " + strconv.Itoa(blockers[0]) + " gelöst ist",
		}
	}
	with := n.With()
	if with == nil {
		return ui.Row{
			Title: n.Title, URL: taskURL(n, who), Tag: service(n), Status: status(n, d),
			Meta: "zur Prüfung " + page.CheckedBy(n.Checker) + ", " + ui.DaysSince(n.StateSince, d.At),
		}
	}
	row := ui.Row{Title: n.Title, URL: taskURL(n, who), Tag: service(n), Meta: ui.DaysSince(with.Since, d.At), Status: page.WaitingFor(with.Party)}
	if with.Ticket != "" {
		row.Meta += " · Ticket " + with.Ticket
	}
	return row
}

func confirmation(d *dashboard.BodyDesk, who access.Actor) confirmView {
	v := confirmView{URL: link.ConfirmAll(who.Org.Key), Text: "Nichts Neues? Ein Klick genügt, damit das Land weiß, dass der Stand stimmt."}
	if n := d.Unconfirmed(); n > 0 {
		v.Text = "Bei " + ui.Count(n, "Leistung", "Leistungen") + " ist der Stand seit über " + ui.Number(int64(d.FreshDays)) + " Tagen nicht bestätigt."
	}
	return v
}

// taskURL leads to the page of a step. Going live has a gate of its own, for those who may pass it.
func taskURL(n dashboard.Next, who access.Actor) string {
	if n.Renews > 0 {
		return renewal(n)
	}
	if n.Key == template.Live && who.Can(access.ChecklistSubmit) {
		return link.GoLive(n.In.BodyKey, n.In.ServiceSlug)
	}
	return link.Step(n.In.BodyKey, n.In.ServiceSlug, n.Key)
}

func service(n dashboard.Next) string {
	if n.Scope == template.Basis {
		return "alle Leistungen"
	}
	return n.In.ServiceName
}

func status(n dashboard.Next, d *dashboard.BodyDesk) ui.StatusProps {
	switch {
	case n.Renews > 0:
		return page.Expiry(n.ProofOf, *n.ProofEnds, workday.Day(d.At))
	case n.Again():
		return page.Again()
	}
	return page.StepState(n.State, n.Possible(), n.Overdue)
}

func late(n dashboard.Next, d *dashboard.BodyDesk) bool { return n.Due().Before(workday.Day(d.At)) }

// due says when, and since when if it is late.
func due(n dashboard.Next, d *dashboard.BodyDesk) string {
	if late(n, d) {
		return ui.Date(n.Due()) + ", " + ui.DaysSince(n.Due(), d.At) + page.WithOthers(n.Late(workday.Day(d.At)).Foreign)
	}
	return ui.Date(n.Due())
}

// title is what to do: what ends is to be renewed, once for all services.
func title(n dashboard.Next) string {
	if n.Renews > 0 {
		return n.ProofOf + " erneuern"
	}
	return n.Title
}

// renewal leads to where the profile says what is to be renewed.
func renewal(n dashboard.Next) string {
	for _, kind := range profile.KindsFor(n.Key) {
		return link.ProfileSection(n.In.BodyKey, string(kind))
	}
	return link.Profile(n.In.BodyKey)
}

// rest says what is left when nothing can be done now.
func rest(d *dashboard.BodyDesk) string {
	if len(d.Away()) > 0 {
		return "Zurzeit sind andere am Zug."
	}
	if next, some := d.NextDue(); some {
		return "Alles erledigt, was jetzt möglich ist. Nächste Frist: " + ui.Date(next) + "."
	}
	return "Alles erledigt. Zurzeit steht keine Frist an."
}

func newService(c *onboarding.Checklist, i int) serviceView {
	return serviceView{
		Name: c.ServiceName, URL: link.Checklist(c.BodyKey, c.ServiceSlug), State: page.OnboardingStanding(c.Onboarding), Expiry: page.ExpiryIn(c), Note: note(c),
		Progress: ui.ProgressProps{
			ID: "fortschritt-" + strconv.Itoa(i+1), URL: link.Checklist(c.BodyKey, c.ServiceSlug), Value: c.Done, Max: c.Relevant,
			Label: ui.Number(int64(c.Done)) + " von " + ui.Count(c.Relevant, "Aufgabe", "Aufgaben") + " erledigt",
		},
	}
}

// note says why a service does not move: it rests, or everything left waits for somebody else.
func note(c *onboarding.Checklist) string {
	switch {
	case c.State == onboarding.Paused && c.ResumeOn != nil:
		return "Weiter ab " + ui.Date(*c.ResumeOn) + ". Grund: " + c.StateReason
	case c.State.Aside():
		return "Grund: " + c.StateReason
	case c.Next() != nil:
		return ""
	}
	for _, s := range c.Steps {
		if !s.State.Finished() && len(s.WaitsFor) > 0 {
			return waits(s.WaitsFor[0])
		}
	}
	return ""
}

// events lead to the next dates that people attend.
func events(d *dashboard.BodyDesk) []ui.Row {
	var found []ui.Row
	for _, e := range d.Events {
		row := ui.Row{Title: e.Title, URL: link.Event(e.ID), Meta: ui.DateTime(e.StartsAt), Status: ui.StatusProps{Kind: ui.Open, Text: "Noch nicht angemeldet"}}
		if e.Registered {
			row.Status = ui.StatusProps{Kind: ui.Done, Text: "Angemeldet"}
		}
		found = append(found, row)
	}
	return found
}

// surveys lead to the rounds that wait for the body, with how it stands there.
func surveys(d *dashboard.BodyDesk) []ui.Row {
	var found []ui.Row
	for _, s := range d.Surveys {
		row := ui.Row{Title: "Umfrage " + s.Title + " beantworten", URL: link.Survey(s.ID), Meta: "bis " + ui.Date(s.ClosesOn)}
		switch {
		case s.State == survey.Returned:
			row.Status = ui.StatusProps{Kind: ui.Conditional, Text: "Das Land bittet um eine Ergänzung"}
		case s.ClosesOn.Before(workday.Day(d.At)):
			row.Status = ui.StatusProps{Kind: ui.Overdue, Text: "Überfällig"}
		case s.State == survey.Begun:
			row.Status = ui.StatusProps{Kind: ui.InProgress, Text: s.State.Word()}
		default:
			row.Status = ui.StatusProps{Kind: ui.Open, Text: "Offen"}
		}
		found = append(found, row)
	}
	return found
}

// calls lead to the calls for pilots that the body may answer.
func calls(d *dashboard.BodyDesk) []ui.Link {
	var found []ui.Link
	for _, c := range d.Calls {
		note := "Bewerbung bis " + ui.Date(c.ClosesOn)
		if c.State == string(pilot.Applied) {
			note = "Sie haben sich beworben. Sie können das bis " + ui.Date(c.ClosesOn) + " ändern."
		}
		found = append(found, ui.Link{Text: c.ServiceName + ": Pilotkommunen gesucht", URL: link.PilotCall(c.ServiceSlug), Note: note})
	}
	return found
}

// news leads to what is new in the conversation: straight to it, if it is one.
func news(d *dashboard.BodyDesk) ui.Link {
	switch found := d.News(); len(found) {
	case 0:
		return ui.Link{}
	case 1:
		return ui.Link{Text: "Neues zu einer Frage", URL: link.Question(found[0].ID)}
	default:
		return ui.Link{Text: "Neues zu " + ui.Number(int64(len(found))) + " Fragen", URL: link.Questions}
	}
}

func waits(ref onboarding.Ref) string {
	if ref.Scope == template.Land {
		return "Wartet auf das Land: „" + ref.Title + "“"
	}
	return "Wartet auf „" + ref.Title + "“"
}
