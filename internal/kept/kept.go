package kept

import (
	"sync"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// longest is how long an answer stands at most. What changes by the portal shows at once; this is for what somebody changes
// behind its back, with SQL by hand.
const longest = 10 * time.Minute

// Shelf keeps the answers of a process to questions Q.
type Shelf[Q comparable, V any] struct {
	most int
	size func(V) int

	mu   sync.Mutex
	of   map[place[Q]]answer[V]
	full int
}

// place is where an answer stands: nobody is shown what was read for another membership.
type place[Q comparable] struct {
	membership uuid.UUID
	role       access.Role
	land       access.Land // with its settings
	org        access.Org
	asked      Q
}

// state is all else that an answer follows from.
type state struct {
	moment postgres.Moment
	day    time.Time
}

type answer[V any] struct {
	state state
	value V
	since time.Time
}

// NewShelf returns a shelf for answers of most bytes together. size says about how many one of them takes.
func NewShelf[Q comparable, V any](most int, size func(V) int) *Shelf[Q, V] {
	return &Shelf[Q, V]{most: most, size: size, of: map[place[Q]]answer[V]{}}
}

// Read returns what read returns, or what it returned when the same reader asked the same and everything was as it is
// at the moment of tx. An error is not kept.
func (s *Shelf[Q, V]) Read(tx *postgres.Tx, at postgres.Moment, asked Q, read func() (V, error)) (V, error) {
	p, now := place[Q]{tx.Who.Membership, tx.Who.Role, tx.Who.Land, tx.Who.Org, asked}, state{at, tx.Today()}
	if found, there := s.find(p, now, tx.Now); there {
		return found, nil
	}
	found, err := read()
	if err == nil {
		s.keep(p, answer[V]{now, found, tx.Now})
	}
	return found, err
}

func (s *Shelf[Q, V]) find(p place[Q], now state, at time.Time) (V, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, there := s.of[p]
	return found.value, there && found.state == now && at.Sub(found.since) < longest
}

// keep replaces what stood there. Where there is no room, others go, whichever: they are read again when somebody asks.
func (s *Shelf[Q, V]) keep(p place[Q], a answer[V]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop(p)
	need := s.size(a.value)
	if need > s.most {
		return
	}
	for other := range s.of {
		if s.full+need <= s.most {
			break
		}
		s.drop(other)
	}
	s.of[p] = a
	s.full += need
}

func (s *Shelf[Q, V]) drop(p place[Q]) {
	if old, there := s.of[p]; there {
		s.full -= s.size(old.value)
		delete(s.of, p)
	}
}
