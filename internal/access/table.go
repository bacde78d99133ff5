package access

import (
	_ "embed" // the permission table
	"encoding/csv"
	"fmt"
	"strings"
)

// Action is a row of the permission table, such as "decision.decide".
type Action string

// Reach is a cell of the permission table.
type Reach string

// How far a role may go with an action.
const (
	None        Reach = ""
	WholeLand   Reach = "L"
	Own         Reach = "O"
	Responsible Reach = "Z"
	Published   Reach = "P"
	Aggregates  Reach = "G"
	Self        Reach = "S"
	WithToken   Reach = "T"
	AllLaender  Reach = "X"
	Everybody   Reach = "*"
)

// Rule is a row of the permission table.
type Rule struct {
	Action  Action
	Routes  string // as the table names them, "" while the action is not built
	Cells   map[Role]Reach
	Remarks string
	NotYet  string // since when the action is known and not built, as a date
}

//go:embed rechte.csv
var csvTable string

var (
	rules = parse(csvTable)
	table = index(rules)
)

// Rules returns the permission table in its own order.
func Rules() []Rule { return rules }

// Known reports whether an action has a row in the table.
func Known(action Action) bool { _, ok := table[action]; return ok }

func index(rules []Rule) map[Action]Rule {
	m := make(map[Action]Rule, len(rules))
	for _, r := range rules {
		m[r.Action] = r
	}
	return m
}

// parse panics on a malformed table: it is compiled in, so that is a programming mistake.
func parse(text string) []Rule {
	in := csv.NewReader(strings.NewReader(text))
	in.Comma = ';'
	rows, err := in.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("permission table: %v", err))
	}
	var found []Rule
	for _, row := range rows[1:] {
		r := Rule{Action: Action(row[0]), Routes: row[1], Cells: map[Role]Reach{}, Remarks: row[12], NotYet: row[13]}
		for i, role := range Roles {
			r.Cells[role] = reach(row[2+i])
		}
		found = append(found, r)
	}
	return found
}

func reach(cell string) Reach {
	switch r := Reach(cell); r {
	case "-":
		return None
	case WholeLand, Own, Responsible, Published, Aggregates, Self, WithToken, AllLaender, Everybody:
		return r
	}
	panic("permission table: unknown cell " + cell)
}

// Allows reports whether a role may take an action on anything at all.
func Allows(action Action, role Role) bool { return table[action].Cells[role] != None }
