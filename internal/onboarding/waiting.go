package onboarding

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// Waiting is a period in which a step lies with others. The step keeps its state; its own people are not at turn.
type Waiting struct {
	ID       uuid.UUID
	PartyKey string // how links name the party
	Party    string
	Ticket   string // of the party
	Note     string
	Since    time.Time  // a day
	Until    *time.Time // nil while it lasts
}

// With returns the period in which the step lies with others now, or nil.
func (s Step) With() *Waiting {
	for i := range s.Periods {
		if s.Periods[i].Until == nil {
			return &s.Periods[i]
		}
	}
	return nil
}

// withParty names the party that the step lies with now; "" if there is none.
func (s Step) withParty() string {
	if w := s.With(); w != nil {
		return w.Party
	}
	return ""
}

// CanHandOver reports whether the reader may hand the step to others now.
func (s Step) CanHandOver() bool { return s.Mine && s.With() == nil && s.passable() == nil }

// CanTakeBack reports whether the reader may call the step back.
func (s Step) CanTakeBack() bool { return s.Mine && s.With() != nil }

// passable says why a step cannot lie with others; nil if it can.
func (s Step) passable() error {
	switch {
	case s.Key == template.Live || s.State.Finished() || s.State == Submitted:
		return fault.New(fault.Conflict, "„"+s.Title+"“ steht auf „"+s.State.Word()+"“. Von dort liegt die Aufgabe nicht bei anderen.")
	case !s.Possible():
		return fault.New(fault.Conflict, "„"+s.Title+"“ ist noch nicht möglich. Vorher fehlt noch: "+titles(s.WaitsFor)+".")
	}
	return nil
}

// Time is how many days a step took, own days and those with others apart.
type Time struct {
	Own, Foreign int
	With         []PartyDays // in the order of the periods, each party once; whoever checks comes last, without a name
}

// PartyDays is how many days a step lay with a party.
type PartyDays struct {
	Party string
	Days  int
}

// Whole is the time from begin to end.
func (t Time) Whole() int { return t.Own + t.Foreign }

// Apart splits the days from begin to end. A day belongs to others if a step lay with them when it began.
func Apart(begin, end time.Time, periods []Waiting) Time {
	var t Time
	begin, end = workday.Day(begin), workday.Day(end)
	for _, w := range periods {
		from, until := workday.Day(w.Since), end
		if w.Until != nil && workday.Day(*w.Until).Before(end) {
			until = workday.Day(*w.Until)
		}
		if from.Before(begin) {
			from = begin
		}
		if n := days(from, until); n > 0 {
			t.Foreign += n
			t.add(w.Party, n)
		}
	}
	t.Own = max(0, days(begin, end)-t.Foreign)
	return t
}

// check says of n of the own days that others checked the step then.
func (t *Time) check(n int) {
	if n = min(n, t.Own); n > 0 {
		t.Own, t.Foreign = t.Own-n, t.Foreign+n
		t.add("", n)
	}
}

// underCheck is for how many days somebody has been checking the step now, counted from a day on.
func (s Step) underCheck(from, today time.Time) int {
	if s.State != Submitted {
		return 0
	}
	if since := workday.Day(s.StateSince); since.After(from) {
		from = since
	}
	return max(0, days(from, today))
}

// Late is for how long the step has been overdue, own days and those with others apart.
func (s Step) Late(today time.Time) Time {
	if !s.DueOn.Before(today) {
		return Time{}
	}
	t := Apart(s.DueOn, today, s.Periods)
	t.check(s.underCheck(workday.Day(s.DueOn), today))
	return t
}

func (t *Time) add(party string, n int) {
	i := slices.IndexFunc(t.With, func(p PartyDays) bool { return p.Party == party })
	if i < 0 {
		t.With = append(t.With, PartyDays{party, n})
		return
	}
	t.With[i].Days += n
}

func days(from, until time.Time) int { return int(until.Sub(from) / (24 * time.Hour)) }

// Time returns how long the step has been possible, until it was finished or until today; false while it is not
// possible, and for a basis step that was finished before this service needed it.
func (c *Checklist) Time(s Step) (Time, bool) {
	if !s.Possible() || s.Unneeded || s.State == NotApplicable {
		return Time{}, false
	}
	begin, end := c.possibleSince(s), c.Today
	if s.State == Done {
		end = s.StateSince
	}
	for _, w := range s.Periods {
		if w.Since.Before(begin) {
			begin = w.Since
		}
	}
	if workday.Day(end).Before(workday.Day(begin)) {
		return Time{}, false
	}
	t := Apart(begin, end, s.Periods)
	t.check(s.CheckedDays + s.underCheck(workday.Day(begin), c.Today))
	return t, true
}

// possibleSince is when the last step before was finished, or when the roll-in began.
func (c *Checklist) possibleSince(s Step) time.Time {
	begin := c.StartedAt
	for _, key := range c.order[s.Key] {
		if before := c.step(key); before != nil && before.StateSince.After(begin) {
			begin = before.StateSince
		}
	}
	return begin
}

// HandOverInput says with whom a step lies, with the version the person saw. The form makes the ID, so that a second
// click finds the period there.
type HandOverInput struct {
	ID           uuid.UUID
	Version      int64
	PartyKey     string // of an organisation of the Land
	Party        string // or the name of another
	Ticket, Note string
	Since        time.Time
}

func (in HandOverInput) tidy() HandOverInput {
	in.Party, in.Ticket, in.Note = strings.Join(strings.Fields(in.Party), " "), strings.TrimSpace(in.Ticket), strings.TrimSpace(in.Note)
	if in.PartyKey != "" {
		in.Party = ""
	}
	return in
}

// maxName is how long the name of a party and a ticket number may be.
const maxName = 100

func (in HandOverInput) wrong(s Step, today time.Time) fault.Wrong {
	var wrong fault.Wrong
	switch {
	case in.PartyKey == "" && in.Party == "":
		wrong.Add("party", "Wählen Sie, bei wem die Aufgabe liegt, oder nennen Sie eine andere Stelle.")
	case in.Party != "" && !strings.ContainsFunc(in.Party, isWordRune):
		wrong.Add("party_name", "Nennen Sie die Stelle mit Namen.")
	case len([]rune(in.Party)) > maxName:
		wrong.Add("party_name", "Kürzen Sie den Namen auf höchstens 100 Zeichen.")
	}
	wrong.If(len([]rune(in.Ticket)) > maxName, "ticket", "Kürzen Sie die Ticketnummer auf höchstens 100 Zeichen.")
	if in.Since.IsZero() || in.Since.After(today) || in.Since.Before(today.AddDate(-2, 0, 0)) {
		wrong.Add("since", "Geben Sie den Tag ein, seit dem die Aufgabe dort liegt. Er liegt nicht in der Zukunft und höchstens zwei Jahre zurück.")
	} else if last := lastEnd(s.Periods); in.Since.Before(workday.Day(last)) {
		wrong.Add("since", "Bis zum "+workday.Written(last)+" lag die Aufgabe schon bei anderen. Geben Sie einen Tag ab dann ein.")
	}
	return slices.Concat(wrong, checkText("note", in.Note), checkText("ticket", in.Ticket), checkText("party_name", in.Party))
}

func isWordRune(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("äöüßÄÖÜ", r)
}

func lastEnd(periods []Waiting) time.Time {
	var last time.Time
	for _, w := range periods {
		if w.Until != nil && w.Until.After(last) {
			last = *w.Until
		}
	}
	return last
}
