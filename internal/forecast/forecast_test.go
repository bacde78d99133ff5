package forecast_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"rollinportal/internal/forecast"
)

var states = []string{"committed", "connecting", "testing"}

func finished(t *rapid.T, least int) []forecast.Finished {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) forecast.Finished {
		f, days := forecast.Finished{}, 0
		for _, s := range slices.Backward(states) {
			days += rapid.IntRange(0, 90).Draw(t, s)
			f[s] = days
		}
		return f
	}), least, 30).Draw(t, "finished")
}

func open(t *rapid.T) []forecast.Open {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) forecast.Open {
		return forecast.Open{
			State: rapid.SampledFrom(append(states, "")).Draw(t, "state"), Days: rapid.IntRange(0, 400).Draw(t, "days"),
			NotBefore: rapid.IntRange(0, 300).Draw(t, "not before"),
		}
	}), 1, 22).Draw(t, "open")
}

func TestAForecastIsSoberAndRepeatable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		done, ways := finished(t, forecast.Fewest), open(t)
		seed := rapid.Uint64().Draw(t, "seed")
		r, some := forecast.Play(done, ways, seed)
		if again, _ := forecast.Play(done, ways, seed); !some || again != r {
			t.Fatalf("%v and then %v", r, again)
		}
		if r.P50 > r.P85 {
			t.Fatalf("%v: half of the cases are later than most", r)
		}
		latest, earliest := 0, 0
		for _, f := range done {
			for _, days := range f {
				latest = max(latest, days)
			}
		}
		for _, o := range ways {
			latest, earliest = max(latest, o.NotBefore), max(earliest, o.NotBefore)
		}
		if r.P85 > latest || r.P50 < earliest {
			t.Fatalf("%v lies outside of %d to %d days", r, earliest, latest)
		}
		slow := slices.Clone(done)
		for i, f := range slow {
			slow[i] = forecast.Finished{}
			for s, days := range f {
				slow[i][s] = days + 100
			}
		}
		fresh := []forecast.Open{{State: ""}}
		fast, _ := forecast.Play(done, fresh, seed)
		if late, _ := forecast.Play(slow, fresh, seed); late.P50 != fast.P50+100 || late.P85 != fast.P85+100 {
			t.Fatalf("ways of 100 days more give %v after %v", late, fast)
		}
	})
}

func TestFourFinishedWaysAreTooFew(t *testing.T) {
	t.Parallel()
	four := make([]forecast.Finished, forecast.Fewest-1)
	for i := range four {
		four[i] = forecast.Finished{"testing": 10 * i}
	}
	if r, some := forecast.Play(four, []forecast.Open{{}}, 1); some {
		t.Errorf("four ways forecast %v", r)
	}
	if r, some := forecast.Play(append(four, forecast.Finished{"testing": 50}), nil, 1); some {
		t.Errorf("nothing open, and yet %v", r)
	}
}
