package economics

import (
	"time"
)

// Assessment is all that a calculation needs.
type Assessment struct {
	Frame
	Options []Option
}

// Frame is what all alternatives share.
type Frame struct {
	FirstYear   int        `json:"first_year"` // calendar year 1 of the comparison
	Years       int        `json:"years"`
	RateBP      int64      `json:"rate_bp"` // discount rate in hundredths of a percent: 250 are 2,50 %
	RateSource  string     `json:"rate_source"`
	Cases       int64      `json:"cases"` // each year, in the whole Land
	CasesSource string     `json:"cases_source"`
	HourCents   int64      `json:"hour_cents"` // what an hour of work costs
	HourSource  string     `json:"hour_source"`
	PriceUntil  *time.Time `json:"price_until"` // end of the price binding
	PayerAfter  string     `json:"payer_after"` // who pays after it ends
}

// Option is one alternative with its own figures.
type Option struct {
	Alternative   Alternative `json:"alternative"`
	Minutes       int64       `json:"minutes"` // working time of one case
	MinutesSource string      `json:"minutes_source"`
	Items         []Item      `json:"items"`
}

// Item is an amount of an alternative.
type Item struct {
	Label      string     `json:"label"`
	Kind       Kind       `json:"kind"`
	Payer      Payer      `json:"payer"`
	Cents      int64      `json:"cents"`
	Source     string     `json:"source"`
	ValidUntil *time.Time `json:"valid_until"`
}

// Alternative is a way to offer the service.
type Alternative string

// The alternatives of every comparison.
const (
	Reuse Alternative = "reuse"
	Own   Alternative = "own"
	AsIs  Alternative = "as_is"
)

// Alternatives lists them in the order people compare them.
var Alternatives = []Alternative{Reuse, Own, AsIs}

// Word is the alternative as people call it.
func (a Alternative) Word() string {
	switch a {
	case Reuse:
		return "Nachnutzung"
	case Own:
		return "ThAVEL-Eigenlösung"
	case AsIs:
		return "Weiter wie bisher"
	}
	return ""
}

// Payer bears an amount.
type Payer string

// The payers.
const (
	Land    Payer = "land"
	Bodies  Payer = "bodies"
	Federal Payer = "federal"
)

// Payers lists them in the order of the tables.
var Payers = []Payer{Land, Bodies, Federal}

// Word is the payer as people call it.
func (p Payer) Word() string {
	switch p {
	case Land:
		return "Land"
	case Bodies:
		return "Kommunen"
	case Federal:
		return "Bund"
	}
	return ""
}

// Kind says whether an amount costs or saves, and how often.
type Kind string

// The kinds of amounts. Amounts are never negative: a saving is a kind of its own.
const (
	CostOnce     Kind = "cost_once"
	CostYearly   Kind = "cost_yearly"
	SavingOnce   Kind = "saving_once"
	SavingYearly Kind = "saving_yearly"
)

// ItemKinds lists the kinds in the order people enter them.
var ItemKinds = []Kind{CostOnce, CostYearly, SavingOnce, SavingYearly}

// Word is the kind as people call it.
func (k Kind) Word() string {
	switch k {
	case CostOnce:
		return "Kosten, einmalig"
	case CostYearly:
		return "Kosten, je Jahr"
	case SavingOnce:
		return "Einsparung, einmalig"
	case SavingYearly:
		return "Einsparung, je Jahr"
	}
	return ""
}

func (k Kind) yearly() bool { return k == CostYearly || k == SavingYearly }
func (k Kind) cost() bool   { return k == CostOnce || k == CostYearly }

// Option returns an alternative, empty if nothing was entered.
func (a Assessment) Option(which Alternative) Option {
	for _, o := range a.Options {
		if o.Alternative == which {
			return o
		}
	}
	return Option{Alternative: which}
}

// Filled reports whether anything was entered about an alternative.
func (o Option) Filled() bool { return o.Minutes > 0 || len(o.Items) > 0 }

// Computable reports whether the figures are enough to compare: the frame, Nachnutzung, and something to compare it to.
func (a Assessment) Computable() bool {
	return a.Years > 0 && a.Option(Reuse).Filled() && a.Option(AsIs).Filled()
}
