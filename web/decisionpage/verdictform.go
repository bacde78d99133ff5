package decisionpage

import (
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/decision"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// The buttons of the form about the decision: each sends the whole form and says what to do with it.
const (
	stepField  = "schritt"
	toSummary  = "zusammenfassung"
	toForm     = "aendern"
	toDecide   = "entscheiden"
	toReturn   = "zurueckgeben"
	addOne     = "hinzufuegen"
	removeOne  = "entfernen-" // and the number of the condition
	fieldQuest = "question"
)

var verdictFields = []string{"version", "seen", stepField, "outcome", "ground", "delegation", "text" + page.Many, "owner" + page.Many, "due_on" + page.Many, "deferred_until", "valid_until", "reason", fieldQuest}

// verdictForm is what people typed, as they typed it.
type verdictForm struct {
	Version                                  int64
	Seen                                     string // the facts and opinions that were on the page
	Step                                     string
	Outcome, DeferredUntil, Reason, Question string
	Ground, Delegation, ValidUntil           string
	Conditions                               []conditionForm
}

type conditionForm struct{ Text, Owner, DueOn string }

func readVerdict(sent page.Form) (verdictForm, error) {
	version, err := sent.Version()
	f := verdictForm{
		Version: version, Step: sent.Text(stepField), Outcome: sent.Text("outcome"), DeferredUntil: sent.Text("deferred_until"),
		Reason: sent.Text("reason"), Question: sent.Text(fieldQuest), Seen: sent.Text("seen"), Ground: sent.Text("ground"), Delegation: sent.Text("delegation"),
		ValidUntil: sent.Text("valid_until"),
	}
	owners, dates := sent.All("owner"), sent.All("due_on")
	for i, text := range sent.All("text") {
		f.Conditions = append(f.Conditions, conditionForm{strings.TrimSpace(text), at(owners, i), at(dates, i)})
	}
	return f, err
}

func at(values []string, i int) string {
	if i >= len(values) {
		return ""
	}
	return strings.TrimSpace(values[i])
}

// edited adds or removes a condition, as the button asked for.
func (f verdictForm) edited() (verdictForm, bool) {
	if f.Step == addOne {
		f.Conditions = append(f.Conditions, conditionForm{})
		return f, true
	}
	no, ok := strings.CutPrefix(f.Step, removeOne)
	if !ok {
		return f, f.Step == toForm
	}
	if i, err := strconv.Atoi(no); err == nil && i >= 1 && i <= len(f.Conditions) {
		f.Conditions = append(f.Conditions[:i-1:i-1], f.Conditions[i:]...)
	}
	return f, true
}

// filled leaves out the conditions in which nothing was typed.
func (f verdictForm) filled() verdictForm {
	var kept []conditionForm
	for _, c := range f.Conditions {
		if c != (conditionForm{}) {
			kept = append(kept, c)
		}
	}
	f.Conditions = kept
	return f
}

// verdict reads what was typed. A date that cannot be read stays empty; unread says which and why.
func (f verdictForm) verdict() (v decision.Verdict, unread map[string]string) {
	unread = map[string]string{}
	v = decision.Verdict{Version: f.Version, Outcome: decision.State(f.Outcome), Ground: decision.Ground(f.Ground), Reason: f.Reason}
	v.Seen, _ = strconv.ParseInt(f.Seen, 10, 64) // what is no number was never seen
	if id, err := uuid.Parse(f.Delegation); err == nil {
		v.DelegationID = &id
	}
	for i, c := range f.Conditions {
		due, err := ui.ParseDate(c.DueOn)
		if err != nil && c.DueOn != "" {
			unread[numbered("due_on", i)] = err.Error()
		}
		v.Conditions = append(v.Conditions, decision.Condition{Text: c.Text, Owner: c.Owner, DueOn: due})
	}
	v.DeferredUntil = readDay("deferred_until", f.DeferredUntil, unread)
	v.ValidUntil = readDay("valid_until", f.ValidUntil, unread)
	return v, unread
}

// readDay reads a date that may be missing. One that cannot be read is no day at all, and noted: what somebody typed does not
// count as left out.
func readDay(name, typed string, unread map[string]string) *time.Time {
	day, err := ui.ParseDate(typed)
	if err == nil {
		return &day
	}
	if typed == "" {
		return nil
	}
	unread[name] = err.Error()
	return &time.Time{}
}

// complaints are the room's, in its order, but say about an unreadable date what is wrong with it.
func complaints(wrong page.Errors, unread map[string]string) page.Errors {
	for i, f := range wrong {
		if text := unread[f.Name]; text != "" {
			wrong[i].Text = text
		}
	}
	return wrong
}

// numbered is the field of a condition, counted from 0, as the room calls it: "text-1".
func numbered(field string, i int) string { return field + "-" + strconv.Itoa(i+1) }
