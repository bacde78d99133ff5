package identity

import (
	"slices"

	"rollinportal/internal/access"
	"rollinportal/internal/organisation"
)

// ceiling is what each role may give at most. Nobody gives their own role, so no circle of favours can close.
var ceiling = map[access.Role][]access.Role{
	access.StateCoordinator: {access.StateEditor, access.MinistryDecider, access.MinistryReader, access.BodyCoordinator, access.Provider, access.Committee},
	access.BodyCoordinator:  {access.BodyEditor},
}

// rolesOf are the roles that an organisation of a kind can have.
var rolesOf = map[organisation.Kind][]access.Role{
	organisation.StateCoordination: {access.StateCoordinator, access.StateEditor},
	organisation.Ministry:          {access.MinistryDecider, access.MinistryReader},
	organisation.District:          {access.BodyCoordinator, access.BodyEditor},
	organisation.IndependentCity:   {access.BodyCoordinator, access.BodyEditor},
	organisation.ITProvider:        {access.Provider},
	organisation.EfAProvider:       {access.Provider},
	organisation.Association:       {access.Committee},
	organisation.Committee:         {access.Committee},
	organisation.Operator:          {access.Platform},
}

// Grantable are the roles that somebody may give and take in an organisation of a kind.
func Grantable(by access.Role, in organisation.Kind) []access.Role {
	var found []access.Role
	for _, r := range ceiling[by] {
		if slices.Contains(rolesOf[in], r) {
			found = append(found, r)
		}
	}
	return found
}

// Ceiling are the roles that somebody may give at most, wherever they fit.
func Ceiling(by access.Role) []access.Role { return ceiling[by] }
