package profile

import (
	"slices"
	"time"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/workday"
)

// rule says which facts prove a basis step of the Musterprojektvorlage. The rules stand here and not in the template:
// they are about what the kinds mean, and a template may come without these steps.
type rule struct {
	key   string // of the step
	what  string // as a sentence names it: "Zertifikat läuft ab am …"
	kinds []Kind // that the rule looks at
	prove func(facts []Fact) (used []Fact, until *time.Time)
}

var rules = []rule{
	{"k_survey", "Technische Bestandsaufnahme", []Kind{PostOffice, DMS, Backend, Payment}, provenInventory},
	{"k_cert", "Zertifikat", []Kind{Certificate}, provenCertificates},
	{"k_vps", "Virtuelle Poststelle", []Kind{PostOffice, Configuration}, provenPostOffice},
	{"k_payment", "E-Payment", []Kind{Payment}, provenPayment},
}

// KindsFor returns the kinds of facts that prove a basis step; none if the profile cannot prove it.
func KindsFor(step string) []Kind {
	for _, r := range rules {
		if r.key == step {
			return r.kinds
		}
	}
	return nil
}

// StepsFor returns the keys of the basis steps that facts of a kind take part in proving.
func StepsFor(kind Kind) []string {
	var keys []string
	for _, r := range rules {
		if slices.Contains(r.kinds, kind) {
			keys = append(keys, r.key)
		}
	}
	return keys
}

// allSteps are the keys of all basis steps that a profile can prove.
func allSteps() []string {
	keys := make([]string, len(rules))
	for i, r := range rules {
		keys[i] = r.key
	}
	return keys
}

// proofs returns what facts prove of the steps with these keys. A proof is as old as the oldest fact it rests on.
func proofs(facts []Fact, keys []string) []onboarding.Proof {
	var found []onboarding.Proof
	for _, r := range rules {
		if !slices.Contains(keys, r.key) {
			continue
		}
		used, until := r.prove(facts)
		if len(used) == 0 {
			continue
		}
		oldest := slices.MinFunc(used, func(a, b Fact) int { return a.ConfirmedAt.Compare(b.ConfirmedAt) })
		found = append(found, onboarding.Proof{
			Key: r.key, What: r.what, Evidence: "aus Profil, Stand " + workday.Written(oldest.ConfirmedAt), ValidUntil: until,
		})
	}
	return found
}

// provenInventory wants an answer to each question that the step names; "nicht vorhanden" is an answer.
func provenInventory(facts []Fact) ([]Fact, *time.Time) {
	var used []Fact
	for _, kind := range []Kind{PostOffice, DMS, Backend, Payment} {
		found := of(facts, kind)
		if len(found) == 0 {
			return nil, nil
		}
		used = append(used, found...)
	}
	return used, nil
}

// provenCertificates takes for each purpose the certificate that lasts longest: a renewed one stands beside the old one
// for a while. The step holds until the first purpose has none any more.
func provenCertificates(facts []Fact) ([]Fact, *time.Time) {
	var used []Fact
	var until *time.Time
	for _, purpose := range []string{ForOSCI, ForFITConnect} {
		var last *Fact
		for _, f := range of(facts, Certificate) {
			if f.Get(Purpose) == purpose && (last == nil || f.Day(ValidTo).After(*last.Day(ValidTo))) {
				last = &f
			}
		}
		if last == nil {
			continue
		}
		used = append(used, *last)
		if end := last.Day(ValidTo); until == nil || end.Before(*until) {
			until = end
		}
	}
	return used, until
}

// provenPostOffice wants a Poststelle with a configuration that received a test message.
func provenPostOffice(facts []Fact) ([]Fact, *time.Time) {
	office := of(facts, PostOffice)
	if len(office) == 0 || office[0].Get(Product) == NoPostOffice {
		return nil, nil
	}
	for _, f := range of(facts, Configuration) {
		if f.Day(TestedOn) != nil {
			return append(office, f), nil
		}
	}
	return nil, nil
}

// provenPayment wants a product with a test payment.
func provenPayment(facts []Fact) ([]Fact, *time.Time) {
	found := of(facts, Payment)
	if len(found) == 0 || found[0].Get(Product) == NoPayment || found[0].Day(TestedOn) == nil {
		return nil, nil
	}
	return found, nil
}
