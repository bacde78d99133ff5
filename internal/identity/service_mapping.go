package identity

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/organisation"
	"rollinportal/internal/postgres"
)

// Mapping returns the rules of the Land.
func (s *Service) Mapping(ctx context.Context, who access.Actor) (found Mapping, err error) {
	err = s.db.Read(ctx, who, access.MemberMap, func(tx *postgres.Tx) error {
		found, err = readMapping(ctx, tx)
		return err
	})
	return found, err
}

// AddRule makes a rule; it counts for sign-ins from now on, if rules are on. Twice makes one.
func (s *Service) AddRule(ctx context.Context, who access.Actor, r NewRule) error {
	if err := r.wrong(); err != nil {
		return err
	}
	return s.db.Write(ctx, who, access.MemberMap, func(tx *postgres.Tx) error {
		target, err := organisation.Find(ctx, tx, r.OrgKey)
		if fault.KindOf(err) == fault.NotFound {
			return fault.InField("org", "Wählen Sie eine Organisation aus der Liste.")
		}
		if err != nil {
			return err
		}
		if err := r.fits(tx.Who.Role, target); err != nil {
			return err
		}
		if err := insertRule(ctx, tx, r, target.ID); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "rule.added", Kind: "claim_rule", Record: r.ID, Title: "Anmelderegel", Visibility: audit.Land,
			Changes: ruleChanges("", r.Claim+" = "+r.Value, "", string(r.Role)+" in "+target.Name),
		})
	})
}

func ruleChanges(ruleBefore, rule, grantBefore, grant string) []audit.Change {
	return append(audit.Diff("Regel", ruleBefore, rule), audit.Diff("Rolle", grantBefore, grant)...)
}

// RemoveRule ends a rule and at once everybody's membership that it gave. Two who remove the same do it once. NotFound if
// there was none such.
func (s *Service) RemoveRule(ctx context.Context, who access.Actor, id uuid.UUID) error {
	return s.db.Write(ctx, who, access.MemberMap, func(tx *postgres.Tx) error {
		r, err := deleteRule(ctx, tx, id)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "rule.removed", Kind: "claim_rule", Record: id, Title: "Anmelderegel", Visibility: audit.Land,
			Changes: ruleChanges(r.Claim+" = "+r.Value, "", string(r.Role)+" in "+r.Org, ""),
		})
	})
}

// TurnRules turns the rules of the Land on or off.
func (s *Service) TurnRules(ctx context.Context, who access.Actor, on bool) error {
	return s.db.Write(ctx, who, access.MemberMap, func(tx *postgres.Tx) error {
		tag, err := tx.Exec(ctx, `UPDATE portal.land SET claims_grant = @on WHERE land_id = @land AND claims_grant <> @on`,
			pgx.StrictNamedArgs{"land": tx.Land(), "on": on})
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return postgres.ErrRepeated
		}
		words := map[bool]string{true: "gelten", false: "gelten nicht"}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "rule.turned", Kind: "land", Record: tx.Land(), Title: "Anmelderegeln", Visibility: audit.Land,
			Changes: audit.Diff("Anmelderegeln", words[!on], words[on]),
		})
	})
}

// Try says what would happen if the person that the claims describe signed in, and changes nothing.
func (s *Service) Try(ctx context.Context, who access.Actor, claims string) (found Trial, m Mapping, err error) {
	sent, wrong := readClaims(claims)
	err = s.db.Read(ctx, who, access.MemberMap, func(tx *postgres.Tx) error {
		if m, err = readMapping(ctx, tx); err != nil || wrong != nil {
			return err
		}
		found.On = m.On
		found.Judgements, err = tryClaims(ctx, tx, sent)
		return err
	})
	if err == nil {
		err = wrong
	}
	return found, m, err
}
