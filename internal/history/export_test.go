package history

import (
	"context"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// ReadCourse reads today's Course by itself.
func ReadCourse(ctx context.Context, db *postgres.DB, who access.Actor) (c Course, err error) {
	err = db.Read(ctx, who, access.ReportView, func(tx *postgres.Tx) error {
		r, args := AskCourse(tx)
		if err := tx.QueryRow(ctx, CourseStatement, args).Scan(r.Targets()...); err != nil {
			return err
		}
		c = r.Course()
		return nil
	})
	return c, err
}
