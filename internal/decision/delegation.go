package decision

import (
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
)

// Delegation lets a colleague decide in the place of somebody who is away. It is dated and never longer than a year.
type Delegation struct {
	ID       uuid.UUID  `json:"delegation_id" db:"delegation_id"`
	From     uuid.UUID  `json:"from_person" db:"from_person"`
	FromName string     `json:"from_name"`
	To       uuid.UUID  `json:"to_person" db:"to_person"`
	ToName   string     `json:"to_name"`
	Begins   time.Time  `json:"valid_from" db:"valid_from"`
	Ends     time.Time  `json:"valid_to" db:"valid_to"`
	Reason   string     `json:"reason"`
	EndedAt  *time.Time `json:"ended_at"`
}

// On reports whether the delegation counts on a day.
func (g Delegation) On(day time.Time) bool {
	return g.EndedAt == nil && !day.Before(g.Begins) && !day.After(g.Ends)
}

// DelegateInput is a new delegation. ID is made with the form.
type DelegateInput struct {
	ID     uuid.UUID
	To     uuid.UUID
	Begins *time.Time
	Ends   *time.Time
	Reason string
}

func (in DelegateInput) check(today time.Time) error {
	var wrong fault.Wrong
	wrong.If(in.To == uuid.Nil, "to", "Wählen Sie, wer Sie vertritt.")
	wrong.If(in.Begins == nil || in.Begins.Before(today), "begins", "Geben Sie den ersten Tag der Vertretung ein, frühestens heute.")
	wrong.If(in.Ends == nil || in.Begins != nil && (in.Ends.Before(*in.Begins) || in.Ends.After(in.Begins.AddDate(1, 0, 0))), "ends", "Geben Sie den letzten Tag der Vertretung ein, höchstens ein Jahr nach dem ersten.")
	switch {
	case in.Reason == "":
		wrong.Add("reason", "Nennen Sie den Anlass, zum Beispiel „Urlaub“.")
	case len([]rune(in.Reason)) > maxShort:
		wrong.Add("reason", "Kürzen Sie den Anlass auf höchstens 500 Zeichen.")
	}
	return wrong.Err()
}
