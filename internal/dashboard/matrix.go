package dashboard

import (
	"context"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/organisation"
	"rollinportal/internal/postgres"
)

// The window of a matrix: more rows or columns than that stand on further pages.
const (
	MatrixServices = 20
	MatrixBodies   = 25
)

// MatrixFilter narrows a matrix and says which window of it to show. An empty field narrows nothing.
type MatrixFilter struct {
	Topic   string
	Service string // slug
	Kind    organisation.Kind
	Stage   Stage // only services and bodies that have an onboarding there
	Rows    int   // which window of services, from 1
	Columns int   // which window of bodies, from 1
}

func (f MatrixFilter) states() []onboarding.State {
	if f.Stage == "" {
		return []onboarding.State{}
	}
	return f.Stage.States()
}

// Matrix is a window of services × bodies, with everything that is known of each onboarding at a glance.
type Matrix struct {
	At          time.Time
	Services    []MatrixLine // by topic and name
	Bodies      []Body       // kreisfreie Städte first, each group by name
	AllServices int          // that the filter finds, here and on other pages
	AllBodies   int
	Topics      []string // of all services in roll-in, by name
	Choices     []Choice // all services in roll-in

	rows [][]MatrixCell
}

// MatrixLine is a service in a matrix.
type MatrixLine struct {
	Slug  string `json:"slug"`
	Name  string `json:"name"`
	Topic string `json:"topic"`
}

// MatrixCell is a cell, and since when it has been like that.
type MatrixCell struct {
	Cell
	Since       time.Time  // of the state
	ConfirmedAt *time.Time // when the body last said so
	Unconfirmed bool       // that was too long ago
}

// Row returns the cells of the n-th service, in the order of the bodies.
func (m *Matrix) Row(n int) []MatrixCell { return m.rows[n] }

// Matrix returns a window of the matrix: of everything for the Land, of its own services for a ministry, of its own
// bodies for everybody else.
func (s *Service) Matrix(ctx context.Context, who access.Actor, f MatrixFilter) (m *Matrix, err error) {
	err = s.db.ReadSteady(ctx, who, access.RolloutView, func(tx *postgres.Tx) error {
		if err := oneByOne(tx); err != nil {
			return err
		}
		m, err = readMatrix(ctx, tx, f)
		return err
	})
	return m, err
}
