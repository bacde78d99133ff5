package funding

import (
	"strconv"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/notify"
	"rollinportal/internal/workday"
)

// Deadline is the day on which something ends.
type Deadline struct {
	Kind        Kind
	Record      uuid.UUID // what ends: a funding, a decision, or the service whose price is no longer bound
	ServiceSlug string
	ServiceName string
	Ministry    *uuid.UUID // in charge of the service
	On          time.Time  `db:"ends_on"`
	Total       int        // how many there are in all
}

// Price is the kind of a deadline that is no record of its own: what the provider promised about its price.
const Price Kind = "price"

// Approval is the kind of a deadline after which a decision to co-use a service no longer holds.
const Approval Kind = "approval"

// Days is how many days are left.
func (d Deadline) Days(today time.Time) int { return int(d.On.Sub(today).Hours() / 24) }

// thresholds are how many days before the end people are told, the nearest first.
var thresholds = []int{14, 60}

const (
	PageSize  = 50     // how many deadlines a page of the list shows
	maxEnding = 10_000 // more than a round will ever find; it has to find them all
)

// horizon is how many days the list of deadlines looks ahead.
const horizon = 90

// threshold is the nearest one that has been reached, 0 for none.
func (d Deadline) threshold(today time.Time) int {
	for _, n := range thresholds {
		if left := d.Days(today); left >= 0 && left <= n {
			return n
		}
	}
	return 0
}

// notices tell the ministry and the Land. The day is part of the key: a moved one is told again.
func (d Deadline) notices(today time.Time) []notify.Notice {
	near := d.threshold(today)
	if near == 0 {
		return nil
	}
	n := notify.Notice{
		Kind: notify.FundingEnds, To: notify.Coordination(), Path: notify.AtFunding(d.ServiceSlug), About: d.ServiceName,
		Text: d.Kind.Word() + " zu „" + d.ServiceName + "“ endet am " + workday.Written(d.On) + ". Klären Sie, wie es danach weitergeht.",
		Key:  "deadline/" + string(d.Kind) + "/" + d.Record.String() + "/" + d.On.Format(time.DateOnly) + "/" + strconv.Itoa(near),
	}
	if d.Kind == Approval {
		n.Path = notify.AtDecision(d.Record)
		n.Text = "Der Beschluss zu „" + d.ServiceName + "“ gilt bis " + workday.Written(d.On) + ". Danach ruhen laufende Anbindungen, wenn nicht vorher neu entschieden ist."
	}
	found := []notify.Notice{n}
	if d.Ministry != nil {
		n.To = notify.Orgs(*d.Ministry)
		found = append(found, n)
	}
	return found
}
