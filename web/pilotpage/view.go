package pilotpage

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/pilot"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type view struct {
	Errors []ui.FieldError
	Late   ui.AlertProps
	Empty  string // why there is nothing to do
	Plan   ui.Link

	Call  bool
	Text  string
	Facts []ui.Fact

	Publish       bool
	URL, ID       string
	New, Day, Num ui.Field

	Apply      bool
	Applied    ui.StatusProps
	ApplyText  string
	ApplyURL   string
	Sentence   ui.Field
	CanRetract bool
	RetractURL string
	Result     ui.AlertProps

	Applications []applicationView
	Choosing     bool
	ChooseURL    string
}

type applicationView struct {
	Name, Sentence, Meta string
	Version, VersionName string
	State                ui.StatusProps
	Reason               string
	Select               ui.Field
	Why                  ui.Field
	Open                 bool // the Land may still choose it
}

func newView(p *pilot.Page, who access.Actor, f form, late *fault.Fault, wrong page.Errors) view {
	v := view{Errors: wrong.Summary(), URL: link.PilotCall(p.ServiceSlug)}
	if late != nil {
		v.Late = ui.AlertProps{Tone: ui.Warning, Heading: "Nicht gespeichert", Text: late.Text}
	}
	if p.Call != nil {
		v.addCall(p)
	}
	if who.Can(access.PilotCall) {
		v.addLand(p, f, wrong)
	}
	if who.Org.IsBody() {
		v.addBody(p, who, f, wrong)
	}
	if !v.Call && !v.Publish && v.Empty == "" {
		v.Empty = "Für diese Leistung gibt es keinen Aufruf."
	}
	return v
}

func (v *view) addCall(p *pilot.Page) {
	v.Call, v.Text, v.ID = true, p.Call.Text, p.Call.ID.String()
	state := ui.StatusProps{Kind: ui.InProgress, Text: "Läuft"}
	switch {
	case p.Call.DecidedAt != nil:
		state = ui.StatusProps{Kind: ui.Done, Text: "Entschieden am " + ui.Date(*p.Call.DecidedAt)}
	case !p.Call.Open(p.Today):
		state = ui.StatusProps{Kind: ui.Waiting, Text: "Wartet auf die Auswahl des Landes"}
	}
	v.Facts = []ui.Fact{
		{Term: "Stand", Status: state},
		{Term: "Bewerbung bis", Value: ui.Date(p.Call.ClosesOn)},
		{Term: "Gesucht", Value: ui.Count(p.Call.Places, "Pilotkommune", "Pilotkommunen")},
		{Term: "Veröffentlicht", Value: ui.Date(p.Call.PublishedAt)},
	}
}

func (v *view) addLand(p *pilot.Page, f form, wrong page.Errors) {
	running := p.Call != nil && p.Call.DecidedAt == nil
	switch {
	case running:
		v.addChoice(p, f, wrong)
	case p.Started:
		v.Empty = "Der Roll-in dieser Leistung hat begonnen. Ein Aufruf ist nicht mehr möglich."
	case !p.Piloting:
		v.Empty = "Die Leistung wird laut Katalog nicht pilotiert."
	default:
		v.Publish = true
	}
	if !running && p.Call != nil {
		v.addResults(p)
		v.Plan = ui.Link{Text: "Roll-in mit diesen Pilotkommunen vorbereiten", URL: link.StartRollin(p.ServiceSlug)}
		v.Publish = v.Publish && !slices.ContainsFunc(p.Applications, func(a pilot.Application) bool { return a.State == pilot.Selected })
	}
	if v.Publish {
		v.ID = f.ID
		if v.ID == "" {
			v.ID = uuid.NewString()
		}
		v.New = ui.Field{Name: "text", Label: "Wen suchen Sie, und was erwartet Pilotkommunen?", Value: f.Text, Rows: 6, MaxLength: 3000, Error: wrong.For("text")}
		v.Day = ui.Field{Name: "closes_on", Label: "Bewerbung bis", Value: f.ClosesOn, Error: wrong.For("closes_on")}
		v.Num = ui.Field{Name: "places", Label: "Wie viele Pilotkommunen?", Value: f.Places, InputMode: "numeric", Width: ui.Small, Error: wrong.For("places")}
	}
}

