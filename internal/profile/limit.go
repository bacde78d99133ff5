package profile

import (
	"strconv"

	"rollinportal/internal/fault"
)

// ProGov Basic holds six configurations (domain.md 1.9). A configuration is one receiver that was set up in it.
const (
	mostConfigurations = 6
	nearlyAll          = 5
)

// Limit is how far the configurations of a Poststelle are used up. Of is 0 where there is no limit.
type Limit struct{ Used, Of int }

// Near reports whether somebody should think about it: five of six.
func (l Limit) Near() bool { return l.Of > 0 && l.Used >= nearlyAll }

// Full reports whether there is no room for another one.
func (l Limit) Full() bool { return l.Of > 0 && l.Used >= l.Of }

// Limit returns how far the configurations are used up.
func (p *Profile) Limit() Limit { return limit(p.Facts) }

func limit(facts []Fact) Limit {
	l := Limit{Used: len(of(facts, Configuration))}
	if office := of(facts, PostOffice); len(office) > 0 && office[0].Get(Product) == ProGovBasic {
		l.Of = mostConfigurations
	}
	return l
}

// exceeded refuses what would not fit: a seventh configuration, or ProGov Basic for more than six.
func exceeded(facts []Fact, in Input) fault.Wrong {
	l := limit(facts)
	switch {
	case in.Kind == Configuration && in.Version == 0 && l.Full():
		return fault.Wrong{{Name: Name, Text: "Ihre ProGov Basic kann höchstens 6 Konfigurationen, und alle 6 sind belegt. Wechseln Sie auf die Enterprise Version, oder entfernen Sie eine Konfiguration, die Sie nicht mehr brauchen."}}
	case in.Kind == PostOffice && in.Details[Product] == ProGovBasic && l.Used > mostConfigurations:
		return fault.Wrong{{Name: Product, Text: "Sie nutzen " + strconv.Itoa(l.Used) + " Konfigurationen, ProGov Basic kann höchstens 6. Bleiben Sie bei der Enterprise Version, oder entfernen Sie zuerst Konfigurationen."}}
	}
	return nil
}
