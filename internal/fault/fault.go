// Package fault names the kinds of error a person may see.
//
// A fault carries the German sentence that the page shows. Every other error is internal: it is logged, and the
// person reads that something went wrong on our side.
//
//	Invalid      422  what was typed does not hold; fields say why
//	NotFound     404  unknown, or foreign: the two look the same
//	Forbidden    403  visible, but this role may not do this
//	Conflict     409  somebody else was faster, or the state does not fit
//	Unavailable  503  the database is away; trying again will help
package fault

import "errors"

// Kind says how a fault is answered.
type Kind int

// The kinds of fault. Internal is the kind of every error that is not a fault.
const (
	Internal Kind = iota
	Invalid
	NotFound
	Forbidden
	Conflict
	Unavailable
	SignedOut
)

// Fault is an error with a sentence for the person.
type Fault struct {
	Kind   Kind
	Text   string  // a German sentence that says what to do
	Fields []Field // for Invalid: which field wants what
	cause  error
}

// Field is one field of a form and the sentence shown beside it.
type Field struct{ Name, Text string }

// Error returns the sentence and, for the log, the cause.
func (f *Fault) Error() string {
	if f.cause != nil {
		return f.Text + ": " + f.cause.Error()
	}
	return f.Text
}

// Unwrap returns the cause, which no person sees.
func (f *Fault) Unwrap() error { return f.cause }

// New returns a fault of a kind with the sentence that is shown.
func New(kind Kind, text string) *Fault { return &Fault{Kind: kind, Text: text} }

// Wrap returns a fault that remembers its cause for the log.
func Wrap(kind Kind, text string, cause error) *Fault {
	return &Fault{Kind: kind, Text: text, cause: cause}
}

// InField returns an Invalid fault for a form in which one field is wrong.
func InField(name, text string) error { return Wrong{{name, text}}.Err() }

// Wrong collects the fields of a form that do not hold.
type Wrong []Field

// Add notes what a field wants; no sentence, nothing wrong.
func (w *Wrong) Add(field, text string) { w.If(text != "", field, text) }

// If notes it where the field is bad.
func (w *Wrong) If(bad bool, field, text string) {
	if bad {
		*w = append(*w, Field{field, text})
	}
}

// Err is an Invalid fault that names all of them, nil if there is none.
func (w Wrong) Err() error {
	if len(w) == 0 {
		return nil
	}
	return &Fault{Kind: Invalid, Text: "Einige Angaben fehlen oder passen nicht.", Fields: w}
}

// Missing is the NotFound fault: the same sentence for unknown and for foreign records.
func Missing() *Fault {
	return New(NotFound, "Diese Seite gibt es nicht, oder sie gehört nicht zu Ihrem Bereich.")
}

// KindOf returns the kind of an error; Internal for everything that is not a fault.
func KindOf(err error) Kind {
	if f, ok := errors.AsType[*Fault](err); ok {
		return f.Kind
	}
	return Internal
}

// Text returns the sentence that a fault has for the person; "" for everything that is not a fault.
func Text(err error) string {
	if f, ok := errors.AsType[*Fault](err); ok {
		return f.Text
	}
	return ""
}