func (v *view) addResults(p *pilot.Page) {
	for _, a := range p.Applications {
		v.Applications = append(v.Applications, applicationView{Name: a.Name, Sentence: a.Sentence, State: stateOf(a.State), Reason: a.Reason})
	}
}

func (v *view) addChoice(p *pilot.Page, f form, wrong page.Errors) {
	v.ChooseURL = link.PilotCall(p.ServiceSlug) + "/auswahl"
	for _, a := range p.Applications {
		row := applicationView{Name: a.Name, Sentence: a.Sentence, Meta: "Beworben am " + ui.Date(a.AppliedAt), State: stateOf(a.State)}
		if a.State == pilot.Applied {
			v.Choosing, row.Open, row.State = true, true, ui.StatusProps{}
			row.VersionName, row.Version = "version_"+a.Key, strconv.FormatInt(a.Version, 10)
			row.Select = ui.Field{Name: "selected", ID: "selected-" + a.Key, Label: a.Name + " wird Pilotkommune", Options: []ui.Option{{Value: a.Key, Text: a.Name + " wird Pilotkommune", Checked: slices.Contains(f.Selected, a.Key)}}}
			row.Why = ui.Field{Name: "reason_" + a.Key, Label: "Begründung", Context: "für " + a.Name, Value: f.Reasons[a.Key], MaxLength: 500, Error: wrong.For("reason_" + a.Key)}
		}
		v.Applications = append(v.Applications, row)
	}
	if len(p.Applications) == 0 {
		v.Empty = "Noch hat sich keine Einheit beworben."
	}
}

func stateOf(s pilot.State) ui.StatusProps {
	kinds := map[pilot.State]ui.Kind{pilot.Applied: ui.InProgress, pilot.Withdrawn: ui.Locked, pilot.Selected: ui.Done, pilot.Declined: ui.Locked}
	return ui.StatusProps{Kind: kinds[s], Text: s.Word()}
}

func (v *view) addBody(p *pilot.Page, who access.Actor, f form, wrong page.Errors) {
	if p.Call == nil {
		return
	}
	own := p.Own(who.Org.ID)
	if own != nil {
		v.Applied = stateOf(own.State)
	}
	if own != nil && own.Reason != "" {
		v.Result = ui.AlertProps{Tone: ui.Info, Heading: "Ihre Einheit ist nicht ausgewählt", Text: own.Reason}
		if own.State == pilot.Selected {
			v.Result = ui.AlertProps{Tone: ui.Success, Heading: "Ihre Einheit ist Pilotkommune", Text: own.Reason}
		}
	}
	open := p.Call.Open(p.Today)
	v.CanRetract = own != nil && own.State == pilot.Applied && p.Call.DecidedAt == nil && who.Can(access.PilotApply)
	v.RetractURL = link.PilotCall(p.ServiceSlug) + "/bewerbung/zurueckziehen"
	switch {
	case p.Call.DecidedAt != nil && own == nil:
		v.Empty = "Die Pilotkommunen sind ausgewählt. Ihre Einheit hatte sich nicht beworben."
	case p.Call.DecidedAt != nil:
	case !p.Competent:
		v.Empty = "Ihre Einheit ist für diese Leistung nicht zuständig."
	case !open && f.Sentence == "":
		v.Empty = "Die Frist für Bewerbungen ist vorbei."
	case !who.Can(access.PilotApply):
		v.Empty = "Die Koordination Ihrer Einheit kann sich bewerben."
	default:
		v.Apply, v.ApplyText, v.ApplyURL = true, "Als Pilotkommune bewerben", link.PilotCall(p.ServiceSlug)+"/bewerbung"
		v.Sentence = ui.Field{Name: "sentence", Label: "Warum möchte Ihre Einheit Pilotkommune sein?", Value: f.Sentence, Rows: 3, MaxLength: 500, Error: wrong.For("sentence"), Hint: "Ein Satz genügt."}
		if own != nil && own.State == pilot.Applied {
			v.ApplyText = "Satz ändern"
		}
		if own != nil && f.Sentence == "" && len(wrong) == 0 {
			v.Sentence.Value = own.Sentence
		}
	}
}
