package postgres

import (
	"reflect"
	"sync"
)

// facts hold what was read from a database and never becomes another there, a value of each type.
type facts struct{ of sync.Map }

// Forever returns the one value of a type that is kept beside the database of tx; begin makes it. Only what no statement
// can change belongs there, and whatever rests there is safe for all transactions at once.
func Forever[T any](tx *Tx, begin func() *T) *T {
	kind := reflect.TypeFor[T]()
	if found, there := tx.facts.of.Load(kind); there {
		return found.(*T)
	}
	found, _ := tx.facts.of.LoadOrStore(kind, begin())
	return found.(*T)
}
