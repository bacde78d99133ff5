package kept_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/kept"
	"rollinportal/internal/postgres"
)

// look is one look at a shelf.
type look struct {
	tx    postgres.Tx
	at    postgres.Moment
	asked string
}

func first() look {
	return look{postgres.Tx{
		Who: access.Actor{
			Membership: uuid.New(), Role: access.StateCoordinator, Token: []byte("one"),
			Land: access.Land{ID: uuid.New(), FreshDays: 90}, Org: access.Org{ID: uuid.New(), Name: "Land"},
		},
		Now: time.Date(2026, 11, 22, 22, 50, 30, 0, time.UTC), // ten to midnight in Germany
	}, postgres.Moment{1}, "matrix"}
}

func TestAnAnswerStandsWhileNothingIsAnother(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*look)
		again  bool // it is read again
	}{
		"nothing":          {func(*look) {}, false},
		"the minute":       {func(l *look) { l.tx.Now = l.tx.Now.Add(9 * time.Minute) }, false},
		"long ago":         {func(l *look) { l.tx.Now = l.tx.Now.Add(10 * time.Minute) }, true},
		"the session":      {func(l *look) { l.tx.Who.Token = []byte("two") }, false},
		"the day":          {func(l *look) { l.tx.Now = l.tx.Now.Add(9*time.Minute + 30*time.Second) }, true}, // in Germany
		"the moment":       {func(l *look) { l.at[31]++ }, true},
		"the question":     {func(l *look) { l.asked = "checklist" }, true},
		"the reader":       {func(l *look) { l.tx.Who.Membership = uuid.New() }, true},
		"the role":         {func(l *look) { l.tx.Who.Role = access.StateEditor }, true},
		"a setting":        {func(l *look) { l.tx.Who.Land.FreshDays = 30 }, true},
		"the organisation": {func(l *look) { l.tx.Who.Org.Name = "Das Land" }, true},
	} {
		shelf := kept.NewShelf[string](1000, func(int) int { return 1 })
		l, reads := first(), 0
		read := func() (int, error) { reads++; return reads, nil }
		for range 2 {
			if got, err := shelf.Read(&l.tx, l.at, l.asked, read); got != 1 || err != nil {
				t.Fatalf("%s: the first answer is %d, %v", name, got, err)
			}
		}
		want := 1
		if c.change(&l); c.again {
			want = 2
		}
		if got, err := shelf.Read(&l.tx, l.at, l.asked, read); got != want || err != nil {
			t.Errorf("another is %s: answer %d, %v, want %d", name, got, err, want)
		}
	}
}

func TestAnErrorIsNotKept(t *testing.T) {
	t.Parallel()
	shelf := kept.NewShelf[string](1000, func(int) int { return 1 })
	l, away := first(), errors.New("away")
	if _, err := shelf.Read(&l.tx, l.at, l.asked, func() (int, error) { return 0, away }); !errors.Is(err, away) {
		t.Errorf("got %v", err)
	}
	if got, err := shelf.Read(&l.tx, l.at, l.asked, func() (int, error) { return 7, nil }); got != 7 || err != nil {
		t.Errorf("then %d, %v", got, err)
	}
}

func TestAShelfHoldsNoMoreThanItMay(t *testing.T) {
	t.Parallel()
	const most, size = 100, 7
	shelf := kept.NewShelf[int](most, func(n int) int { return n })
	l := first()
	keep := func(asked, size int) {
		_, _ = shelf.Read(&l.tx, l.at, asked, func() (int, error) { return size, nil })
	}
	isKept := func(asked int) bool {
		_, err := shelf.Read(&l.tx, l.at, asked, func() (int, error) { return 0, errors.New("read again") })
		return err == nil
	}
	for n := range 1000 {
		keep(n, size)
		if !isKept(n) {
			t.Fatalf("answer %d is not kept", n)
		}
	}
	found := 0
	for n := range 1000 {
		if isKept(n) {
			found++
		}
	}
	if found != most/size {
		t.Errorf("%d of 1000 are kept, there is room for %d", found, most/size)
	}
	keep(-1, most+1) // there is no room for that, whoever goes
	if isKept(-1) || !isKept(999) {
		t.Error("what is larger than the shelf took the place of others")
	}
}

// TestManyLookAtOnce: with -race it says whether readers are in each other's way.
func TestManyLookAtOnce(t *testing.T) {
	t.Parallel()
	shelf := kept.NewShelf[int](50, func([]int) int { return 10 })
	l := first()
	var people sync.WaitGroup
	for range 8 {
		people.Go(func() {
			for n := range 500 {
				asked := n % 9
				got, err := shelf.Read(&l.tx, l.at, asked, func() ([]int, error) { return []int{asked}, nil })
				if err != nil || got[0] != asked {
					t.Errorf("asked %d, got %v, %v", asked, got, err)
				}
			}
		})
	}
	people.Wait()
}
