package economics

import "math/big"

// Result is the comparison of all alternatives that were filled in.
type Result struct {
	Figures     []Figures
	Sensitivity []Scenario
}

// Figures are what comes out for one alternative, in cents. What costs is positive.
type Figures struct {
	Alternative  Alternative
	Once         int64 // one-off costs less one-off savings
	Yearly       int64 // yearly costs less yearly savings, without working time
	Effort       int64 // working time of all cases in a year
	Nominal      int64 // everything over the whole term, not discounted
	PresentValue int64
	ByPayer      map[Payer]int64 // the present value by who bears it; working time is borne by the Kommunen
	CapitalValue int64           // against going on as before
	Advantages   []int64         // the discounted advantage up to the start and the end of each year
	BreakEven    int             // the year after which it has paid, 0 from the start, Never if it does not
}

// Never says that an alternative does not pay within the term.
const Never = -1

// Compute compares the alternatives. Those without figures stay out.
func (a Assessment) Compute() Result {
	if !a.Computable() {
		return Result{}
	}
	var r Result
	before := a.flow(a.Option(AsIs), scale{})
	for _, which := range Alternatives {
		o := a.Option(which)
		if o.Filled() {
			r.Figures = append(r.Figures, a.figures(o, before))
		}
	}
	r.Sensitivity = a.sensitivity()
	return r
}

// flow is what an alternative costs at the start and in each year, exactly.
type flow struct {
	once, yearly, effort *big.Rat
	byPayer              map[Payer]*big.Rat // present values
	factor               *big.Rat           // Σ 1/(1+rate)^t: turns a yearly amount into its present value
}

// scale multiplies inputs for the sensitivity; nil leaves them as they are.
type scale struct{ cases, price *big.Rat }

func (a Assessment) flow(o Option, s scale) flow {
	f := flow{once: new(big.Rat), yearly: new(big.Rat), effort: a.effort(o, s.cases), byPayer: map[Payer]*big.Rat{}, factor: a.annuity()}
	for _, p := range Payers {
		f.byPayer[p] = new(big.Rat)
	}
	f.byPayer[Bodies].Mul(f.effort, f.factor)
	for _, item := range o.Items {
		amount := new(big.Rat).SetInt64(item.Cents)
		switch {
		case !item.Kind.cost():
			amount.Neg(amount)
		case s.price != nil:
			amount.Mul(amount, s.price)
		}
		share := new(big.Rat).Set(amount)
		if item.Kind.yearly() {
			f.yearly.Add(f.yearly, amount)
			share.Mul(share, f.factor)
		} else {
			f.once.Add(f.once, amount)
		}
		f.byPayer[item.Payer].Add(f.byPayer[item.Payer], share)
	}
	return f
}

func (a Assessment) effort(o Option, cases *big.Rat) *big.Rat {
	minutes := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(a.Cases), big.NewInt(o.Minutes)), big.NewInt(60))
	if cases != nil {
		minutes.Mul(minutes, cases)
	}
	return minutes.Mul(minutes, new(big.Rat).SetInt64(a.HourCents))
}

// annuity is the present value of one cent at the end of each year.
func (a Assessment) annuity() *big.Rat { return a.annuityUntil(a.Years) }

func (a Assessment) annuityUntil(year int) *big.Rat {
	step := big.NewRat(10_000, 10_000+a.RateBP)
	sum, factor := new(big.Rat), big.NewRat(1, 1)
	for range year {
		factor.Mul(factor, step)
		sum.Add(sum, factor)
	}
	return sum
}

// everyYear is what each year costs, working time included.
func (f flow) everyYear() *big.Rat { return new(big.Rat).Add(f.yearly, f.effort) }

func (f flow) presentValue() *big.Rat {
	v := new(big.Rat).Mul(f.everyYear(), f.factor)
	return v.Add(v, f.once)
}

func (a Assessment) figures(o Option, before flow) Figures {
	f := a.flow(o, scale{})
	nominal := new(big.Rat).Mul(f.everyYear(), new(big.Rat).SetInt64(int64(a.Years)))
	found := Figures{
		Alternative: o.Alternative, Once: cents(f.once), Yearly: cents(f.yearly), Effort: cents(f.effort),
		Nominal: cents(nominal.Add(nominal, f.once)), PresentValue: cents(f.presentValue()), ByPayer: map[Payer]int64{},
		CapitalValue: cents(new(big.Rat).Sub(before.presentValue(), f.presentValue())),
	}
	for p, v := range f.byPayer {
		found.ByPayer[p] = cents(v)
	}
	found.Advantages, found.BreakEven = a.advantages(before, f)
	return found
}

// advantages follows the discounted advantage over going on as before through the years.
func (a Assessment) advantages(before, f flow) (path []int64, breakEven int) {
	once := new(big.Rat).Sub(before.once, f.once)
	yearly := new(big.Rat).Sub(before.everyYear(), f.everyYear())
	breakEven = Never
	for year := 0; year <= a.Years; year++ {
		now := new(big.Rat).Mul(yearly, a.annuityUntil(year))
		now.Add(now, once)
		switch {
		case now.Sign() < 0:
			breakEven = Never
		case breakEven == Never:
			breakEven = year
		}
		path = append(path, cents(now))
	}
	return path, breakEven
}

// cents rounds half away from zero, as merchants do.
func cents(r *big.Rat) int64 {
	num := new(big.Int).Abs(r.Num())
	num.Lsh(num, 1).Add(num, r.Denom())
	num.Quo(num, new(big.Int).Lsh(r.Denom(), 1))
	if r.Sign() < 0 {
		num.Neg(num)
	}
	return num.Int64()
}
