package economics

import "math/big"

// Scenario is the capital value of Nachnutzung if one figure turns out differently.
type Scenario struct {
	Varied       Varied
	Percent      int // −20, 0, +20
	CapitalValue int64
}

// Varied is the figure that a scenario changes.
type Varied string

// What the sensitivity varies: nothing, the number of cases, or every cost of Nachnutzung.
const (
	Nothing Varied = ""
	Cases   Varied = "cases"
	Price   Varied = "price"
)

var scenarios = []Scenario{{Varied: Nothing}, {Varied: Cases, Percent: -20}, {Varied: Cases, Percent: 20}, {Varied: Price, Percent: -20}, {Varied: Price, Percent: 20}}

func (a Assessment) sensitivity() []Scenario {
	found := make([]Scenario, len(scenarios))
	for i, s := range scenarios {
		s.CapitalValue = cents(a.capitalValue(s))
		found[i] = s
	}
	return found
}

// capitalValue is Nachnutzung against going on as before. The cases change both; the price only what Nachnutzung costs.
func (a Assessment) capitalValue(s Scenario) *big.Rat {
	var before, reuse scale
	factor := big.NewRat(int64(100+s.Percent), 100)
	switch s.Varied {
	case Cases:
		before.cases, reuse.cases = factor, factor
	case Price:
		reuse.price = factor
	}
	v := a.flow(a.Option(AsIs), before).presentValue()
	return v.Sub(v, a.flow(a.Option(Reuse), reuse).presentValue())
}
