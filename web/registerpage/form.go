package registerpage

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/register"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// form is what people typed about an entry, as they typed it.
type form struct {
	ID, Version                               string
	Question, Background, DeciderKey, Decider string
	DueOn, Obstacles                          string
	Services                                  []string
}

var fields = []string{"id", "version", "question", "background", "decider_key", "decider", "due_on", "services" + page.Many, "obstacles"}

func readForm(sent page.Form) form {
	return form{
		sent.Text("id"), sent.Text("version"), sent.Text("question"), sent.Text("background"), sent.Text("decider_key"), sent.Text("decider"),
		sent.Text("due_on"), sent.Text("obstacles"), slices.Clone(sent.All("services")),
	}
}

// formOf is the form of an entry before anything is changed.
func formOf(d register.Details) form {
	f := form{
		ID: d.ID.String(), Version: strconv.FormatInt(d.Version, 10), Question: d.Question, Background: d.Background, DeciderKey: d.DeciderKey,
		DueOn: ui.Date(d.DueOn), Obstacles: numbers(d.Obstacles),
	}
	if d.DeciderKey == "" {
		f.Decider = d.DeciderName
	}
	for _, s := range d.Services {
		f.Services = append(f.Services, s.Slug)
	}
	return f
}

func numbers(obstacles []register.Obstacle) string {
	found := make([]string, len(obstacles))
	for i, o := range obstacles {
		found[i] = strconv.Itoa(o.No)
	}
	return strings.Join(found, ", ")
}

// input reads the form; unread are the sentences about what cannot be read.
func (f form) input() (in register.Input, unread page.Errors, err error) {
	if in.ID, err = uuid.Parse(f.ID); err != nil {
		return in, nil, fault.New(fault.Invalid, "Dem Formular fehlt eine Angabe. Laden Sie die Seite neu.")
	}
	in.Question, in.Background, in.DeciderKey, in.Decider, in.Services = f.Question, f.Background, f.DeciderKey, f.Decider, f.Services
	in.DueOn = day(f.DueOn, "due_on", &unread)
	for _, word := range between.Split(f.Obstacles, -1) {
		if word == "" {
			continue
		}
		no, err := strconv.ParseInt(word, 10, 32)
		if err != nil || no < 1 {
			unread.Add("obstacles", "Schreiben Sie nur die Nummern der Hürden, mit Komma getrennt, zum Beispiel 12, 14.")
			no = 0 // no obstacle has it: the room refuses the form
		}
		in.Obstacles = append(in.Obstacles, int(no))
	}
	return in, unread, nil
}

var between = regexp.MustCompile(`[\s,;]+`)

func day(text, field string, unread *page.Errors) *time.Time {
	found, err := ui.ParseDate(text)
	if err != nil {
		unread.Add(field, err.Error())
		return nil
	}
	return &found
}

// complaints are those of the room, with the exact sentence for what could not be read at all.
func complaints(wrong, unread page.Errors) page.Errors {
	for i, w := range wrong {
		if text := unread.For(w.Name); text != "" {
			wrong[i].Text = text
		}
	}
	for _, u := range unread {
		if wrong.For(u.Name) == "" {
			wrong = append(wrong, u)
		}
	}
	return wrong
}

// turnForm is what was typed about how a matter ended.
type turnForm struct{ To, Result, DecidedOn, Reason string }

func readTurn(sent page.Form) turnForm {
	return turnForm{sent.Text("to"), sent.Text("result"), sent.Text("decided_on"), sent.Text("reason")}
}

func (f turnForm) input(version int64) (register.Turn, page.Errors) {
	var unread page.Errors
	t := register.Turn{Version: version, To: register.State(f.To), Result: f.Result, Reason: f.Reason}
	if t.To == register.Decided {
		t.DecidedOn = day(f.DecidedOn, "decided_on", &unread)
	}
	return t, unread
}
