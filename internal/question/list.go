package question

import (
	"context"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// PageSize is how many questions a page of the list shows.
const PageSize = 50

// Filter narrows the list. Without All it leaves out what is closed.
type Filter struct {
	All      bool
	Asked    bool // only what wants or wanted an answer
	Answered bool // only what does not wait for one
	Page     int  // from 1
}

// Overview is a page of questions, and the helps that were published.
type Overview struct {
	Found []Question
	Total int // how many the filter finds
	Helps []Help
}

// List returns a page of the questions the reader takes part in: first those that wait for the reader's side and those
// that wait for others, the longest waiting first; then what is new; then the rest.
func (s *Service) List(ctx context.Context, who access.Actor, f Filter) (v Overview, err error) {
	err = s.db.Read(ctx, who, access.QuestionView, func(tx *postgres.Tx) error {
		if v.Found, v.Total, err = list(ctx, tx, f); err != nil {
			return err
		}
		v.Helps, err = listHelps(ctx, tx)
		return err
	})
	return v, err
}

// Exchange returns the place of a body's checklist with all that was asked and said about it, the newest first;
// NotFound if the checklist is none of the reader's.
func (s *Service) Exchange(ctx context.Context, who access.Actor, at Where) (p Place, found []Question, err error) {
	err = s.db.Read(ctx, who, access.NoteView, func(tx *postgres.Tx) error {
		if p, err = place(ctx, tx, at); err != nil {
			return err
		}
		found, err = listOf(ctx, tx, p)
		return err
	})
	return p, found, err
}
