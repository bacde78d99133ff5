package demo

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/profile"
)

// jenaCertificateEnds is the day on which Jena's certificate for OSCI ends: the story of scenario 8.
const jenaCertificateEnds = "2026-11-30"

// backends are invented products: some bodies use the same one for a service, and may learn from each other.
var backends = []struct {
	slug, product, vendor string
	bodies                []string
}{
	{"wohngeld", "WoGeVa", vendors[0], []string{"16053", "16051", "16054", "16076"}},
	{"wohngeld", "Mietzuschuss Pro", vendors[1], []string{"16052", "16067"}},
	{"fuehrerschein", "FahrAkte", vendors[2], []string{"16053", "16054", "16070"}},
}

// profileDay is when the towns of the story state their profiles.
const profileDay = "2026-05-04"

// planProfiles has Jena state its whole profile, with a certificate that ends soon, and some bodies their Fachverfahren.
func (p *player) planProfiles() {
	for _, b := range backends {
		for _, body := range b.bodies {
			p.planFact(body, profile.Input{Kind: profile.Backend, Service: b.slug, Details: map[string]string{
				profile.Product: b.product, profile.Release: "4.2", profile.Vendor: b.vendor,
			}})
		}
	}
	fingerprint := strings.Repeat("5C:0A:91:E7:", 7) + "5C:0A:91:E7"
	stated := map[profile.Kind]map[string]string{
		profile.Contact:    {profile.Role: profile.Coordinator, profile.Name: "Jonas Beispiel", profile.Function: "OZG-Koordination", profile.Email: "ozg@jena.example"},
		profile.Mailbox:    {profile.Email: "onlinedienste@jena.example"},
		profile.PostOffice: {profile.Product: profile.ProGovBasic},
		profile.DMS:        {profile.Product: "VIS Smart Suite von PDV"},
		profile.Variant:    {profile.Product: "OSCI über virtuelle Poststelle"},
		profile.Payment:    {profile.Product: "Landes-Basisdienst E-Payment", profile.TestedOn: "2026-04-14"},
		profile.Certificate: {
			profile.Purpose: profile.ForOSCI, profile.Subject: "CN=GRP: Musterbehörde Jena 2024-OSCI,O=Demonstration", profile.Issuer: "CN=Demo-CA,O=Demonstration",
			profile.Fingerprint: fingerprint, profile.ValidFrom: "2024-11-30", profile.ValidTo: jenaCertificateEnds, profile.Custodian: "IT-Abteilung",
		},
		profile.Links: {"privacy": "https://jena.example/datenschutz", "imprint": "https://jena.example/impressum", "accessibility": "https://jena.example/barrierefreiheit"},
	}
	for _, kind := range profile.Kinds {
		details, known := stated[kind]
		if !known {
			continue
		}
		p.planFact("16053", profile.Input{Kind: kind, Details: details, Released: kind == profile.Contact})
	}
	for _, name := range []string{"Wohngeld", "Führerschein", "Einwohnermeldeamt", "Standesamt", "Ausländerbehörde"} {
		p.planFact("16053", profile.Input{Kind: profile.Configuration, Details: map[string]string{profile.Name: name, profile.TestedOn: "2026-04-20"}})
	}
}

// planRoles has most bodies name who coordinates and who stands in: those who sign in for them. Every fourth has not come
// to it yet; Jena states its profile as a whole.
func (p *player) planRoles() {
	roles := map[string]string{"KK": profile.Coordinator, "KB": profile.Deputy}
	for i, who := range People() {
		role, known := roles[who.Role]
		if !known || who.LandKey != Thueringen || who.OrgKey == "16053" || i%8 < 2 {
			continue
		}
		p.planFact(who.OrgKey, profile.Input{Kind: profile.Contact, Details: map[string]string{
			profile.Role: role, profile.Name: who.Name, profile.Function: "OZG-Koordination", profile.Email: who.Email(),
		}})
	}
}

func (p *player) planFact(body string, in profile.Input) {
	p.by("k"+body, day(profileDay), "state "+string(in.Kind), func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		in.ID = uuid.New()
		return over, profile.NewService(p.DB).Save(ctx, who, body, in)
	})
}
