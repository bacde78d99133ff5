package notify

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/workday"
)

// pending is a notice that no mail has been made of, with what its person wants.
type pending struct {
	ID       uuid.UUID
	OrgID    uuid.UUID
	PersonID uuid.UUID
	Kind     Kind
	Urgent   bool
	At       time.Time
	Name     string
	Email    string
	Hour     int
	Muted    []string
	Digested bool // the day's mail of this person is made already
}

// draft is a mail to be made.
type draft struct {
	Mail    uuid.UUID   `json:"mail"`
	Org     uuid.UUID   `json:"org"`
	Person  uuid.UUID   `json:"person"`
	Key     string      `json:"key"`
	Address string      `json:"address"`
	Name    string      `json:"name"`
	Token   string      `json:"token"`
	Notices []uuid.UUID `json:"notices"`
}

// stale is when a notice is no news any more: the inbox keeps it, and nobody gets a mail of it. That matters after the
// workers stood still for long, and on the first day of an installation with a history.
const stale = 7 * 24 * time.Hour

// plan says which mails are made of the pending notices now, and which notices get none for good. The others wait.
func plan(found []pending, now time.Time) (drafts []*draft, none []uuid.UUID) {
	digests := map[uuid.UUID]*draft{}
	for _, p := range found {
		switch {
		case !p.wanted(now):
			none = append(none, p.ID)
		case p.Urgent:
			drafts = append(drafts, p.draft("notice:"+p.ID.String()))
		case !p.inDigest(now):
		case digests[p.PersonID] != nil:
			digests[p.PersonID].Notices = append(digests[p.PersonID].Notices, p.ID)
		default:
			d := p.draft(digestKey(now))
			digests[p.PersonID] = d
			drafts = append(drafts, d)
		}
	}
	return drafts, none
}

func (p pending) wanted(now time.Time) bool {
	return p.Email != "" && now.Sub(p.At) < stale && (p.Kind.Required() || !slices.Contains(p.Muted, string(p.Kind)))
}

// inDigest reports whether the day's mail is due and this belongs into it: what happened before the hour that the person
// chose. What comes later waits for the next working day, however late the workers begin.
func (p pending) inDigest(now time.Time) bool {
	today := workday.Day(now)
	hour := time.Date(today.Year(), today.Month(), today.Day(), p.Hour, 0, 0, 0, workday.Berlin)
	return !p.Digested && workday.IsWorkingDay(today) && !now.Before(hour) && !p.At.After(hour)
}

func (p pending) draft(key string) *draft {
	return &draft{uuid.New(), p.OrgID, p.PersonID, key, p.Email, oneLine(p.Name), newToken(), []uuid.UUID{p.ID}}
}

// digestKey makes the day's mail unique for its person.
func digestKey(now time.Time) string { return "digest:" + workday.Day(now).Format(time.DateOnly) }
