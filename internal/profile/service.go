package profile

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// Service keeps the profiles.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Show returns the profile of a body as far as the reader may see it; NotFound if it is none of their business.
func (s *Service) Show(ctx context.Context, who access.Actor, bodyKey string) (*Profile, error) {
	var p *Profile
	err := s.db.Read(ctx, who, access.ProfileView, func(tx *postgres.Tx) (err error) {
		p, err = load(ctx, tx, bodyKey)
		return err
	})
	return p, err
}

// Edit returns the profile of the acting person's own body; NotFound for any other.
func (s *Service) Edit(ctx context.Context, who access.Actor, bodyKey string) (*Profile, error) {
	var p *Profile
	err := s.db.Read(ctx, who, access.ProfileEdit, func(tx *postgres.Tx) (err error) {
		if !owns(who, bodyKey) {
			return fault.Missing()
		}
		p, err = load(ctx, tx, bodyKey)
		return err
	})
	return p, err
}

// Save states a fact anew, or changes it. What it proves of basis steps is true at once in every onboarding.
func (s *Service) Save(ctx context.Context, who access.Actor, bodyKey string, in Input) error {
	spec, known := in.Kind.Spec()
	if !known {
		return fault.Missing()
	}
	in = in.tidy(spec)
	return s.db.Write(ctx, who, access.ProfileEdit, func(tx *postgres.Tx) error {
		if err := in.wrong(spec, tx.Today()).Err(); err != nil {
			return err
		}
		p, err := hold(ctx, tx, bodyKey)
		if err != nil {
			return err
		}
		before, err := p.judge(in, spec, who)
		if err != nil {
			return err
		}
		if err := save(ctx, tx, in); err != nil {
			return err
		}
		action := "profile.edit"
		if in.Version == 0 {
			action = "profile.add"
		}
		return settle(ctx, tx, in.Kind, entry(tx, in.Kind, in.ID, action, changes(spec, before, in)))
	})
}

// judge says whether the fact may be stated, and returns it as it is stated now.
func (p *Profile) judge(in Input, spec Spec, who access.Actor) (Fact, error) {
	now, there := p.Find(in.ID)
	mine := now.ConfirmedID == who.Person && in.states(now)
	switch {
	case there && now.Kind != in.Kind:
		return now, fault.Missing()
	case there && now.Version == in.Version+1 && mine:
		return now, postgres.ErrRepeated
	case !there && in.Version > 0:
		return now, fault.New(fault.Conflict, "Jemand hat diese Angabe inzwischen entfernt.")
	case there && now.Version != in.Version, !there && spec.Single && len(p.Of(in.Kind)) > 0:
		return now, fault.New(fault.Conflict, "Jemand hat diese Angabe inzwischen geändert.")
	}
	wrong := exceeded(p.Facts, in)
	wrong.If(in.Kind == Backend && p.hasBackend(in), Product, "Dieses Fachverfahren steht für die Leistung schon im Profil. Ändern Sie dort die Version.")
	return now, wrong.Err()
}

func (p *Profile) hasBackend(in Input) bool {
	return slices.ContainsFunc(p.Of(Backend), func(f Fact) bool {
		return f.ID != in.ID && f.ServiceSlug == in.Service && ProductKey(f.Get(Product)) == ProductKey(in.Details[Product])
	})
}

// Remove takes a fact out of the profile. What it proved is open again.
func (s *Service) Remove(ctx context.Context, who access.Actor, bodyKey string, kind Kind, id uuid.UUID, version int64) error {
	return s.db.Write(ctx, who, access.ProfileEdit, func(tx *postgres.Tx) error {
		p, err := hold(ctx, tx, bodyKey)
		if err != nil {
			return err
		}
		now, there := p.Find(id)
		switch {
		case !there || now.Kind != kind:
			return fault.Missing()
		case now.Version != version:
			return fault.New(fault.Conflict, "Jemand hat diese Angabe inzwischen geändert. Lesen Sie sie noch einmal, bevor Sie sie entfernen.")
		}
		if err := remove(ctx, tx, id); err != nil {
			return err
		}
		spec, _ := kind.Spec()
		return settle(ctx, tx, kind, entry(tx, kind, id, "profile.remove", changes(spec, now, Input{})))
	})
}

// Confirm says that everything in the profile still holds. Conflict if it is not what the person saw.
func (s *Service) Confirm(ctx context.Context, who access.Actor, bodyKey string, version int64) error {
	return s.db.Write(ctx, who, access.ProfileEdit, func(tx *postgres.Tx) error {
		return ConfirmKinds(ctx, tx, bodyKey, version)
	})
}

