package assessmentpage

import (
	"errors"
	"testing"

	"rollinportal/internal/economics"
	"rollinportal/internal/fault"
)

func TestAmountsAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]struct {
		cents int64
		field string // what is complained about
	}{
		"1.250,50": {125_050, ""}, "1250,5 €": {125_050, ""}, "0,01": {1, ""}, "-5": {0, "amount-1"}, "−5": {0, "amount-1"}, "": {0, "amount-1"},
		"viel": {0, "amount-1"}, "18.00": {0, "amount-1"}, "9.999.999.999": {0, "amount-1"}, "99999999999999999999": {0, "amount-1"},
	} {
		f := optionForm{Which: economics.Reuse, Items: []itemForm{{Label: "x", Kind: "cost_once", Payer: "land", Amount: typed, Source: "y"}}}
		o, unread := f.option()
		err := o.Check()
		if len(unread) > 0 {
			err = unread.complain(err)
		}
		field := ""
		if wrong, ok := errors.AsType[*fault.Fault](err); ok {
			field = wrong.Fields[0].Name
		}
		if field != want.field || field == "" && o.Items[0].Cents != want.cents {
			t.Errorf("%q: %d cents, complaint about %q; want %d and %q", typed, o.Items[0].Cents, field, want.cents, want.field)
		}
	}
}

func TestFrameSaysWhatIsWrongWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	good := frameForm{FirstYear: "2027", Years: "5", Rate: "2,5 %", RateSource: "x"}
	f, unread := good.frame()
	if f.RateBP != 250 || len(unread) > 0 || f.Check() != nil {
		t.Errorf("%+v, unread %v, %v", f, unread, f.Check())
	}
	for field, bad := range map[string]frameForm{
		"years":       {FirstYear: "2027", Years: "0"},
		"rate":        {FirstYear: "2027", Years: "5", Rate: "viel"},
		"price_until": {FirstYear: "2027", Years: "5", PriceUntil: "31.2.2027"},
		"first_year":  {FirstYear: "bald", Years: "5"},
	} {
		f, unread := bad.frame()
		wrong, ok := errors.AsType[*fault.Fault](unread.complain(f.Check()))
		if !ok || len(wrong.Fields) != 1 || wrong.Fields[0].Name != field || wrong.Fields[0].Text == "" {
			t.Errorf("%s: %+v", field, wrong)
		}
	}
}

func TestWhatIsSavedComesBackAsItWasTyped(t *testing.T) {
	t.Parallel()
	for bp, want := range map[int64]string{250: "2,5", 275: "2,75", 2000: "20", 0: "0", 5: "0,05"} {
		if got := percent(bp); got != want {
			t.Errorf("percent(%d) = %q, want %q", bp, got, want)
		}
	}
	if got := amount(125_050); got != "1.250,50" {
		t.Errorf("amount = %q", got)
	}
}

func TestBarsNeverLeaveTheirSpace(t *testing.T) {
	t.Parallel()
	bars, _ := sensitivity([]economics.Scenario{{CapitalValue: -9_000_000_000_000_000}, {CapitalValue: 9_000_000_000_000_000}, {CapitalValue: 0}})
	if bars[0].X != "0" || bars[0].Width != "500" || bars[1].X != "500" || bars[1].Width != "500" || bars[2].Width != "0" || bars[0].Zero != "500" {
		t.Errorf("bars %+v", bars)
	}
}
