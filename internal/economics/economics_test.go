package economics_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"rollinportal/internal/economics"
	"rollinportal/internal/fault"
)

var anyItem = rapid.Custom(func(t *rapid.T) economics.Item {
	return economics.Item{
		Label: "x", Source: "y",
		Kind:  rapid.SampledFrom(economics.ItemKinds).Draw(t, "kind"),
		Payer: rapid.SampledFrom(economics.Payers).Draw(t, "payer"),
		Cents: rapid.Int64Range(1, economics.MaxCents).Draw(t, "cents"),
	}
})

var anyAssessment = rapid.Custom(func(t *rapid.T) economics.Assessment {
	a := economics.Assessment{Frame: economics.Frame{
		FirstYear: 2027, Years: rapid.IntRange(economics.MinYears, economics.MaxYears).Draw(t, "years"),
		RateBP: rapid.Int64Range(0, economics.MaxRateBP).Draw(t, "rate"), Cases: rapid.Int64Range(0, economics.MaxCases).Draw(t, "cases"),
		HourCents: rapid.Int64Range(0, economics.MaxHourCents).Draw(t, "hour"),
	}}
	for _, which := range economics.Alternatives {
		a.Options = append(a.Options, economics.Option{
			Alternative: which, Minutes: rapid.Int64Range(1, economics.MaxMinutes).Draw(t, "minutes"),
			Items: rapid.SliceOfN(anyItem, 0, economics.MaxItems).Draw(t, "items"),
		})
	}
	return a
})

func TestOrderOfEntryNeverChangesTheResult(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := anyAssessment.Draw(t, "assessment")
		want := a.Compute()
		shuffle := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Shuffle
		mixed := a
		mixed.Options = slices.Clone(a.Options)
		shuffle(len(mixed.Options), func(i, j int) {
			mixed.Options[i], mixed.Options[j] = mixed.Options[j], mixed.Options[i]
		})
		for i, o := range mixed.Options {
			o.Items = slices.Clone(o.Items)
			shuffle(len(o.Items), func(i, j int) { o.Items[i], o.Items[j] = o.Items[j], o.Items[i] })
			mixed.Options[i] = o
		}
		if got := mixed.Compute(); !reflect.DeepEqual(got, want) {
			t.Fatalf("another order gives %+v, want %+v", got, want)
		}
	})
}

func TestFiguresAgreeWithEachOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := anyAssessment.Draw(t, "assessment").Compute()
		for _, f := range r.Figures {
			var parts int64
			for _, p := range f.ByPayer {
				parts += p
			}
			if d := parts - f.PresentValue; d < -2 || d > 2 {
				t.Fatalf("%s: the payers bear %d together, the whole is %d", f.Alternative, parts, f.PresentValue)
			}
			if last := f.Advantages[len(f.Advantages)-1]; last != f.CapitalValue {
				t.Fatalf("%s: the advantage ends at %d, the capital value is %d", f.Alternative, last, f.CapitalValue)
			}
			if f.Alternative == economics.AsIs && f.CapitalValue != 0 {
				t.Fatalf("going on as before has the capital value %d against itself", f.CapitalValue)
			}
			if f.BreakEven == economics.Never != (f.CapitalValue < 0) && f.CapitalValue != 0 {
				t.Fatalf("%s: break-even %d with capital value %d", f.Alternative, f.BreakEven, f.CapitalValue)
			}
		}
		if s := r.Sensitivity; s[0].CapitalValue != r.Figures[0].CapitalValue || s[3].CapitalValue < s[4].CapitalValue {
			t.Fatalf("sensitivity %+v", s)
		}
	})
}

func TestNothingIsComparedWithoutNachnutzungAndTheStatusQuo(t *testing.T) {
	t.Parallel()
	frame := economics.Frame{Years: 5}
	filled := func(which economics.Alternative) economics.Option {
		return economics.Option{Alternative: which, Minutes: 1}
	}
	for name, tt := range map[string]struct {
		a    economics.Assessment
		want bool
	}{
		"nothing":               {economics.Assessment{}, false},
		"no term":               {economics.Assessment{Options: []economics.Option{filled(economics.Reuse), filled(economics.AsIs)}}, false},
		"no status quo":         {economics.Assessment{Frame: frame, Options: []economics.Option{filled(economics.Reuse), filled(economics.Own)}}, false},
		"no Nachnutzung":        {economics.Assessment{Frame: frame, Options: []economics.Option{filled(economics.AsIs), filled(economics.Own)}}, false},
		"an empty alternative":  {economics.Assessment{Frame: frame, Options: []economics.Option{filled(economics.AsIs), {Alternative: economics.Reuse}}}, false},
		"both, own is optional": {economics.Assessment{Frame: frame, Options: []economics.Option{filled(economics.AsIs), filled(economics.Reuse)}}, true},
	} {
		if got := tt.a.Compute(); (len(got.Figures) > 0) != tt.want || tt.a.Computable() != tt.want {
			t.Errorf("%s: %d figures, computable %t", name, len(got.Figures), tt.a.Computable())
		}
	}
}

func TestCheckNamesWhatDoesNotHold(t *testing.T) {
	t.Parallel()
	frame := economics.Frame{FirstYear: 2027, Years: 5, RateBP: 250, RateSource: "x", Cases: 10, CasesSource: "x", HourCents: 6000, HourSource: "x"}
	item := economics.Item{Label: "x", Kind: economics.CostOnce, Payer: economics.Land, Cents: 1, Source: "x"}
	with := func(change func(*economics.Frame)) error { f := frame; change(&f); return f.Check() }
	of := func(change func(*economics.Item)) error {
		second := item
		change(&second)
		return economics.Option{Items: []economics.Item{item, second}}.Check()
	}
	for name, tt := range map[string]struct {
		err  error
		want string
	}{
		"all is well":            {with(func(*economics.Frame) {}), ""},
		"a term of 0 years":      {with(func(f *economics.Frame) { f.Years = 0 }), "years"},
		"a term of 8 years":      {with(func(f *economics.Frame) { f.Years = 8 }), "years"},
		"an absurd rate":         {with(func(f *economics.Frame) { f.RateBP = 2001 }), "rate"},
		"a negative rate":        {with(func(f *economics.Frame) { f.RateBP = -1 }), "rate"},
		"negative cases":         {with(func(f *economics.Frame) { f.Cases = -1 }), "cases"},
		"cases without a source": {with(func(f *economics.Frame) { f.CasesSource = "" }), "cases_source"},
		"an item":                {of(func(*economics.Item) {}), ""},
		"a negative sum":         {of(func(i *economics.Item) { i.Cents = -1 }), "amount-2"},
		"an empty sum":           {of(func(i *economics.Item) { i.Cents = 0 }), "amount-2"},
		"an absurd sum":          {of(func(i *economics.Item) { i.Cents = economics.MaxCents + 1 }), "amount-2"},
		"no source":              {of(func(i *economics.Item) { i.Source = "" }), "source-2"},
		"nobody pays":            {of(func(i *economics.Item) { i.Payer = "" }), "payer-2"},
		"minutes without source": {economics.Option{Minutes: 5}.Check(), "minutes_source"},
	} {
		got := ""
		if f, ok := errors.AsType[*fault.Fault](tt.err); ok {
			got = f.Fields[0].Name
		}
		if got != tt.want {
			t.Errorf("%s: complains about %q, want %q", name, got, tt.want)
		}
	}
}
