package dashboard

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/organisation"
	"rollinportal/internal/postgres"
	"rollinportal/internal/savedview"
)

// The window of a matrix: more rows or columns than that stand on further pages.
const (
	MatrixServices = 20
	MatrixBodies   = 25
	mostServices   = 500 // in a file
	mostBodies     = 1000
)

// MatrixFilter narrows a matrix and says which window of it to show. An empty field narrows nothing.
type MatrixFilter struct {
	Topic   string
	Service string // slug
	Kind    organisation.Kind
	Stage   Stage    // only services and bodies that have an onboarding there
	Bodies  []string // keys; empty: all
	Lines   LineOrder
	Across  BodyOrder
	Rows    int  // which window of services, from 1
	Columns int  // which window of bodies, from 1
	Batch   int  // the number of an act of the reader's organisation on many steps, whose cells are marked
	whole   bool // every row and column, for a file
}

// LineOrder says how the services of a matrix are ordered.
type LineOrder string

// The orders of services.
const (
	ByTopic       LineOrder = ""
	ByServiceName LineOrder = "name"
)

// BodyOrder says how the bodies of a matrix are ordered. By wave they stand only for one service.
type BodyOrder string

// The orders of bodies.
const (
	ByKind     BodyOrder = ""
	ByBodyName BodyOrder = "name"
	ByWave     BodyOrder = "wave"
)

// windows are how many services and bodies the filter shows at once.
func (f MatrixFilter) windows() (services, bodies int) {
	if f.whole {
		return mostServices, mostBodies
	}
	return MatrixServices, MatrixBodies
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
	Services    []MatrixLine
	Bodies      []MatrixColumn
	AllServices int // that the filter finds, here and on other pages
	AllBodies   int
	Topics      []string         // of all services in roll-in, by name
	Choices     []Choice         // all services in roll-in
	AllColumns  []Choice         // all bodies that the reader may show, whatever the filter says
	Views       []savedview.View // that the reader may open
	Batch       *MatrixBatch

	rows [][]MatrixCell
}

// MatrixLine is a service in a matrix.
type MatrixLine struct {
	Slug  string `json:"slug"`
	Name  string `json:"name"`
	Topic string `json:"topic"`
}

// MatrixColumn is a body in a matrix, with the wave it belongs to for the one service that is shown.
type MatrixColumn struct {
	Body
	Wave string `json:"wave"` // "" where there is none, or several services
}

// MatrixBatch is an act on many steps whose cells the matrix marks.
type MatrixBatch struct {
	onboarding.Batch
	Count int // of its steps, without those that are undone
}

// MatrixCell is a cell, and since when it has been like that.
type MatrixCell struct {
	Cell
	Since       time.Time  // of the state; of the Produktivstart where it is live
	ConfirmedAt *time.Time // when the body last said so
	Changed     bool       // by the batch that the filter names
}

// Running reports whether steps of the cell can change.
func (c MatrixCell) Running() bool { return c.State != "" && !c.State.Aside() }

// Row returns the cells of the n-th service, in the order of the bodies.
func (m *Matrix) Row(n int) []MatrixCell { return m.rows[n] }

// OfService returns in how many bodies of the window its n-th service is live.
func (m *Matrix) OfService(n int) Share {
	var sum Share
	for _, c := range m.rows[n] {
		sum = sum.Plus(c.share())
	}
	return sum
}

// OfBody returns how many services of the window are live in its n-th body.
func (m *Matrix) OfBody(n int) Share {
	var sum Share
	for _, row := range m.rows {
		sum = sum.Plus(row[n].share())
	}
	return sum
}

// Matrix returns a window of the matrix: of everything for the Land, of its own services for a ministry, of its own
// bodies for everybody else. Readers share what is in it and change nothing.
func (s *Service) Matrix(ctx context.Context, who access.Actor, f MatrixFilter) (m *Matrix, err error) {
	err = s.db.ReadMoment(ctx, who, access.RolloutView, func(tx *postgres.Tx, at postgres.Moment) error {
		if err := oneByOne(tx); err != nil {
			return err
		}
		kept, err := s.matrices.Read(tx, at, f.name(), func() (*Matrix, error) { return readMatrix(ctx, tx, f) })
		if err != nil {
			return err
		}
		m = kept.at(tx.Now)
		return nil
	})
	return m, err
}

// name is another one for every other filter, and as short for a long list of bodies.
func (f MatrixFilter) name() [sha256.Size]byte { return sha256.Sum256(fmt.Appendf(nil, "%#v", f)) }

func (m *Matrix) size() int { return sizeOfCell * (1 + len(m.Services)*len(m.Bodies)) }

// at is a copy that says when somebody looks.
func (m *Matrix) at(now time.Time) *Matrix {
	seen := *m
	seen.At = now
	if m.Batch != nil {
		batch := *m.Batch
		batch.At = now
		seen.Batch = &batch
	}
	return &seen
}

// ExportMatrix returns every row and column that the filter finds, and notes that they left the portal.
func (s *Service) ExportMatrix(ctx context.Context, who access.Actor, f MatrixFilter) (m *Matrix, err error) {
	f.whole, f.Rows, f.Columns = true, 1, 1
	err = s.db.Write(ctx, who, access.ExportData, func(tx *postgres.Tx) error {
		if err := oneByOne(tx); err != nil {
			return err
		}
		read, err := readMatrix(ctx, tx, f)
		if err != nil {
			return err
		}
		m = read.at(tx.Now)
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "matrix.export", Kind: "matrix", Record: tx.Org(), Title: "Matrix als Datei", Visibility: audit.Org,
			Changes: slices.Concat(audit.Diff("Leistungen", "", strconv.Itoa(m.AllServices)), audit.Diff("Einheiten", "", strconv.Itoa(m.AllBodies))),
		})
	})
	return m, err
}
