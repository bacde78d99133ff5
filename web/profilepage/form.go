package profilepage

import (
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/profile"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// form is a fact as it was typed. Days are kept as they were typed, too.
type form struct {
	ID       uuid.UUID
	Version  int64 // 0: the fact is new
	Kind     profile.Kind
	Details  map[string]string
	Service  string
	Released bool
	Round    uuid.UUID // of the survey, that the fact is stated for; Nil for none
}

// fieldsOf are the names that a form of a kind may send.
func fieldsOf(spec profile.Spec) []string {
	names := []string{"id", "version", "service", "released", roundParam}
	for _, f := range spec.Fields {
		if f.Many {
			names = append(names, f.Name+page.Many)
		} else {
			names = append(names, f.Name)
		}
	}
	return names
}

// roundParam names the round of the survey that sends people here, and gets them back.
const roundParam = "umfrage"

// back is where the form leads in the end.
func (f form) back(body string) string {
	if f.Round != uuid.Nil {
		return link.Survey(f.Round)
	}
	return link.Profile(body)
}

// roundOf reads a round; what is none leads nowhere.
func roundOf(text string) uuid.UUID {
	id, err := uuid.Parse(text)
	if err != nil {
		return uuid.Nil
	}
	return id
}

// readForm reads what was sent to the address of a fact; angabe is its id, or link.New.
func readForm(sent page.Form, kind profile.Kind, spec profile.Spec, angabe string) (form, error) {
	f := form{Kind: kind, Details: map[string]string{}, Service: sent.Text("service"), Released: sent.Has("released"), Round: roundOf(sent.Text(roundParam))}
	for _, field := range spec.Fields {
		f.Details[field.Name] = sent.Text(field.Name)
		if field.Many {
			f.Details[field.Name] = strings.Join(sent.All(field.Name), "\n")
		}
	}
	var err error
	if angabe == link.New {
		if f.ID, err = page.FormID(sent.Text("id")); err != nil {
			return f, err
		}
		return f, nil
	}
	if f.Version, err = sent.Version(); err != nil {
		return f, err
	}
	if f.ID, err = uuid.Parse(angabe); err != nil {
		return f, fault.Missing()
	}
	return f, nil
}

// stated is the form of a fact as it is stated now.
func stated(f profile.Fact, spec profile.Spec) form {
	typed := form{ID: f.ID, Version: f.Version, Kind: f.Kind, Details: map[string]string{}, Service: f.ServiceSlug, Released: f.Released}
	for _, field := range spec.Fields {
		typed.Details[field.Name] = asTyped(field, f.Get(field.Name))
	}
	return typed
}

// asTyped is a stored value as people type it.
func asTyped(field profile.Field, value string) string {
	if d, err := time.Parse(time.DateOnly, value); field.Day && err == nil {
		return ui.Date(d)
	}
	return value
}

// input reads what was typed. A day that is none stays as it is: it is the profile that says what is wrong.
func (f form) input(spec profile.Spec) profile.Input {
	in := profile.Input{ID: f.ID, Version: f.Version, Kind: f.Kind, Details: map[string]string{}, Service: f.Service, Released: f.Released}
	for _, field := range spec.Fields {
		value := f.Details[field.Name]
		if day, err := ui.ParseDate(value); field.Day && err == nil {
			value = day.Format(time.DateOnly)
		}
		in.Details[field.Name] = value
	}
	return in
}

// withoutKeys forgets what must not even be shown again.
func (f form) withoutKeys() form {
	for name, value := range f.Details {
		if profile.CarriesKey(value) {
			f.Details[name] = ""
		}
	}
	return f
}

type editView struct {
	Late     ui.AlertProps
	Errors   []ui.FieldError
	Intro    string
	URL, ID  string
	Round    string // of the survey; "" for none
	Version  string
	Service  ui.Field // without a name where there is none to choose
	Fields   []fieldView
	Released ui.Field
	Back     string
	Remove   string // where the fact is removed; "" while it is new
	Read     readView
}

// readView offers to fill the form from a certificate.
type readView struct {
	URL, Version string
	PEM, File    ui.Field
	Open         bool
}

// fieldView is a field and the component that asks for it.
type fieldView struct {
	ui.Field
	As as
}

type as int

const (
	text as = iota
	day
	radios
	choice
	boxes
)

// few is how many options stand as radio buttons; more make a list to choose from.
const few = 7

func newEditView(p *profile.Profile, f form, spec profile.Spec, wrong page.Errors) editView {
	id := link.New
	if f.Version > 0 {
		id = f.ID.String()
	}
	v := editView{
		Errors: wrong.Summary(), Intro: words[f.Kind].intro, URL: link.Fact(p.BodyKey, string(f.Kind), id), ID: f.ID.String(),
		Version: strconv.FormatInt(f.Version, 10), Back: f.back(p.BodyKey),
	}
	if f.Round != uuid.Nil {
		v.Round = f.Round.String()
	}
	if f.Version > 0 {
		v.Remove = link.RemoveFact(p.BodyKey, string(f.Kind), id)
	}
	if spec.HasService() {
		v.Service = ui.Field{Name: "service", Label: "Leistung", Value: f.Service, Optional: !spec.NeedsService(), Empty: "Bitte wählen", Error: wrong.For("service")}
		if v.Service.Optional {
			v.Service.Empty = "für alle Leistungen"
		}
		for _, s := range p.Services {
			v.Service.Options = append(v.Service.Options, ui.Option{Value: s.Slug, Text: s.Name})
		}
	}
	for _, field := range spec.Fields {
		v.Fields = append(v.Fields, newField(f, field, wrong))
	}
	if f.Kind == profile.Contact {
		v.Released = ui.Field{Name: "released", Label: "Für andere Kommunen sichtbar", Hint: "Kommunen mit demselben Fachverfahren dürfen diese Person dann direkt ansprechen."}
		if f.Released {
			v.Released.Value = "1"
		}
	}
	if f.Kind == profile.Certificate {
		v.Read = readView{
			URL: link.ReadCertificate(p.BodyKey, id), Version: v.Version, Open: f.Version == 0 || wrong.For("pem") != "",
			PEM:  ui.Field{Name: "pem", Label: "Zertifikat als Text", Rows: 4, Optional: true, Hint: "beginnt mit -----BEGIN CERTIFICATE-----", Error: wrong.For("pem")},
			File: ui.Field{Name: "file", Label: "Oder als Datei", Optional: true, Accept: ".pem,.crt,.cer", Hint: "nur das öffentliche Zertifikat: .pem, .crt oder .cer"},
		}
	}
	return v
}

func newField(f form, field profile.Field, wrong page.Errors) fieldView {
	v := fieldView{Field: ui.Field{
		Name: field.Name, Label: field.Word, Value: f.Details[field.Name], Hint: hints[f.Kind][field.Name], Optional: !field.Needed,
		Error: wrong.For(field.Name), MaxLength: field.Most,
	}}
	switch {
	case field.Many:
		v.As = boxes
	case len(field.Options) > few:
		v.As, v.Empty = choice, "Bitte wählen"
	case len(field.Options) > 0:
		v.As = radios
	case field.Day:
		v.As, v.MaxLength = day, 0
	case field.Name == profile.Email:
		v.Type = "email"
	case field.Name == profile.Phone:
		v.Type, v.Width = "tel", ui.Medium
	case f.Kind == profile.Links:
		v.Type = "url"
	case field.Name == profile.Release:
		v.Width = ui.Small
	}
	chosen := strings.Split(f.Details[field.Name], "\n")
	for _, option := range field.Options {
		o := ui.Option{Value: option, Text: option}
		for _, c := range chosen {
			o.Checked = o.Checked || c == option
		}
		v.Options = append(v.Options, o)
	}
	return v
}

// clashRows lay what was typed beside what is stated now.
func clashRows(f form, now profile.Fact, spec profile.Spec) []ui.ConflictRow {
	var rows []ui.ConflictRow
	for _, field := range spec.Fields {
		mine, theirs := f.Details[field.Name], asTyped(field, now.Get(field.Name))
		rows = append(rows, ui.ConflictRow{Field: field.Word, Mine: strings.ReplaceAll(mine, "\n", ", "), Theirs: strings.ReplaceAll(theirs, "\n", ", ")})
	}
	if spec.HasService() {
		rows = append(rows, ui.ConflictRow{Field: "Leistung", Mine: f.Service, Theirs: now.ServiceSlug})
	}
	if f.Kind == profile.Contact {
		rows = append(rows, ui.ConflictRow{Field: "Für andere Kommunen sichtbar", Mine: ui.YesNo(f.Released), Theirs: ui.YesNo(now.Released)})
	}
	return rows
}
