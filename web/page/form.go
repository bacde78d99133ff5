package page

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/web/ui"
)

// FilePolicy is the content policy of files that people brought: nothing in them runs, loads or is framed.
const FilePolicy = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// MaxForm is how large a form may be, in bytes.
const MaxForm = 1 << 20

// Form is a form that was sent.
type Form struct{ values url.Values }

// Many marks a field of ReadForm that may come several times.
const Many = "*"

// ReadForm reads the form of a POST. Fields that the form does not have are refused, and so are fields that come twice but are
// not marked by Many: nobody adds columns from outside, and nobody says two things at once.
func ReadForm(w http.ResponseWriter, r *http.Request, fields ...string) (Form, error) {
	body := r.Body
	r.Body = http.MaxBytesReader(w, body, MaxForm)
	if err := r.ParseForm(); err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			ReadOn(body)
			return Form{}, errTooLarge
		}
		return Form{}, fault.Wrap(fault.Invalid, "Das Formular kam beschädigt an. Gehen Sie zurück und senden Sie es noch einmal.", err)
	}
	for name, values := range r.PostForm {
		many := slices.Contains(fields, name+Many)
		if !many && !slices.Contains(fields, name) {
			return Form{}, fault.New(fault.Invalid, "Das Formular enthält ein unbekanntes Feld. Laden Sie die Seite neu und füllen Sie sie noch einmal aus.")
		}
		if !many && len(values) > 1 {
			return Form{}, fault.New(fault.Invalid, "Das Formular enthält ein Feld doppelt. Laden Sie die Seite neu und füllen Sie sie noch einmal aus.")
		}
		if slices.ContainsFunc(values, Unstorable) {
			return Form{}, fault.New(fault.Invalid, "Das Formular enthält Zeichen, die sich nicht speichern lassen. Gehen Sie zurück und tippen Sie den Text neu.")
		}
	}
	return Form{r.PostForm}, nil
}

// Unstorable reports what no browser sends and the database refuses: broken UTF-8 and the zero character.
func Unstorable(text string) bool { return !utf8.ValidString(text) || strings.ContainsRune(text, 0) }

// ErrTooMany refuses a browser that asks for more than its share. It answers with status 429.
var ErrTooMany = fault.New(fault.Invalid, "Von Ihnen kamen in kurzer Zeit sehr viele Anfragen. Warten Sie eine halbe Minute und versuchen Sie es dann noch einmal.")

var errTooLarge = fault.New(fault.Invalid, "Das Formular ist zu groß. Gehen Sie zurück, dort steht Ihr Text noch, und kürzen Sie ihn auf weniger als 1 MB.")

// FormOf is a form that was kept.
func FormOf(values map[string][]string) Form { return Form{values} }

// Typed is what people entered into a form, to be kept: all its fields but those by which it works.
func (f Form) Typed(besides ...string) map[string][]string {
	typed := map[string][]string{}
	for name, values := range f.values {
		if !slices.Contains(besides, name) {
			typed[name] = values
		}
	}
	return typed
}

// ReadOn reads what is left of a request that is too large, up to 64 MB: a browser shows our answer only when it has sent
// everything.
func ReadOn(body io.Reader) { _, _ = io.CopyN(io.Discard, body, 64<<20) }

// Text returns a field without surrounding space, with the line ends of Unix.
func (f Form) Text(name string) string {
	return strings.TrimSpace(strings.ReplaceAll(f.values.Get(name), "\r\n", "\n"))
}

// Names returns the names of the fields that were sent, in order.
func (f Form) Names() []string { return slices.Sorted(maps.Keys(f.values)) }

// All returns every value of a field.
func (f Form) All(name string) []string { return f.values[name] }

// Has reports whether a field was sent with any value.
func (f Form) Has(name string) bool { return f.values.Get(name) != "" }

// Version returns the version a record had when the form was made. It is missing only in forged forms.
func (f Form) Version() (int64, error) {
	version, err := strconv.ParseInt(f.values.Get("version"), 10, 64)
	if err != nil || version < 1 {
		return 0, fault.New(fault.Invalid, "Dem Formular fehlt der Stand, auf dem es beruht. Laden Sie die Seite neu.")
	}
	return version, nil
}

// ReadVersion reads a form that is no more than a button: all it says is the version that was seen.
func ReadVersion(w http.ResponseWriter, r *http.Request) (int64, error) {
	sent, err := ReadForm(w, r, "version")
	if err != nil {
		return 0, err
	}
	return sent.Version()
}

// ReadReason reads a form that says why, besides the version that was seen.
func ReadReason(w http.ResponseWriter, r *http.Request) (version int64, reason string, err error) {
	sent, err := ReadForm(w, r, "version", "reason")
	if err != nil {
		return 0, "", err
	}
	version, err = sent.Version()
	return version, sent.Text("reason"), err
}

// FormID reads the number that a form was made with, so that sending it twice creates once. It is missing only in forged
// forms.
func FormID(text string) (uuid.UUID, error) {
	id, err := uuid.Parse(text)
	if err != nil {
		return uuid.Nil, fault.New(fault.Invalid, "Dem Formular fehlt seine Nummer. Laden Sie die Seite neu.")
	}
	return id, nil
}

// Errors collects what is wrong with a form, by field.
type Errors []fault.Field

// Add notes a sentence for a field; an empty sentence is nothing wrong.
func (e *Errors) Add(field, text string) {
	if text != "" {
		*e = append(*e, fault.Field{Name: field, Text: text})
	}
}

// Merge adds the fields of an Invalid fault and returns nil for it, or hands any other error back.
func (e *Errors) Merge(err error) error {
	wrong, ok := errors.AsType[*fault.Fault](err)
	if !ok || wrong.Kind != fault.Invalid {
		return err
	}
	for _, f := range wrong.Fields {
		e.Add(f.Name, f.Text)
	}
	if len(wrong.Fields) == 0 {
		e.Add("", wrong.Text)
	}
	return nil
}

// Status sorts why a form comes back: 409 for what came too late, 422 for fields, whose sentences it adds, and for nil,
// which is a form that could not be read. Any other error is handed back.
func (e *Errors) Status(cause error) (int, error) {
	if fault.KindOf(cause) == fault.Conflict {
		return http.StatusConflict, nil
	}
	if cause != nil {
		if err := e.Merge(cause); err != nil {
			return 0, err
		}
	}
	return http.StatusUnprocessableEntity, nil
}

// For returns the first sentence about a field.
func (e Errors) For(field string) string {
	for _, f := range e {
		if f.Name == field {
			return f.Text
		}
	}
	return ""
}

// Summary lists all sentences for the box at the top of the form.
func (e Errors) Summary() []ui.FieldError {
	found := make([]ui.FieldError, len(e))
	for i, f := range e {
		found[i] = ui.FieldError{Field: f.Name, Text: f.Text}
	}
	return found
}
