package planning_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"rollinportal/internal/planning"
)

// monday is the Monday of a week.
func monday(week int) time.Time {
	return time.Date(2027, 5, 3, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*week)
}

func bodies(provider string, from, to int) []planning.Need {
	var found []planning.Need
	for i := from; i < to; i++ {
		found = append(found, planning.Need{Key: fmt.Sprint(provider, i), Providers: []string{provider}})
	}
	return found
}

func TestSpreadKeepsWithinTheWeek(t *testing.T) {
	t.Parallel()
	kiv := bodies("KIV", 0, 7)
	for _, c := range []struct {
		name   string
		waves  []planning.Window
		limits map[string]int
		taken  planning.Load
		weeks  [][]int // of each wave, by body
		over   []int
	}{
		{"no limit", []planning.Window{{monday(0), monday(0), kiv}}, nil, nil, [][]int{{0, 0, 0, 0, 0, 0, 0}}, []int{0}},
		{"three a week", []planning.Window{{monday(0), monday(2), kiv}}, map[string]int{"KIV": 3}, nil, [][]int{{0, 0, 0, 1, 1, 1, 2}}, []int{0}},
		{"too little", []planning.Window{{monday(0), monday(1), kiv}}, map[string]int{"KIV": 1}, nil, [][]int{{0, 1, 2, 3, 4, 5, 6}}, []int{5}},
		{"a week and a day too late counts as two", []planning.Window{{monday(0), monday(1).AddDate(0, 0, -1), kiv[:3]}}, map[string]int{"KIV": 1}, nil, [][]int{{0, 1, 2}}, []int{2}},
		{
			"others have taken the first week",
			[]planning.Window{{monday(0), monday(2), kiv[:3]}},
			map[string]int{"KIV": 3},
			planning.Load{"KIV": {monday(0): 3, monday(1): 2}},
			[][]int{{1, 2, 2}},
			[]int{0},
		},
		{
			"a later wave waits its turn",
			[]planning.Window{{monday(0), monday(0), kiv[:3]}, {monday(1), monday(1), kiv[3:5]}},
			map[string]int{"KIV": 1},
			nil,
			[][]int{{0, 1, 2}, {3, 4}},
			[]int{2, 3},
		},
		{
			"two providers at once",
			[]planning.Window{{monday(0), monday(9), []planning.Need{{"a", []string{"KIV", "TLRZ"}}, {"b", []string{"KIV"}}, {"c", []string{"TLRZ"}}, {"d", []string{"KIV", "TLRZ"}}}}},
			map[string]int{"KIV": 1, "TLRZ": 2},
			nil,
			[][]int{{0, 1, 0, 2}},
			[]int{0},
		},
		{"an empty wave", []planning.Window{{monday(0), monday(0), nil}}, map[string]int{"KIV": 1}, nil, [][]int{nil}, []int{0}},
	} {
		got := planning.Spread(c.waves, c.limits, c.taken)
		for i, w := range got {
			var weeks []int
			for _, s := range w.Slots {
				weeks = append(weeks, int(s.On.Sub(monday(0)).Hours()/24/7))
			}
			if !reflect.DeepEqual(weeks, c.weeks[i]) || w.Over != c.over[i] {
				t.Errorf("%s, wave %d: weeks %v, over %d; want %v, %d", c.name, i, weeks, w.Over, c.weeks[i], c.over[i])
			}
		}
	}
}

// TestSpreadHoldsForEveryPlan: never more than the limit, what others took counted; the order kept; the same answer
// again; nobody before the wave; nobody lost.
func TestSpreadHoldsForEveryPlan(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(4, 2027))
	names := []string{"KIV", "TLRZ", "KITU"}
	for range 400 {
		limits, taken := map[string]int{}, planning.Load{}
		for _, p := range names {
			limits[p] = chance.IntN(4) // 0: no limit
			taken[p] = map[time.Time]int{monday(chance.IntN(6)): chance.IntN(4)}
		}
		waves := make([]planning.Window, 1+chance.IntN(4))
		for i := range waves {
			from := monday(chance.IntN(8)).AddDate(0, 0, chance.IntN(5))
			waves[i] = planning.Window{From: from, Until: from.AddDate(0, 0, chance.IntN(40))}
			for range chance.IntN(12) {
				first := chance.IntN(3)
				waves[i].Bodies = append(waves[i].Bodies, planning.Need{Key: fmt.Sprint(chance.Int()), Providers: names[first:min(3, first+chance.IntN(3))]})
			}
		}
		got := planning.Spread(waves, limits, taken)
		if !reflect.DeepEqual(got, planning.Spread(waves, limits, taken)) {
			t.Fatal("the same plan has two answers")
		}
		count, reached := map[string]int{}, map[string]time.Time{}
		for i, w := range got {
			if len(w.Slots) != len(waves[i].Bodies) {
				t.Fatalf("%d of %d bodies have a day", len(w.Slots), len(waves[i].Bodies))
			}
			for j, s := range w.Slots {
				if s.On.Before(waves[i].From) || s.On.Weekday() != waves[i].From.Weekday() || s.Key != waves[i].Bodies[j].Key {
					t.Fatalf("%s on %s in a wave from %s", s.Key, s.On, waves[i].From)
				}
				week := s.On.AddDate(0, 0, -(int(s.On.Weekday())+6)%7)
				for _, p := range waves[i].Bodies[j].Providers {
					if limits[p] == 0 {
						continue
					}
					if week.Before(reached[p]) {
						t.Fatalf("%s: order of %s is not kept", s.Key, p)
					}
					reached[p] = week
					if key := p + week.String(); count[key]+1 > limits[p]-taken[p][week] {
						t.Fatalf("%s has more than %d in the week of %s", p, limits[p], week)
					} else {
						count[key]++
					}
				}
			}
			if late := w.Last.After(waves[i].Until); late != (w.Over > 0) && len(w.Slots) > 0 {
				t.Fatalf("last on %s, until %s, over %d", w.Last, waves[i].Until, w.Over)
			}
		}
	}
}

func TestEveryProposalMakesTheWaveFit(t *testing.T) {
	t.Parallel()
	waves := []planning.Window{{monday(4), monday(5), bodies("KIV", 0, 7)}}
	limits := map[string]int{"KIV": 2}
	found := planning.Propose(waves, limits, nil, 0, monday(0))
	if len(found) != 4 {
		t.Fatalf("%d proposals: %+v", len(found), found)
	}
	for _, p := range found {
		tried, limit := []planning.Window{waves[0]}, map[string]int{"KIV": 2}
		switch {
		case !p.Until.IsZero():
			tried[0].Until = p.Until
		case !p.From.IsZero():
			tried[0].From = p.From
		case p.Provider != "":
			limit[p.Provider] = p.Limit
		default:
			tried[0].Bodies = tried[0].Bodies[:len(tried[0].Bodies)-len(p.Later)]
		}
		if over := planning.Spread(tried, limit, nil)[0].Over; over != 0 {
			t.Errorf("%+v still is %d weeks over", p, over)
		}
	}
	if found := planning.Propose(waves, limits, nil, 0, monday(4)); len(found) != 3 {
		t.Errorf("a wave that cannot begin earlier has %d proposals", len(found))
	}
	if found := planning.Propose(waves, map[string]int{"KIV": 4}, nil, 0, monday(0)); found != nil {
		t.Errorf("a wave that fits has proposals %+v", found)
	}
}
