package hurdle

import (
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
)

// Where names the step of a body at which an obstacle is met.
type Where struct{ Body, Service, Step string }

// Place is such a step as the database knows it.
type Place struct {
	BodyID      uuid.UUID
	BodyKey     string
	BodyName    string
	ServiceID   uuid.UUID
	ServiceSlug string
	ServiceName string
	StepID      uuid.UUID
	StepKey     string
	StepTitle   string
	Basis       bool
	StepState   onboarding.StepState
	State       onboarding.State // of the onboarding
}

// refuse says why there is nothing to report at a step, or nil.
func (p Place) refuse() error {
	switch {
	case p.StepState.Finished():
		return fault.New(fault.Conflict, "„"+p.StepTitle+"“ steht auf „"+p.StepState.Word()+"“. Öffnen Sie die Aufgabe wieder, wenn Sie dort eine Hürde melden wollen.")
	case p.State.Aside():
		return fault.New(fault.Conflict, "Die Anbindung steht auf „"+p.State.Word()+"“. Solange ruht die Checkliste.")
	}
	return nil
}

// Report is what a body says about an obstacle. ID is made with the form, so that sending it twice reports once.
type Report struct {
	ID        uuid.UUID
	Text      string
	Dimension Dimension
	Blocking  *bool // nil while nobody has said
}

// maxText is how long the text of an obstacle may be.
const maxText = 1000

// Check is a fault that names every field which does not hold, or nil.
func (r Report) Check() error {
	var wrong fault.Wrong
	switch text := strings.TrimSpace(r.Text); {
	case text == "":
		wrong.Add("text", "Beschreiben Sie, was Sie an der Aufgabe hindert.")
	case len([]rune(text)) > maxText:
		wrong.Add("text", "Kürzen Sie die Beschreibung auf höchstens 1.000 Zeichen.")
	}
	wrong.If(r.Dimension.Word() == "", "dimension", "Wählen Sie aus, um welche Art von Hürde es geht.")
	return append(wrong, r.unblocked()...).Err()
}

// CheckJoining is Check for whoever joins an obstacle: what it is, its own report says.
func (r Report) CheckJoining() error { return r.unblocked().Err() }

func (r Report) unblocked() fault.Wrong {
	if r.Blocking != nil {
		return nil
	}
	return fault.Wrong{{Name: "blocking", Text: "Wählen Sie aus, ob Sie an der Aufgabe weiterarbeiten können."}}
}

// Similar is an open obstacle that may be the same. It says all that a body learns about an obstacle of others.
type Similar struct {
	No          int       `json:"no"`
	Text        string    `json:"text"`
	Dimension   Dimension `json:"dimension"`
	ServiceName string    `json:"service_name"`
	Bodies      int       `json:"bodies"`
}
