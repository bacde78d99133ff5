package demo

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/catalog"
	"rollinportal/internal/identity"
	"rollinportal/internal/interchange"
	"rollinportal/internal/organisation"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// TemplateName is how the Musterprojektvorlage of the seed is called.
const TemplateName = "EfA-Standard"

var laender = []identity.Land{
	{
		Key: Thueringen, Name: "Thüringen", Product: "Roll-in-Portal Thüringen", Banner: "Demonstration mit Beispieldaten", Demo: true,
		ContactEmail: "roll-in@thueringen.example",
		Coordination: identity.Org{Kind: "state_coordination", Key: "TMDI-OZG", Name: "Thüringer Ministerium für Digitales und Infrastruktur, OZG-Landeskoordination", Short: "TMDI-OZG"},
	},
	{
		Key: Demoland, Name: "Demoland", Product: "Roll-in-Portal Demoland", Banner: "Demonstration mit Beispieldaten", Demo: true,
		ContactEmail: "roll-in@demoland.example",
		Coordination: identity.Org{Kind: "state_coordination", Key: "D-OZG", Name: "Landeskoordination Demoland", Short: "D-OZG"},
	},
	{
		Key: Plattform, Name: "Plattform", Product: "Roll-in-Portal Betrieb", Banner: "Demonstration mit Beispieldaten", Demo: true,
		ContactEmail: "betrieb@plattform.example",
		Coordination: identity.Org{Kind: "operator", Key: "BETRIEB", Name: "Plattformbetrieb", Short: "Betrieb"},
	},
}

// Stage is where the demo plays: an operator who sets up, and the portal's own door.
type Stage struct {
	Operator *identity.Operator
	DB       *postgres.DB
	Issuer   string // of the provider that people sign in with
}

// LoadMasterData sets up the tenants, organisations, services, template and people. Twice is the same as once.
func (s Stage) LoadMasterData(ctx context.Context) error {
	for _, land := range laender {
		if err := s.Operator.AddLand(ctx, land); err != nil {
			return err
		}
	}
	if err := s.loadThueringen(ctx); err != nil {
		return err
	}
	if err := s.loadDemoland(ctx); err != nil {
		return err
	}
	if err := s.AddPeople(ctx); err != nil {
		return err
	}
	for land, login := range map[string]string{Thueringen: "land", Demoland: "d-land"} {
		if err := s.publishServices(ctx, login); err != nil {
			return fmt.Errorf("publish the services of %s: %w", land, err)
		}
	}
	return nil
}

// publishServices is the second pair of eyes on what the import brought.
func (s Stage) publishServices(ctx context.Context, login string) error {
	who, err := s.As(ctx, login)
	if err != nil {
		return err
	}
	services := catalog.New(s.DB)
	drafts, _, err := services.List(ctx, who, catalog.Filter{State: "draft"})
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if err := services.Publish(ctx, who, d.Slug, d.Version); err != nil {
			return fmt.Errorf("%s: %w", d.Slug, err)
		}
	}
	return nil
}

// As signs in a person of the demo.
func (s Stage) As(ctx context.Context, login string) (access.Actor, error) {
	people := identity.NewService(s.DB)
	token, err := people.SignIn(ctx, identity.Person{Issuer: s.Issuer, Subject: login})
	if err != nil {
		return access.Actor{}, fmt.Errorf("sign in %s: %w", login, err)
	}
	return people.Actor(ctx, token)
}

// AddPeople gives everybody of the demo their role. A provider that moved to another address keeps its people, and whom
// somebody erased in the demo stays erased.
func (s Stage) AddPeople(ctx context.Context) error {
	byLand := map[string][]identity.Member{}
	for _, p := range People() {
		byLand[p.LandKey] = append(byLand[p.LandKey], p.member(s.Issuer))
	}
	for _, land := range laender {
		if err := s.Operator.KeepMembers(ctx, land.Key, byLand[land.Key]); err != nil {
			return err
		}
	}
	return nil
}

func (s Stage) loadThueringen(ctx context.Context) error {
	who, err := s.importer(ctx, Thueringen, "TMDI-OZG")
	if err != nil {
		return err
	}
	orgs, rejected, err := interchange.Organisations(bytes.NewReader(organisationsCSV))
	if err != nil || len(rejected) > 0 {
		return fmt.Errorf("seed of organisations: %w %v", err, rejected)
	}
	if _, err := organisation.NewService(s.DB).Import(ctx, who, append(orgs, bodies()...), false); err != nil {
		return err
	}
	if err := s.loadServices(ctx, who, servicesCSV); err != nil {
		return err
	}
	return s.assignProviders(ctx, who)
}

func (s Stage) loadDemoland(ctx context.Context) error {
	who, err := s.importer(ctx, Demoland, "D-OZG")
	if err != nil {
		return err
	}
	ministry := organisation.Organisation{Kind: organisation.Ministry, Key: "D-MIN", Name: "Ministerium Demoland", Short: "D-MIN"}
	if _, err := organisation.NewService(s.DB).Import(ctx, who, append(demolandBodies, ministry), false); err != nil {
		return err
	}
	return s.loadServices(ctx, who, []byte(demolandServices))
}

const demolandServices = `name,ozg_id,leika_schluessel,themenfeld,umsetzende_stelle,betreiber,fachressort,transport,fokusleistung,vollzugsebene,hinweis
Wohngeld,10092,99107023017000,Arbeit & Ruhestand,SH,Dataport,D-MIN,OSCI/XTA,ja,kreis,
Führerschein,10169,99023001012000,Mobilität & Reisen,HE,,D-MIN,FIT-Connect,ja,kreis,
`

func (s Stage) loadServices(ctx context.Context, who access.Actor, file []byte) error {
	orgs, err := organisation.NewService(s.DB).List(ctx, who)
	if err != nil {
		return err
	}
	services, rejected, err := interchange.Services(bytes.NewReader(file), servicesSource, organisation.Ministries(orgs))
	if err != nil || len(rejected) > 0 {
		return fmt.Errorf("seed of services: %w %v", err, rejected)
	}
	if _, err := catalog.New(s.DB).Import(ctx, who, services, false); err != nil {
		return err
	}
	steps, rejected, err := interchange.TemplateSteps(bytes.NewReader(templateCSV))
	if err != nil || len(rejected) > 0 {
		return fmt.Errorf("seed of the template: %w %v", err, rejected)
	}
	_, err = template.NewService(s.DB).Import(ctx, who, TemplateName, steps, false)
	return err
}

var providers = []string{"TLRZ", "KIV"}

// providerOf is the login of the provider that works for a body.
func providerOf(body string) string {
	for i, b := range bodies() {
		if b.Key == body {
			return strings.ToLower(providers[i%2])
		}
	}
	return ""
}

// assignProviders shares the bodies between the two providers: an invention of the demo.
func (s Stage) assignProviders(ctx context.Context, who access.Actor) error {
	keys := map[string][]string{}
	for i, b := range bodies() {
		keys[providers[i%2]] = append(keys[providers[i%2]], b.Key)
	}
	for provider, bodies := range keys {
		if err := organisation.NewService(s.DB).Assign(ctx, who, provider, bodies); err != nil {
			return err
		}
	}
	return nil
}

// importer signs in the technical person under whose name data come into a Land. No provider knows its issuer, so
// nobody else can.
func (s Stage) importer(ctx context.Context, landKey, orgKey string) (access.Actor, error) {
	return s.Operator.Importer(ctx, s.DB, landKey, orgKey)
}
