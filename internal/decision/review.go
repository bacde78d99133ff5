package decision

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/paper"
)

// Review is one of the four reviews of a case: the ministry's own working paper.
type Review struct {
	Kind       Kind         `json:"kind"`
	Result     Result       `json:"result"`
	Note       string       `json:"note"`
	ReviewedBy *uuid.UUID   `json:"reviewed_by"`
	ReviewedAt *time.Time   `json:"reviewed_at"`
	Reviewer   string       `json:"reviewer"` // the name, "" for readers who may not know it
	Links      []string     `json:"links"`    // addresses of documents
	Files      []paper.File `json:"files"`    // documents themselves, newest version first
	Version    int64        `json:"version"`
}

// reviewers are the people who answered one of the reviews.
func reviewers(all []Review) (found []uuid.UUID) {
	for _, r := range all {
		if r.ReviewedBy != nil {
			found = append(found, *r.ReviewedBy)
		}
	}
	return found
}

// Kind says what a review looks at.
type Kind string

// The four reviews (domain.md 6.2 b).
const (
	Professional Kind = "professional" // fachlich
	Technical    Kind = "technical"    // technisch
	Privacy      Kind = "privacy"      // Datenschutz und IT-Sicherheit
	Economic     Kind = "economic"     // Wirtschaftlichkeit
)

// Kinds lists the reviews in the order people work through them.
var Kinds = []Kind{Professional, Technical, Privacy, Economic}

// Word is the review as people call it.
func (k Kind) Word() string {
	switch k {
	case Professional:
		return "Fachliche Prüfung"
	case Technical:
		return "Technische Prüfung"
	case Privacy:
		return "Datenschutz und IT-Sicherheit"
	case Economic:
		return "Wirtschaftlichkeitsbetrachtung"
	}
	return ""
}

// Result is what a review came to.
type Result string

// The results. Open is the review that nobody has done yet.
const (
	Open                   Result = "open"
	Positive               Result = "positive"
	PositiveWithConditions Result = "positive_with_conditions"
	Negative               Result = "negative"
	Waived                 Result = "waived"
)

// Results lists what a review may come to.
var Results = []Result{Positive, PositiveWithConditions, Negative, Waived}

// Word is the result as people read it.
func (r Result) Word() string {
	switch r {
	case Open:
		return "Offen"
	case Positive:
		return "Positiv"
	case PositiveWithConditions:
		return "Positiv mit Auflagen"
	case Negative:
		return "Negativ"
	case Waived:
		return "Verzichtet"
	}
	return ""
}

// ReviewInput is a review as somebody entered it, on the version they saw.
type ReviewInput struct {
	Version   int64
	Draft     bool // not finished: kept as it is, the result stays open
	Result    Result
	Note      string
	Links     []string
	CrossLand *bool // asked of Privacy: is this a länderübergreifender Onlinedienst?
}

// tidy drops what a draft or another kind of review has no place for.
func (in ReviewInput) tidy(k Kind) ReviewInput {
	in.Note, in.Links = trimmed(in.Note), tidyLinks(in.Links)
	if in.Draft {
		in.Result = Open
	}
	if k != Privacy {
		in.CrossLand = nil
	}
	return in
}

// maxText is the length of a long text. It keeps a pasted document out of the record, not a thorough note.
const maxText = 10_000

const tooLong = "Kürzen Sie den Text auf höchstens 10.000 Zeichen."

func (in ReviewInput) check(k Kind) error {
	var wrong fault.Wrong
	wrong.If(k == Privacy && !in.Draft && in.Result != Waived && in.CrossLand == nil, "cross_land", "Wählen Sie, ob es ein länderübergreifender Onlinedienst nach § 8a OZG ist.")
	wrong.If(!in.Draft && !slices.Contains(Results, in.Result), "result", "Wählen Sie ein Ergebnis der Prüfung.")
	if in.Note == "" {
		wrong.Add("note", noteWanted(in.Result))
	}
	wrong.If(len([]rune(in.Note)) > maxText, "note", tooLong)
	return append(wrong, checkLinks(in.Links)...).Err()
}

// noteWanted is the sentence that asks for a note, "" where a result speaks for itself.
func noteWanted(r Result) string {
	switch r {
	case PositiveWithConditions:
		return "Nennen Sie die Auflagen, unter denen die Prüfung positiv ist."
	case Negative:
		return "Begründen Sie das negative Ergebnis."
	case Waived:
		return "Begründen Sie, warum Sie auf diese Prüfung verzichten."
	}
	return ""
}

// record enters a result, if nobody else changed the review since the version was read.
func (r *Review) record(in ReviewInput, person uuid.UUID, now time.Time) error {
	if err := in.check(r.Kind); err != nil {
		return err
	}
	if r.Version != in.Version {
		return errStale
	}
	r.Result, r.Note, r.Links, r.ReviewedBy, r.ReviewedAt = in.Result, in.Note, in.Links, &person, &now
	r.Version++
	return nil
}

// has reports whether the review already says what the person entered: they sent the form twice.
func (r Review) has(in ReviewInput, person uuid.UUID) bool {
	return r.Version == in.Version+1 && r.Result == in.Result && r.Note == in.Note && slices.Equal(r.Links, in.Links) && r.ReviewedBy != nil && *r.ReviewedBy == person
}

// complete is a fault that names all that is missing to decide, by its section, or nil. Figures are needed unless
// somebody gave a reason to do without them.
func complete(reviews []Review, a Assessment) error {
	var missing fault.Wrong
	for _, r := range reviews {
		missing.If(r.Result == Open, string(r.Kind), r.Kind.Word()+" eintragen")
		if r.Kind == Economic && r.Result != Waived {
			missing = append(missing, a.Missing()...)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return &fault.Fault{Kind: fault.Invalid, Text: "Zum Einreichen fehlen noch Angaben.", Fields: missing}
}

func trimmed(text string) string { return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) }
