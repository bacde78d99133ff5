package hurdle

import (
	"context"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// PageSize is how many obstacles a page of the list shows.
const PageSize = 50

// Filter narrows and orders the list. With no state set it finds what is open.
type Filter struct {
	States    []State // of obstacles that were not merged
	Escalated bool    // only those
	Any       bool    // every state, merged ones included
	Dimension Dimension
	Age       int    // which of Ages, from 1; 0 for any
	Service   string // slug
	Sort      string // a key of sorts; a leading minus turns the order
	Page      int    // from 1
}

// Ages are the first days of four spans in which an obstacle may stand: two weeks, a month, two months, longer.
var Ages = []int{0, 15, 31, 61}

// Cluster is how many open obstacles of a dimension have stood for one of Ages.
type Cluster struct {
	Dimension Dimension `json:"dimension"`
	Age       int       `json:"age"` // from 1
	Obstacles int       `json:"obstacles"`
	Bodies    int       `json:"bodies"` // that the widest of them affects
}

func (f Filter) states() []State {
	switch {
	case f.Any:
		return []State{}
	case len(f.States) > 0:
		return f.States
	}
	return []State{Reported, Confirmed, InProgress}
}

// Overview is a page of obstacles, and what there is in all.
type Overview struct {
	Found    []Obstacle // for a committee, what is on its agenda
	Total    int        // how many the filter finds
	Open     map[Dimension]int
	Clusters []Cluster       // of what is open, by dimension and age
	Services []ServiceChoice // to filter by
}

// ServiceChoice is a service in which something hinders.
type ServiceChoice struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

// List returns the obstacles that the reader may see, those that affect most bodies for the longest time first. A body
// finds those that affect it, a committee learns how many there are.
func (s *Service) List(ctx context.Context, who access.Actor, f Filter) (v Overview, err error) {
	err = s.db.Read(ctx, who, access.ObstacleView, func(tx *postgres.Tx) error {
		if tx.Reach == access.Aggregates {
			if v.Open, err = countAll(ctx, tx); err != nil {
				return err
			}
			v.Found, v.Total, err = list(ctx, tx, f)
			return err
		}
		if v.Found, v.Total, err = list(ctx, tx, f); err != nil {
			return err
		}
		v.Open, v.Clusters, v.Services, err = count(ctx, tx)
		return err
	})
	return v, err
}
