package main

import (
	"context"
	"fmt"

	"rollinportal/internal/identity"
	"rollinportal/internal/mailaddress"
	"rollinportal/internal/organisation"
)

type landCommand struct {
	Add landAddCommand `cmd:"" help:"Set up a Land with the organisation that coordinates it, or refresh their names."`
}

type landAddCommand struct {
	ownerAccess
	Key              string `required:"" help:"Short name of the Land, as other commands use it."`
	Name             string `required:"" help:"Name of the Land."`
	Product          string `default:"Roll-in-Portal" help:"How the portal calls itself there."`
	Banner           string `default:"Ein Portal der öffentlichen Verwaltung" help:"Line above the header."`
	Official         bool   `help:"Show the Land's flag: only on its official website."`
	ContactEmail     string `required:"" help:"Mailbox of the coordination, shown on every help page."`
	Coordination     string `required:"" help:"Kürzel of the coordinating organisation."`
	CoordinationName string `required:"" help:"Name of the coordinating organisation."`
	Operator         bool   `help:"Set up the operator's own organisation instead, whose people (role PA) see to jobs and invite who coordinates a Land."`
}

// Run adds the Land.
func (c landAddCommand) Run(ctx context.Context, s stdio) error {
	if !mailaddress.Valid(c.ContactEmail) {
		return fmt.Errorf("--contact-email %q is no mail address", c.ContactEmail)
	}
	kind := organisation.StateCoordination
	if c.Operator {
		kind = organisation.Operator
	}
	err := identity.NewOperator(c.OwnerURL).AddLand(ctx, identity.Land{
		Key: c.Key, Name: c.Name, Product: c.Product, Banner: c.Banner, Official: c.Official, ContactEmail: c.ContactEmail,
		Coordination: identity.Org{Kind: string(kind), Key: c.Coordination, Name: c.CoordinationName, Short: c.Coordination},
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "Land %s mit %s eingerichtet\n", c.Key, c.Coordination)
	return nil
}

type memberCommand struct {
	Add memberAddCommand `cmd:"" help:"Give a person a role in an organisation."`
}

type memberAddCommand struct {
	ownerAccess
	Land    string `required:"" help:"Key of the Land."`
	Org     string `required:"" help:"Kürzel or Kreisschlüssel of the organisation."`
	Role    string `required:"" enum:"LK,LR,FE,FL,KK,KB,IT,GR,PA" help:"Role: ${enum}."`
	Issuer  string `env:"OIDC_ISSUER" need:"" help:"Issuer of the OpenID provider that vouches for the person."`
	Subject string `required:"" help:"The person's subject (sub) at the provider."`
	Name    string `required:"" help:"Name, until the provider says it."`
}

// Run adds the membership.
func (c memberAddCommand) Run(ctx context.Context, s stdio) error {
	member := identity.Member{OrgKey: c.Org, Issuer: c.Issuer, Subject: c.Subject, Name: c.Name, Role: c.Role}
	if err := identity.NewOperator(c.OwnerURL).AddMembers(ctx, c.Land, []identity.Member{member}); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s ist %s in %s\n", c.Name, c.Role, c.Org)
	return nil
}
