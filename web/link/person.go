package link

import (
	"net/url"

	"github.com/google/uuid"
)

// Person is somebody the Land answers for, and DisclosePerson where it tells them what it holds.
func Person(id uuid.UUID) string         { return People + "/" + id.String() }
func DisclosePerson(id uuid.UUID) string { return Person(id) + "/auskunft" }

// What concerns a person, and the mails about it. DemoPost exists in a demonstration only.
const (
	Notices      = "/mitteilungen"
	ReadNotices  = "/mitteilungen/gelesen"
	MailSettings = "/mitteilungen/einstellungen"
	Deliveries   = "/mitteilungen/versand"
	DemoPost     = "/demo/post"
)

// Notice is where a notice is opened: it is read then, and leads on.
func Notice(id uuid.UUID) string { return Notices + "/" + id.String() }

// Unsubscribe is where the holder of a mail turns such mails off.
func Unsubscribe(token string) string { return "/abbestellen/" + url.PathEscape(token) }

// What a person sees of their own access.
const (
	Account       = "/profil"
	Sessions      = "/profil/sitzungen"
	SwitchContext = "/kontext"
)

// EndSession is where a person signs out one of their browsers.
func EndSession(id uuid.UUID) string { return Sessions + "/" + id.String() + "/beenden" }

// The rules that give roles at sign-in.
const (
	Mapping     = "/einstellungen/anmelderegeln"
	TurnMapping = Mapping + "/schalter"
	TryMapping  = Mapping + "/probe"
)

// RemoveRule is where a rule ends.
func RemoveRule(id uuid.UUID) string { return Mapping + "/" + id.String() + "/entfernen" }

// NewErasure asks to erase a person, Erasure is such a request, and the others settle it.
func NewErasure(person uuid.UUID) string  { return Erasures + "/neu/" + person.String() }
func Erasure(id uuid.UUID) string         { return Erasures + "/" + id.String() }
func ApproveErasure(id uuid.UUID) string  { return Erasure(id) + "/freigabe" }
func RefuseErasure(id uuid.UUID) string   { return Erasure(id) + "/ablehnen" }
func WithdrawErasure(id uuid.UUID) string { return Erasure(id) + "/zurueckziehen" }

// Members are the people of an organisation.
func Members(org string) string { return Organisations + "/" + url.PathEscape(org) + "/mitglieder" }

// EndMember is where a person's role ends.
func EndMember(org string, id uuid.UUID) string { return Members(org) + "/" + id.String() + "/beenden" }

// Invitations is where people are invited to an organisation.
func Invitations(org string) string {
	return Organisations + "/" + url.PathEscape(org) + "/einladungen"
}

// WithdrawInvitation is where an invitation is taken back.
func WithdrawInvitation(org string, id uuid.UUID) string {
	return Invitations(org) + "/" + id.String() + "/zurueckziehen"
}

// Invited is where a sign-in goes that takes an invitation.
const Invited = "/einladung"

// Invitation is what the mail of an invitation leads to.
func Invitation(token string) string { return Invited + "/" + url.PathEscape(token) }

// Coordination is where the platform's administration invites who coordinates a Land; the others take an invitation back and
// end a role.
func Coordination(land string) string {
	return "/plattform/laender/" + url.PathEscape(land) + "/koordination"
}

func WithdrawCoordination(land string, id uuid.UUID) string {
	return Coordination(land) + "/einladungen/" + id.String() + "/zurueckziehen"
}

func EndCoordination(land string, id uuid.UUID) string {
	return Coordination(land) + "/mitglieder/" + id.String() + "/beenden"
}
