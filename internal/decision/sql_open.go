package decision

import (
	"context"

	"rollinportal/internal/postgres"
)

// ListOpen returns the cases that are not decided, as far as the transaction's permission reaches: those that wait for
// the acting person first. It is for the start page of a ministry.
func ListOpen(ctx context.Context, tx *postgres.Tx) ([]Listed, error) {
	return list(ctx, tx, Filter{States: []State{Draft, InReview, Submitted}})
}
