package decision

import (
	"context"

	"rollinportal/internal/audit"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// Expire ends the approvals whose last day is over, in the transaction of the workers' round that halts what runs on them;
// package onboarding has it.
func Expire(ctx context.Context, tx *postgres.Tx) ([]Decision, error) {
	ended, err := expire(ctx, tx)
	if err != nil {
		return nil, err
	}
	found := make([]Decision, len(ended))
	var entries []audit.Entry
	var told []notify.Notice
	for i, c := range ended {
		found[i] = c.Decision
		told = append(told, c.toldOfExpiry()...)
		entries = append(entries, c.entry("decision.expire", audit.Land, moved(c.Outcome, Expired), audit.Diff("Galt bis", "", workday.WrittenIf(c.ValidUntil))))
	}
	if len(found) == 0 {
		return nil, nil
	}
	return found, notify.Record(ctx, tx, entries, told...)
}
