package privacy

import (
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
)

// Ground is why somebody is to be erased before the Land's period ends.
type Ground string

// The grounds.
const (
	Wish     Ground = "wish"     // the person asked for it (Art. 17 DSGVO)
	Unlawful Ground = "unlawful" // the data should never have come in
	Mistake  Ground = "mistake"  // a second account of the same person, or a wrong one
)

// Grounds lists them with what people read.
var Grounds = []struct {
	Ground Ground
	Word   string
}{
	{Wish, "Die Person hat es verlangt"},
	{Unlawful, "Die Daten hätten nicht gespeichert werden dürfen"},
	{Mistake, "Das Konto ist doppelt oder falsch angelegt"},
}

// Word is what people read of a ground.
func (g Ground) Word() string {
	for _, known := range Grounds {
		if known.Ground == g {
			return known.Word
		}
	}
	return ""
}

// ErasureState is where a request to erase a person stands.
type ErasureState string

// The states.
const (
	ErasureAsked     ErasureState = "asked"
	ErasureWithdrawn ErasureState = "withdrawn"
	ErasureRefused   ErasureState = "refused"
	ErasureApproved  ErasureState = "approved" // the person is out; a worker erases soon
	ErasureDone      ErasureState = "done"
)

// Candidate is somebody who may be erased on request, or what stands against it.
type Candidate struct {
	ID        uuid.UUID `db:"person_id"`
	Name      string
	Email     string
	Active    bool
	Places    []string
	Body      uuid.NullUUID // whose coordination has a say if the Land asks
	Elsewhere bool
	Last      bool
	Alone     bool          // nobody else of the Land's coordination could approve
	Open      uuid.NullUUID // the request that waits already
}

// Refusal says why a person cannot be asked for now; nil if nothing stands against it.
func (c Candidate) Refusal(who access.Actor) error {
	switch {
	case c.ID == who.Person:
		return errSelf
	case c.Last:
		return errLast
	case c.Elsewhere && who.Role == access.BodyCoordinator:
		return errElsewhere
	case c.Elsewhere:
		return errOtherLand
	case c.Alone && !c.Body.Valid:
		return errAlone
	}
	return nil
}

var (
	errSelf       = fault.New(fault.Forbidden, "Ihre eigenen Daten können Sie nicht selbst löschen. Bitten Sie eine andere Koordination darum.")
	errLast       = fault.New(fault.Conflict, "Das ist die letzte Koordination ihrer Organisation. Laden Sie zuerst jemanden ein, der sie übernimmt.")
	errElsewhere  = fault.New(fault.Conflict, "Die Person arbeitet noch für eine andere Organisation. Beenden Sie ihren Zugang bei Ihnen. Die Löschung kann nur die OZG-Landeskoordination beantragen.")
	errOtherLand  = fault.New(fault.Conflict, "Die Person arbeitet noch in einem anderen Land. Beenden Sie ihren Zugang bei Ihnen. Löschen lässt sie sich erst, wenn auch der andere beendet ist.")
	errAlone      = fault.New(fault.Conflict, "Diese Löschung gibt eine zweite Person der OZG-Landeskoordination frei. Zurzeit sind Sie die einzige. Bitten Sie den Betrieb des Portals, eine zweite einzuladen.")
	errNotOpen    = fault.New(fault.Conflict, "Über diesen Löschantrag ist schon entschieden.")
	errNotDecider = fault.New(fault.Forbidden, "Über diesen Antrag entscheidet jemand anderes: Wer beantragt und wer freigibt, sind zwei.")
)

// Request asks to erase a person.
type Request struct {
	ID, Person uuid.UUID
	Ground     Ground
}

func (r Request) wrong() error {
	if r.Ground.Word() == "" {
		return fault.InField("ground", "Wählen Sie aus, warum die Person gelöscht werden soll.")
	}
	return nil
}

// Requested is what somebody asked for, and what became of it.
type Requested struct {
	ID        uuid.UUID `db:"erasure_id"`
	Person    uuid.UUID `db:"person_id"`
	Name      string
	Places    []string
	Ground    Ground
	State     ErasureState
	AskedBy   uuid.UUID
	AskedAt   time.Time
	AskedOrg  uuid.UUID
	Asker     string    // the organisation that asked
	Org       uuid.UUID `db:"org_id"`
	Office    string    // the organisation of Org
	OfBody    bool      // Org is a Landkreis or a kreisfreie Stadt
	DecidedAt *time.Time
	DoneAt    *time.Time
}

// Open reports whether somebody has to decide.
func (r Requested) Open() bool { return r.State == ErasureAsked }

// Decider names who decides: a request of a body lies with the Land, one of the Land with the body of the person, and with
// another person of the Land if there is none.
func (r Requested) Decider() (role access.Role, org uuid.UUID) {
	if r.Org == r.AskedOrg {
		return access.StateCoordinator, uuid.Nil
	}
	return access.BodyCoordinator, r.Org
}

// MayDecide reports whether somebody is the second of the four eyes.
func (r Requested) MayDecide(who access.Actor) bool {
	role, org := r.Decider()
	return r.Open() && who.Role == role && (org == uuid.Nil || who.Org.ID == org) && who.Person != r.AskedBy && who.Person != r.Person
}

// MayWithdraw reports whether it is the own request, and nobody has decided yet.
func (r Requested) MayWithdraw(who access.Actor) bool { return r.Open() && who.Person == r.AskedBy }
