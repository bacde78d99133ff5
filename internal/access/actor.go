package access

import "github.com/google/uuid"

// Role is what a membership lets a person do.
type Role string

// The roles of the permission table, in its column order.
const (
	StateCoordinator Role = "LK" // OZG-Landeskoordination
	StateEditor      Role = "LR" // Land-Redaktion
	MinistryDecider  Role = "FE" // Fachressort, prepares and decides
	MinistryReader   Role = "FL" // Fachressort, reads
	BodyCoordinator  Role = "KK" // Kommune, coordinates
	BodyEditor       Role = "KB" // Kommune, works
	Provider         Role = "IT" // IT-Dienstleister
	Committee        Role = "GR" // Gremium, Spitzenverband
	Platform         Role = "PA" // operates the platform
	Anonymous        Role = "AN" // not signed in
)

// Roles lists every role in the table's order.
var Roles = []Role{StateCoordinator, StateEditor, MinistryDecider, MinistryReader, BodyCoordinator, BodyEditor, Provider, Committee, Platform, Anonymous}

// Token is the hash of a session token: the only proof of identity the database accepts.
type Token []byte

// Actor is the person on whose behalf something happens.
type Actor struct {
	Token      Token
	Automatic  bool // a worker acts, without a session; only the workers' database role gets in with it
	Membership uuid.UUID
	Person     uuid.UUID
	Name       string
	Role       Role
	Land       Land
	Org        Org
	Unread     int // notices that the person has not read yet
}

// Land is the tenant the actor works in.
type Land struct {
	ID           uuid.UUID
	Key          string
	Product      string // how the portal calls itself there
	Banner       string // the line above the header
	Official     bool   // whether the Land's flag may be shown
	Demo         bool   // whether all figures are invented
	ContactEmail string
	FreshDays    int // for how many days what a body confirmed counts as known
}

// Org is the organisation the actor belongs to.
type Org struct {
	ID                     uuid.UUID
	Key, Kind, Name, Short string
}

// SignedIn reports whether there is a person or a worker behind the actor.
func (a Actor) SignedIn() bool { return a.Token != nil || a.Automatic }

// Reach returns how far the actor may go with an action.
func (a Actor) Reach(action Action) Reach {
	role := a.Role
	if !a.SignedIn() {
		role = Anonymous
	}
	return table[action].Cells[role]
}

// Can reports whether the actor may take an action on anything at all.
func (a Actor) Can(action Action) bool { return a.Reach(action) != None }

// IsBody reports whether the organisation is a Landkreis or a kreisfreie Stadt.
func (o Org) IsBody() bool { return o.Kind == "district" || o.Kind == "independent_city" }
