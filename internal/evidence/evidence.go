package evidence

import (
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
)

// Kind is what a file is, by its content.
type Kind string

// The kinds of file that are accepted.
const (
	PDF  Kind = "pdf"
	PNG  Kind = "png"
	JPEG Kind = "jpeg"
	ODT  Kind = "odt"
	DOCX Kind = "docx"
	XLSX Kind = "xlsx"
)

var types = map[Kind]string{
	PDF: "application/pdf", PNG: "image/png", JPEG: "image/jpeg", ODT: "application/vnd.oasis.opendocument.text",
	DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// Type is the media type with which a file is handed out.
func (k Kind) Type() string { return types[k] }

// MaxSize is how large a file may be, in bytes.
const MaxSize = 20 << 20

// maxName is how long the name of a file may be, in letters.
const maxName = 120

// Place is a step of a body's checklist.
type Place struct{ Body, Slug, Key string }

// works reports whether a step is the person's to work on: of their own body, or a provider's.
func works(who access.Actor, c *onboarding.Checklist, s onboarding.Step) bool {
	own := who.Org.ID == c.BodyID && (who.Role == access.BodyCoordinator || who.Role == access.BodyEditor)
	return own || who.Role == access.Provider && s.Responsible == template.ByProvider
}

// Refusal says why a person cannot add files to a step now; nil if they can. A finished step takes files still: a
// certificate is renewed.
func Refusal(who access.Actor, c *onboarding.Checklist, s onboarding.Step) error {
	switch {
	case !works(who, c, s):
		return fault.New(fault.Forbidden, "Diese Aufgabe liegt bei einer anderen Stelle.")
	case s.Unneeded || s.State == onboarding.NotApplicable:
		return fault.New(fault.Conflict, "„"+s.Title+"“ entfällt. Dafür ist kein Nachweis nötig.")
	case c.State.Aside():
		return fault.New(fault.Conflict, "Die Anbindung steht auf „"+c.State.Word()+"“. Solange ruht die Checkliste.")
	case s.State == onboarding.Submitted:
		return fault.New(fault.Conflict, "„"+s.Title+"“ wird gerade geprüft. Was eingereicht ist, ändert sich bis dahin nicht.")
	}
	return nil
}

// Sees reports whether a person may open a file of a step they see. A provider opens what it works on, what it checks
// and what it brought itself; a ministry what it checks.
func Sees(who access.Actor, s onboarding.Step, f onboarding.File) bool {
	switch who.Role {
	case access.Provider:
		return s.Responsible == template.ByProvider || s.Review == template.ByProvider || f.UploadedBy == who.Person
	case access.MinistryDecider:
		return s.Review == template.ByMinistry
	}
	return who.Can(access.EvidenceDownload)
}

// Kept says why a person cannot delete a file now; nil if they can.
func Kept(who access.Actor, c *onboarding.Checklist, s onboarding.Step, f onboarding.File) error {
	switch {
	case who.Role == access.BodyCoordinator && who.Org.ID == c.BodyID:
	case f.UploadedBy != who.Person:
		return fault.New(fault.Forbidden, "Diese Datei hat jemand anders hochgeladen. Löschen kann sie die Koordination der Kommune.")
	}
	if s.State == onboarding.Submitted || s.State == onboarding.Done {
		return fault.New(fault.Conflict, "„"+s.Title+"“ steht auf „"+s.State.Word()+"“. Seine Nachweise bleiben erhalten.")
	}
	return nil
}

// checkDay refuses an expiry that has passed: such a file shows nothing.
func checkDay(validUntil *time.Time, today time.Time) error {
	if validUntil != nil && validUntil.Before(today) {
		return fault.InField("valid_until", "Dieser Tag ist vorbei. Laden Sie einen Nachweis hoch, der noch gilt.")
	}
	return nil
}
