package savedview

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
)

// Most is how many views a person keeps.
const Most = 20

const (
	longestName  = 80
	longestQuery = 2000
)

// View is a state of the matrix under a name.
type View struct {
	ID      uuid.UUID `db:"view_id"`
	Name    string
	Query   string // as it stands in the address
	Shared  bool   // with the own organisation
	Own     bool
	Owner   string // by name
	SavedAt time.Time
	Version int64
}

// Input is what a person says about a view.
type Input struct {
	Name   string
	Query  string
	Shared bool
}

func (in Input) tidy() Input {
	in.Name = strings.Join(strings.Fields(in.Name), " ")
	return in
}

func (in Input) check() error {
	switch {
	case in.Name == "":
		return fault.InField("name", "Geben Sie der Ansicht einen Namen.")
	case utf8.RuneCountInString(in.Name) > longestName:
		return fault.InField("name", "Kürzen Sie den Namen auf höchstens "+strconv.Itoa(longestName)+" Zeichen.")
	case utf8.RuneCountInString(in.Query) > longestQuery:
		return fault.InField("name", "Diese Ansicht hat zu viele Filter. Wählen Sie weniger Einheiten.")
	}
	return nil
}

// fits says why a view of that name cannot stand beside the person's others; nil if it can.
func fits(others []View, id uuid.UUID, name string) error {
	own := 0
	for _, v := range others {
		if !v.Own || v.ID == id {
			continue
		}
		own++
		if v.Name == name {
			return fault.InField("name", "So heißt schon eine Ihrer Ansichten. Wählen Sie einen anderen Namen.")
		}
	}
	if own >= Most {
		return fault.InField("name", "Sie haben schon "+strconv.Itoa(Most)+" Ansichten. Löschen Sie eine, die Sie nicht mehr brauchen.")
	}
	return nil
}
