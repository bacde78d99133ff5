package event

import (
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/notify"
)

func invitation(in Input, bodies []uuid.UUID) notify.Notice {
	return notify.Notice{
		Kind: notify.EventPlanned, To: notify.Orgs(bodies...), Path: notify.AtEvent(in.ID),
		Text: "Termin: „" + in.Title + "“ am " + momentOf(in.StartsAt) + ". Anmelden können Sie sich mit einem Klick.",
	}
}

// registered are the bodies that count on the event.
func (s Shown) registered() []uuid.UUID {
	var found []uuid.UUID
	for _, r := range s.Registrations {
		if r.Active() {
			found = append(found, r.Body)
		}
	}
	return found
}

// moved tells whoever registered that the event is at another time or place; nothing of what is over.
func (s Shown) moved(in Input, now time.Time) []notify.Notice {
	bodies := s.registered()
	same := s.StartsAt.Equal(in.StartsAt) && s.Place == in.Place && s.Address == in.Address
	if len(bodies) == 0 || same || s.Cancelled != "" || !in.StartsAt.After(now) {
		return nil
	}
	text := "„" + in.Title + "“ findet jetzt am " + momentOf(in.StartsAt) + " statt"
	if in.Place != "" {
		text += ", Ort: " + in.Place
	}
	return []notify.Notice{{Kind: notify.EventChanged, To: notify.Orgs(bodies...), Path: notify.AtEvent(s.ID), Text: text + "."}}
}

func (s Shown) cancellation(reason string) []notify.Notice {
	bodies := s.registered()
	if len(bodies) == 0 {
		return nil
	}
	return []notify.Notice{{
		Kind: notify.EventChanged, To: notify.Orgs(bodies...), Path: notify.AtEvent(s.ID),
		Text: "„" + s.Title + "“ am " + momentOf(s.StartsAt) + " fällt aus: " + reason,
	}}
}
