package onboarding

import (
	"strconv"
	"strings"
	"time"
)

// Ending is what of its body's profile an onboarding leans on and ends soon, or has ended: a certificate. The zero
// Ending says that nothing does.
type Ending struct {
	What string // "Zertifikat"
	On   time.Time
}

// Some reports whether something ends.
func (e Ending) Some() bool { return e.What != "" }

// EndingJoin joins to an onboarding o the row x that says which proof ends first among those it leans on and that end
// soon or have ended. It looks at what ends, and from there at the onboardings: that is little, however many there are.
// It takes @land and @today.
var EndingJoin = `LEFT JOIN (
		SELECT DISTINCT ON (l.onboarding_id) l.onboarding_id, p.valid_until, p.what
		FROM portal.basis_proof p
		JOIN portal.step s ON s.land_id = @land AND s.org_id = p.org_id AND s.service_id IS NULL AND s.key = p.key AND s.state <> 'not_applicable'
		JOIN portal.onboarding_basis l ON l.land_id = @land AND l.org_id = p.org_id AND l.step_id = s.step_id AND l.reason = ''
		WHERE p.land_id = @land AND p.valid_until <= @today::date + ` + strconv.Itoa(NoticeDays) + `
		ORDER BY l.onboarding_id, p.valid_until, p.key) x ON x.onboarding_id = o.onboarding_id AND o.state NOT IN (` + Named(State.Aside) + `)`

// Named are the states for which something holds, as words of a statement that has no argument for them.
func Named(holds func(State) bool) string {
	var names []string
	for _, s := range States {
		if holds(s) {
			names = append(names, "'"+string(s)+"'")
		}
	}
	return strings.Join(names, ", ")
}
