package dashboard

import (
	"sync"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// pictures are Lagebilder that were counted before (ADR 0033). A picture follows from the records of a Land, from the day
// and from who looks; as long as none of them is another, it need not be counted again.
type pictures struct {
	mu    sync.Mutex
	of    map[reader]kept
	cells int // of all of them
}

// reader is who looks: nobody sees what was counted for another membership.
type reader struct {
	membership uuid.UUID
	role       access.Role
	land       access.Land
	org        access.Org
}

// view is all that a picture follows from.
type view struct {
	reader reader
	state  state
}

type state struct {
	moment audit.Moment
	day    time.Time
}

type kept struct {
	state   state
	picture *Picture
}

// mostCells bounds the memory that pictures take, which is about half a kilobyte for a cell.
const mostCells = 60_000

func viewOf(tx *postgres.Tx, moment audit.Moment) view {
	return view{reader{tx.Who.Membership, tx.Who.Role, tx.Who.Land, tx.Who.Org}, state{moment, workday.Day(tx.Now)}}
}

// find returns the picture of a view, nil if there is none.
func (k *pictures) find(v view) *Picture {
	k.mu.Lock()
	defer k.mu.Unlock()
	if found := k.of[v.reader]; found.state == v.state {
		return found.picture
	}
	return nil
}

// keep replaces what the same reader saw before. Where there is no room, all others go: they are counted again when
// somebody looks.
func (k *pictures) keep(v view, p *Picture) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if old := k.of[v.reader].picture; old != nil {
		k.cells -= old.cells()
	}
	if k.of == nil || k.cells+p.cells() > mostCells {
		k.of, k.cells = map[reader]kept{}, 0
	}
	k.of[v.reader] = kept{v.state, p}
	k.cells += p.cells()
}

func (p *Picture) cells() int { return len(p.Services) * len(p.Bodies) }
