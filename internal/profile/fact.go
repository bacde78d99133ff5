package profile

import (
	"strings"
	"time"

	"github.com/google/uuid"
)

// Fact is one thing that a body said about itself.
type Fact struct {
	ID          uuid.UUID `db:"fact_id"`
	Kind        Kind
	Details     map[string]string
	ServiceSlug string
	ServiceName string
	Released    bool // a contact that other bodies may see
	ConfirmedAt time.Time
	ConfirmedID uuid.UUID
	ConfirmedBy string // their name; "" where the reader may not know it
	Version     int64
}

// Get returns a detail, "" if it is not stated.
func (f Fact) Get(name string) string { return f.Details[name] }

// Day returns a detail that is a day, nil if it is not stated.
func (f Fact) Day(name string) *time.Time { return parseDay(f.Details[name]) }

// Profile is what is known of a body, as far as the reader may see it.
type Profile struct {
	BodyID   uuid.UUID
	BodyKey  string
	BodyName string
	Version  int64          // 0 while nothing is stated
	Uses     map[string]int // by key of a basis step: the onboardings that lean on it
	Services []Choice       // that a fact may belong to, by name
	Facts    []Fact         `db:"-"`
	Today    time.Time      `db:"-"`
}

// Choice is a published service that the body is competent for.
type Choice struct{ Slug, Name string }

// Of returns the facts of a kind.
func (p *Profile) Of(kind Kind) []Fact { return of(p.Facts, kind) }

// Find returns a fact by its id.
func (p *Profile) Find(id uuid.UUID) (Fact, bool) {
	for _, f := range p.Facts {
		if f.ID == id {
			return f, true
		}
	}
	return Fact{}, false
}

func of(facts []Fact, kind Kind) []Fact {
	var found []Fact
	for _, f := range facts {
		if f.Kind == kind {
			found = append(found, f)
		}
	}
	return found
}

// Input is a fact as somebody states it, with the version they saw.
type Input struct {
	ID       uuid.UUID // made with the form, so that sending it twice states the fact once
	Version  int64     // 0: it is new
	Kind     Kind
	Details  map[string]string
	Service  string // slug
	Released bool
}

// tidy keeps only the details that the kind has, without surrounding space, and none that is empty.
func (in Input) tidy(spec Spec) Input {
	kept := map[string]string{}
	for _, f := range spec.Fields {
		if value := strings.TrimSpace(in.Details[f.Name]); value != "" {
			kept[f.Name] = value
		}
	}
	if value := kept[Fingerprint]; value != "" && checkFingerprint(value) == "" {
		kept[Fingerprint] = colons(bareFingerprint(value))
	}
	in.Details = kept
	in.Released = in.Released && in.Kind == Contact
	if !spec.HasService() {
		in.Service = ""
	}
	return in
}

func (in Input) day(name string) *time.Time { return parseDay(in.Details[name]) }

// ends is when a certificate ends; nil for everything else.
func (in Input) ends() *time.Time {
	if in.Kind != Certificate {
		return nil
	}
	return in.day(ValidTo)
}

// colons writes a fingerprint as certificate tools show it.
func colons(hex string) string {
	var out strings.Builder
	for i := 0; i < len(hex); i += 2 {
		if i > 0 {
			out.WriteByte(':')
		}
		out.WriteString(hex[i : i+2])
	}
	return out.String()
}

// states reports whether a fact says what the input says.
func (in Input) states(f Fact) bool {
	if len(in.Details) != len(f.Details) || in.Service != f.ServiceSlug || in.Released != f.Released {
		return false
	}
	for name, value := range in.Details {
		if f.Details[name] != value {
			return false
		}
	}
	return true
}
