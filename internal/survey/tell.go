package survey

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

func opened(r Round, bodies []uuid.UUID) notify.Notice {
	return notify.Notice{
		Kind: notify.SurveyOpened, To: notify.Orgs(bodies...), Path: notify.AtSurvey(r.ID),
		Text: "Das Land fragt in der Umfrage " + r.Title + " nach Ihrer technischen Ausstattung. Ihre letzten Angaben stehen schon da. Antworten Sie bis zum " + workday.Written(r.ClosesOn) + ".",
	}
}

// reminded asks the bodies that have not answered. A round of every day names what it says, so that it says it once.
func reminded(r Round, waiting []Response, key string) notify.Notice {
	bodies := make([]uuid.UUID, len(waiting))
	for i, w := range waiting {
		bodies[i] = w.Body
	}
	return notify.Notice{
		Kind: notify.SurveyDue, To: notify.Orgs(bodies...), Path: notify.AtSurvey(r.ID), Key: key,
		Text: "Ihre Antwort auf die Umfrage " + r.Title + " fehlt noch. Sie läuft bis zum " + workday.Written(r.ClosesOn) + ". Was gleich geblieben ist, bestätigen Sie mit einem Klick.",
	}
}

// answered tells the Land of what it has to check.
func answered(r Round, who access.Actor, to Progress) []notify.Notice {
	if to != Submitted {
		return nil
	}
	return []notify.Notice{{
		Kind: notify.SurveyAnswered, To: notify.Coordination(), Path: notify.AtSurveyAnswer(r.ID, who.Org.Key),
		Text: who.Org.Name + " hat auf die Umfrage " + r.Title + " geantwortet. Bitte prüfen Sie die Antwort.",
	}}
}

func settled(r Round, after Response) notify.Notice {
	n := notify.Notice{
		Kind: notify.SurveySettled, To: notify.Orgs(after.Body), Path: notify.AtSurvey(r.ID),
		Text: "Ihre Antwort auf die Umfrage " + r.Title + " ist angenommen. Danke.",
	}
	if after.State == Returned {
		n.Text = "Ihre Antwort auf die Umfrage " + r.Title + " ist zurück. Bitte ergänzen Sie sie bis zum " + workday.Written(r.ClosesOn) + ": " + after.Reason
	}
	return n
}

// The days before the last one on which those who have not answered hear of it without anybody's click.
const (
	soon = 7
	last = 1
)

// RemindInTime reminds bodies a week and a day before an open round ends. It is a round of every day; a second one tells
// nothing.
func (s *Service) RemindInTime(ctx context.Context, who access.Actor) error {
	return s.db.Write(ctx, who, access.MailDeliver, func(tx *postgres.Tx) error {
		audit.Personal(tx)
		today := tx.Today()
		id, err := endingSoon(ctx, tx, today)
		if err != nil || id == uuid.Nil {
			return err
		}
		p, err := load(ctx, tx, id, true, nil)
		if err != nil {
			return err
		}
		waiting := p.waiting()
		if len(waiting) == 0 {
			return postgres.ErrRepeated
		}
		return notify.Tell(ctx, tx, reminded(p.Round, waiting, reminderKey(p.Round, today)))
	})
}

// reminderKey names the reminder that is due: one for the week, one for the last day.
func reminderKey(r Round, today time.Time) string {
	when := "soon"
	if !r.ClosesOn.After(today.AddDate(0, 0, last)) {
		when = "last"
	}
	return "survey/" + r.ID.String() + "/" + r.ClosesOn.Format(time.DateOnly) + "/" + when
}

// endingSoon returns the open round whose last day is near; Nil if there is none.
func endingSoon(ctx context.Context, tx *postgres.Tx, today time.Time) (id uuid.UUID, err error) {
	err = tx.QueryRow(ctx, `
		SELECT n.round_id
		FROM portal.survey_round n
		WHERE n.land_id = @land AND n.state = 'open' AND n.closes_on BETWEEN @today::date AND @today::date + @soon::int`,
		pgx.StrictNamedArgs{"land": tx.Land(), "today": today, "soon": soon}).Scan(&id)
	if postgres.IsNoRow(err) {
		return uuid.Nil, nil
	}
	if err != nil {
		return uuid.Nil, fmt.Errorf("find a round that ends: %w", err)
	}
	return id, nil
}
