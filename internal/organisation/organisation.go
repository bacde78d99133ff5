package organisation

import (
	"time"

	"github.com/google/uuid"
)

// Kind says what an organisation is.
type Kind string

// The kinds of organisation.
const (
	StateCoordination Kind = "state_coordination"
	Ministry          Kind = "ministry"
	District          Kind = "district"
	IndependentCity   Kind = "independent_city"
	ITProvider        Kind = "it_provider"
	EfAProvider       Kind = "efa_provider"
	Association       Kind = "association"
	Committee         Kind = "committee"
	Operator          Kind = "operator"
)

// IsBody reports whether services are rolled in there: Landkreise and kreisfreie Städte.
func (k Kind) IsBody() bool { return k == District || k == IndependentCity }

// Organisation is one organisation of a Land. Key is unique in the Land: the Kreisschlüssel of a body, the Kürzel of
// everyone else.
type Organisation struct {
	ID           uuid.UUID `db:"org_id"`
	Kind         Kind
	Key          string
	Name         string
	Short        string // Kfz-Kennzeichen of a body
	Task         string
	ValidFrom    *time.Time
	ValidTo      *time.Time // last day
	SuccessorKey *string
	Seat         string
	Population   *int
	PopulationOn *time.Time
	TileColumn   *int // place on the tile map, counted from the north-west
	TileRow      *int
	Ended        bool // its last day is over
}

// Ministries returns the keys of the ministries among organisations.
func Ministries(all []Organisation) []string {
	var keys []string
	for _, o := range all {
		if o.Kind == Ministry {
			keys = append(keys, o.Key)
		}
	}
	return keys
}

// Outcome counts what an import did, or would do.
type Outcome struct{ Added, Changed, Same int }
