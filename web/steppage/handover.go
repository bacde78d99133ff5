package steppage

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// HandOver asks with whom a task lies.
func (p Pages) HandOver(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.renderHandOver(w, r, who, http.StatusOK, handOverForm{ID: uuid.New()}, nil, nil)
}

// SaveHandOver notes with whom a task lies.
func (p Pages) SaveHandOver(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	body, slug, key := chi.URLParam(r, "einheit"), chi.URLParam(r, "leistung"), chi.URLParam(r, "schritt")
	sent, err := page.ReadForm(w, r, "id", "version", "party", "party_name", "ticket", "note", "since", page.ReturnField)
	if err != nil {
		return err
	}
	f, err := readHandOver(sent)
	if err != nil {
		return err
	}
	var wrong page.Errors
	since, err := ui.ParseDate(f.Since)
	if err != nil {
		wrong.Add("since", err.Error())
	} else {
		in := onboarding.HandOverInput{ID: f.ID, Version: f.Version, PartyKey: f.Party, Party: f.PartyName, Ticket: f.Ticket, Note: f.Note, Since: since}
		if err = p.Onboardings.HandOver(r.Context(), who, body, slug, key, in); err == nil {
			return page.Redirect(w, r, sent.Return(link.Checklist(body, slug)), page.HandedOver)
		}
	}
	if fault.KindOf(err) == fault.Conflict {
		return p.renderHandOver(w, r, who, http.StatusConflict, f, nil, err)
	}
	if len(wrong) == 0 {
		if err := wrong.Merge(err); err != nil {
			return err
		}
	}
	return p.renderHandOver(w, r, who, http.StatusUnprocessableEntity, f, wrong, nil)
}

// TakeBack calls a task back from others.
func (p Pages) TakeBack(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	body, slug, key := chi.URLParam(r, "einheit"), chi.URLParam(r, "leistung"), chi.URLParam(r, "schritt")
	sent, err := page.ReadForm(w, r, "version", page.ReturnField)
	if err != nil {
		return err
	}
	version, err := sent.Version()
	if err != nil {
		return err
	}
	if err := p.Onboardings.TakeBack(r.Context(), who, body, slug, key, version); err != nil {
		return err
	}
	return page.Redirect(w, r, sent.Return(link.Step(body, slug, key)), page.TakenBack)
}

func (p Pages) renderHandOver(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f handOverForm, wrong page.Errors, late error) error {
	t, parties, err := p.Onboardings.TaskToHandOver(r.Context(), who, chi.URLParam(r, "einheit"), chi.URLParam(r, "leistung"), chi.URLParam(r, "schritt"))
	if err != nil {
		return err
	}
	if f.Version == 0 || late != nil {
		f.Version = t.Version
	}
	if f.Since == "" && len(wrong) == 0 {
		f.Since = ui.Date(t.Checklist.Today)
	}
	s := ofTask(t, who)
	head := ui.Page{
		Heading: "Bei wem liegt die Aufgabe?", Meta: s.Title + " · " + s.place, Narrow: true,
		Crumbs: append(s.crumbs[:len(s.crumbs)-1:len(s.crumbs)-1], ui.Link{Text: "Aufgabe " + s.Number, URL: s.url}, ui.Link{Text: "Liegt bei anderen"}),
	}
	v := newHandOverView(t, parties, f, wrong)
	if late != nil {
		v.Late = page.NotSaved(late)
	}
	return p.Shell.Render(w, r, who, status, head, handOver(v))
}

// handOverForm is what was typed about with whom a task lies.
type handOverForm struct {
	ID                                          uuid.UUID
	Version                                     int64
	Party, PartyName, Ticket, Note, Since, Back string
}

func readHandOver(sent page.Form) (handOverForm, error) {
	version, err := sent.Version()
	if err != nil {
		return handOverForm{}, err
	}
	id, err := page.FormID(sent.Text("id"))
	if err != nil {
		return handOverForm{}, err
	}
	return handOverForm{
		id, version, sent.Text("party"), sent.Text("party_name"), sent.Text("ticket"), sent.Text("note"), sent.Text("since"), sent.Text(page.ReturnField),
	}, nil
}

type handOverView struct {
	Late                           ui.AlertProps
	Errors                         []ui.FieldError
	URL, ID, Version, Return       string
	Party, Name, Ticket, Note, Day ui.Field
	Possible                       bool
	Text                           string // why it is not possible
	Back                           ui.Link
}

func newHandOverView(t onboarding.Task, parties []onboarding.Party, f handOverForm, wrong page.Errors) handOverView {
	c := t.Checklist
	v := handOverView{
		Errors: wrong.Summary(), URL: link.HandOver(c.BodyKey, c.ServiceSlug, t.Key), ID: f.ID.String(), Version: strconv.FormatInt(f.Version, 10), Return: f.Back,
		Party:    ui.Field{Name: "party", Label: "Stelle", Value: f.Party, Empty: "Andere Stelle, Name unten", Options: ui.PartyOptions(partiesOf(parties)), Error: wrong.For("party")},
		Name:     ui.Field{Name: "party_name", Label: "Name der anderen Stelle", Value: f.PartyName, Optional: true, MaxLength: 100, Hint: "zum Beispiel der Hersteller Ihres Fachverfahrens; keine Namen von Personen", Error: wrong.For("party_name")},
		Ticket:   ui.Field{Name: "ticket", Label: "Ticketnummer", Value: f.Ticket, Optional: true, Width: ui.Medium, MaxLength: 100, Hint: "unter der die Stelle den Vorgang führt", Error: wrong.For("ticket")},
		Note:     ui.Field{Name: "note", Label: "Notiz", Value: f.Note, Optional: true, Rows: 3, MaxLength: 2000, Hint: "Was fehlt, was ist zugesagt? Das Land sieht die Notiz.", Error: wrong.For("note")},
		Day:      ui.Field{Name: "since", Label: "Seit wann?", Value: f.Since, Error: wrong.For("since")},
		Possible: t.CanHandOver(), Back: ui.Link{Text: "Zur Aufgabe", URL: link.Step(c.BodyKey, c.ServiceSlug, t.Key)},
	}
	switch with := t.With(); {
	case with != nil:
		v.Text = "Die Aufgabe liegt schon bei " + with.Party + "."
	case !v.Possible:
		v.Text = "Die Aufgabe kann zurzeit nicht bei anderen liegen: Sie ist noch nicht möglich, schon abgeschlossen oder in Prüfung, oder eine andere Stelle ist zuständig."
	}
	return v
}

func partiesOf(found []onboarding.Party) []ui.Party {
	parties := make([]ui.Party, len(found))
	for i, p := range found {
		parties[i] = ui.Party(p)
	}
	return parties
}