// ConfirmKinds says in a transaction that the facts of some kinds still hold, all of them if none is named. Conflict if the
// profile is not what the person saw, or says nothing of that.
func ConfirmKinds(ctx context.Context, tx *postgres.Tx, bodyKey string, version int64, kinds ...Kind) error {
	p, err := hold(ctx, tx, bodyKey)
	if err != nil {
		return err
	}
	if len(kinds) == 0 {
		kinds = Kinds
	}
	facts := slices.DeleteFunc(slices.Clone(p.Facts), func(f Fact) bool { return !slices.Contains(kinds, f.Kind) })
	switch {
	case len(facts) == 0:
		return fault.New(fault.Conflict, "Das Profil ist noch leer. Tragen Sie zuerst Angaben ein.")
	case p.Version == version+2 && confirmedBy(facts, tx.Who.Person):
		return postgres.ErrRepeated
	case p.Version != version+1: // held: one more than what is stored
		return fault.New(fault.Conflict, "Jemand hat das Profil inzwischen geändert. Lesen Sie die Angaben noch einmal, bevor Sie sie bestätigen.")
	}
	if err := confirm(ctx, tx, kinds); err != nil {
		return err
	}
	kind := Kind("")
	if len(kinds) == 1 {
		kind = kinds[0]
	}
	return settle(ctx, tx, kind, entry(tx, kind, tx.Org(), "profile.confirm", nil))
}

func confirmedBy(facts []Fact, person uuid.UUID) bool {
	return !slices.ContainsFunc(facts, func(f Fact) bool { return f.ConfirmedID != person })
}

// hold keeps other writers away from the own profile and reads it. It is one version on then.
func hold(ctx context.Context, tx *postgres.Tx, bodyKey string) (*Profile, error) {
	if !owns(tx.Who, bodyKey) {
		return nil, fault.Missing()
	}
	if err := touch(ctx, tx); err != nil {
		return nil, err
	}
	return load(ctx, tx, bodyKey)
}

// owns reports whether a profile is that of the acting person's body.
func owns(who access.Actor, bodyKey string) bool { return who.Org.IsBody() && who.Org.Key == bodyKey }

// settle brings the basis steps in line with the profile as it is now; kind "" looks at all of them.
func settle(ctx context.Context, tx *postgres.Tx, kind Kind, e audit.Entry) error {
	if err := audit.Record(ctx, tx, e); err != nil {
		return err
	}
	keys := StepsFor(kind)
	if kind == "" {
		keys = allSteps()
	}
	if len(keys) == 0 {
		return nil
	}
	facts, err := listFacts(ctx, tx, tx.Org())
	if err != nil {
		return err
	}
	return onboarding.Prove(ctx, tx, tx.Org(), keys, proofs(facts, keys))
}

// entry is what the trail says about a fact. What a provider does not see of a profile, it does not read there either.
func entry(tx *postgres.Tx, kind Kind, id uuid.UUID, action string, changes []audit.Change) audit.Entry {
	visibility := audit.Private
	if slices.Contains(ForProviders, kind) {
		visibility = audit.Org
	}
	spec, _ := kind.Spec()
	title := spec.Word
	if title == "" {
		title = "Profil"
	}
	return audit.Entry{Org: tx.Org(), Action: action, Kind: "profile", Record: id, Parent: tx.Org(), Title: title, Visibility: visibility, Changes: changes}
}

// ForProviders are the kinds of facts that an assigned provider sees: what its steps need.
var ForProviders = []Kind{PostOffice, Configuration, Certificate, DVDV, Destination}

// changes says what became of a fact. Of people it says that something changed, not what: the trail is kept for ever.
func changes(spec Spec, before Fact, in Input) []audit.Change {
	var found []audit.Change
	for _, f := range spec.Fields {
		was, is := before.Details[f.Name], in.Details[f.Name]
		if f.Personal && was != is {
			was, is = "", "geändert"
		}
		found = append(found, audit.Diff(f.Word, shown(f, was), shown(f, is))...)
	}
	return append(found, audit.Diff("Für andere Kommunen sichtbar", audit.YesNo(before.Released), audit.YesNo(in.Released))...)
}

func shown(f Field, value string) string {
	if d := parseDay(value); f.Day && d != nil {
		return workday.Written(*d)
	}
	return value
}
