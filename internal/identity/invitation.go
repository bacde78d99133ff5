package identity

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/mailaddress"
	"rollinportal/internal/organisation"
)

// invitationLives is how long an invitation may be taken.
const invitationLives = 72 * time.Hour

// OrgMember is somebody who belongs to an organisation.
type OrgMember struct {
	ID          uuid.UUID `db:"membership_id"`
	Person      uuid.UUID `db:"person_id"`
	Name, Email string
	Role        access.Role
	Automatic   bool // a rule gave the role
}

// Invitation is a role that is offered to an address.
type Invitation struct {
	ID        uuid.UUID `db:"invitation_id"`
	Email     string
	Role      access.Role
	ExpiresAt time.Time
	Mail      string // waiting, sent or refused
	Expired   bool
}

// Team is an organisation with its people.
type Team struct {
	Org         organisation.Organisation
	Members     []OrgMember
	Invitations []Invitation  // the open ones, for those who may invite
	Grantable   []access.Role // what the person who looks may give and take here
}

// NewInvitation is an invitation as somebody wants it.
type NewInvitation struct {
	ID    uuid.UUID
	Email string
	Role  access.Role
}

func (n NewInvitation) wrong(grantable []access.Role) error {
	var fields fault.Wrong
	fields.If(!mailaddress.Valid(n.Email), "email", "Geben Sie die dienstliche E-Mail-Adresse der Person ein, zum Beispiel vorname.name@stadt.example.")
	fields.If(!slices.Contains(grantable, n.Role), "role", "Wählen Sie eine Rolle aus der Liste.")
	return fields.Err()
}

// Offer is what an invitation says to whoever holds its mail.
type Offer struct {
	Product, Org, Email string
	Role                access.Role
	ExpiresAt           time.Time
}

var (
	errNoInvitation = fault.New(fault.NotFound, "Diese Einladung gilt nicht mehr. Sie ist abgelaufen, zurückgezogen oder schon angenommen. Bitten Sie um eine neue.")
	errOtherAddress = fault.New(fault.Forbidden, "Diese Einladung gilt für eine andere E-Mail-Adresse als die Ihres Kontos. Melden Sie sich mit dem eingeladenen Konto an, oder bitten Sie um eine Einladung an Ihre Adresse.")
	errOwn          = fault.New(fault.Forbidden, "Eine eigene Einladung können Sie nicht selbst annehmen.")
	errLast         = fault.New(fault.Conflict, "Das ist die letzte Koordination dieser Organisation. Laden Sie zuerst jemanden ein, der sie übernimmt.")
)
