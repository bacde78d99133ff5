package pilot

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// Service publishes calls, takes applications and keeps the choice.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Page returns the newest call for a service; without Call there was none yet.
func (s *Service) Page(ctx context.Context, who access.Actor, slug string) (*Page, error) {
	var p *Page
	err := s.db.Read(ctx, who, access.PilotView, func(tx *postgres.Tx) (err error) {
		p, err = load(ctx, tx, slug)
		return err
	})
	return p, err
}

// Publish opens a call. Conflict while another call for the service is open, or after its roll-in began.
func (s *Service) Publish(ctx context.Context, who access.Actor, slug string, d Draft) error {
	d.Text = strings.TrimSpace(d.Text)
	return s.db.Write(ctx, who, access.PilotCall, func(tx *postgres.Tx) error {
		if err := lockCall(ctx, tx, slug); err != nil {
			return err
		}
		p, err := load(ctx, tx, slug)
		if err != nil {
			return err
		}
		if err := p.mayPublish(d); err != nil {
			return err
		}
		added, err := insertCall(ctx, tx, p.ServiceID, d)
		if err != nil {
			return err
		}
		if !added {
			return fault.New(fault.Conflict, "Für diese Leistung läuft schon ein Aufruf.")
		}
		bodies, err := competentBodies(ctx, tx, p.ServiceID)
		if err != nil {
			return err
		}
		if err := notify.Tell(ctx, tx, notify.Notice{
			Kind: notify.PilotsCalled, To: notify.Orgs(bodies...).In(access.BodyCoordinator), Path: at(slug), About: p.ServiceName,
			Text: "Das Land sucht Pilotkommunen für „" + p.ServiceName + "“. Bewerben können Sie sich bis zum " + workday.Written(d.ClosesOn) + ".",
		}); err != nil {
			return err
		}
		changes := append(audit.Diff("Aufruf für Pilotkommunen", "", d.Text), audit.Diff("Bewerbung bis", "", workday.Written(d.ClosesOn))...)
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "pilot.call", Kind: "pilot_call", Record: d.ID, Parent: p.ServiceID, Title: p.ServiceName, Visibility: audit.Land, Changes: changes,
		})
	})
}

func (p *Page) mayPublish(d Draft) error {
	switch {
	case p.Call != nil && p.Call.ID == d.ID:
		return postgres.ErrRepeated
	case p.Started:
		return fault.New(fault.Conflict, "Der Roll-in dieser Leistung hat schon begonnen.")
	case !p.Piloting:
		return fault.New(fault.Conflict, "Die Leistung wird laut Katalog nicht pilotiert. Ändern Sie das zuerst bei der Leistung.")
	case p.Call != nil && p.Call.DecidedAt == nil:
		return fault.New(fault.Conflict, "Für diese Leistung läuft schon ein Aufruf.")
	}
	return d.wrong(p.Today)
}

// Apply says that the acting person's body wants to try the service, and why. Said again, it changes the sentence.
func (s *Service) Apply(ctx context.Context, who access.Actor, slug string, call uuid.UUID, sentence string) error {
	sentence = strings.TrimSpace(sentence)
	return s.db.Write(ctx, who, access.PilotApply, func(tx *postgres.Tx) error {
		p, err := load(ctx, tx, slug)
		if err != nil {
			return err
		}
		before := p.Own(tx.Org())
		if before != nil && before.State == Applied && before.Sentence == sentence {
			return postgres.ErrRepeated
		}
		switch {
		case !p.Competent || p.Call == nil || p.Call.ID != call:
			return fault.Missing()
		case !p.Call.Open(p.Today):
			return errClosed
		case sentence == "":
			return fault.InField("sentence", "Schreiben Sie einen Satz, warum Ihre Einheit Pilotkommune sein möchte.")
		case utf8.RuneCountInString(sentence) > 500:
			return fault.InField("sentence", "Kürzen Sie den Satz auf höchstens 500 Zeichen.")
		}
		if err := p.say(ctx, tx, before, sentence, Applied); err != nil {
			return err
		}
		return notify.Tell(ctx, tx, notify.Notice{
			Kind: notify.PilotApplied, To: notify.Coordination(), Path: at(slug), About: p.ServiceName,
			Text: who.Org.Name + " bewirbt sich als Pilotkommune für „" + p.ServiceName + "“.",
		})
	})
}

var errClosed = fault.New(fault.Conflict, "Der Aufruf ist inzwischen geschlossen. Ihr Satz ist nicht gespeichert; die Landeskoordination hilft Ihnen weiter.")

// Withdraw takes the application back, while the call is open.
func (s *Service) Withdraw(ctx context.Context, who access.Actor, slug string) error {
	return s.db.Write(ctx, who, access.PilotApply, func(tx *postgres.Tx) error {
		p, err := load(ctx, tx, slug)
		if err != nil {
			return err
		}
		before := p.Own(tx.Org())
		switch {
		case before == nil:
			return fault.Missing()
		case before.State == Withdrawn:
			return postgres.ErrRepeated
		case p.Call.DecidedAt != nil:
			return fault.New(fault.Conflict, "Über die Bewerbungen ist schon entschieden.")
		}
		return p.say(ctx, tx, before, before.Sentence, Withdrawn)
	})
}

// say writes what the body says and its trail.
func (p *Page) say(ctx context.Context, tx *postgres.Tx, before *Application, sentence string, state State) error {
	saved, err := saveApplication(ctx, tx, p.Call.ID, sentence, state)
	if err != nil {
		return err
	}
	if !saved {
		return errClosed
	}
	was := Application{}
	if before != nil {
		was = *before
	}
	changes := append(audit.Diff("Bewerbung als Pilotkommune", was.State.Word(), state.Word()), audit.Diff("Satz", was.Sentence, sentence)...)
	return audit.Record(ctx, tx, audit.Entry{
		Org: tx.Org(), Action: "pilot." + string(state), Kind: "pilot_application", Record: p.Call.ID, Title: p.ServiceName, Visibility: audit.Org, Changes: changes,
	})
}

// Choose answers every application and ends the call. Conflict if one changed since its version was read.
func (s *Service) Choose(ctx context.Context, who access.Actor, slug string, call uuid.UUID, choices []Choice) error {
	return s.db.Write(ctx, who, access.PilotCall, func(tx *postgres.Tx) error {
		if err := lockCall(ctx, tx, slug); err != nil {
			return err
		}
		p, err := load(ctx, tx, slug)
		if err != nil {
			return err
		}
		switch {
		case p.Call == nil || p.Call.ID != call:
			return fault.Missing()
		case p.Call.DecidedAt != nil && p.sameChoice(choices):
			return postgres.ErrRepeated
		case p.Call.DecidedAt != nil:
			return fault.New(fault.Conflict, "Jemand hat die Pilotkommunen schon ausgewählt.")
		}
		chosen, err := p.chosen(choices)
		if err != nil {
			return err
		}
		if err := saveChoice(ctx, tx, call, chosen); err != nil {
			return err
		}
		bodies, err := competentBodies(ctx, tx, p.ServiceID)
		if err != nil {
			return err
		}
		if err := notify.Tell(ctx, tx, append(p.results(chosen), p.outcome(chosen, bodies))...); err != nil {
			return err
		}
		return audit.RecordAll(ctx, tx, p.choiceEntries(tx, chosen))
	})
}

// sameChoice reports whether the choices say what was decided: a second click.
func (p *Page) sameChoice(choices []Choice) bool {
	for _, a := range p.Applications {
		for _, c := range choices {
			if c.Key == a.Key && a.State != Withdrawn && (c.Selected != (a.State == Selected) || strings.TrimSpace(c.Reason) != a.Reason) {
				return false
			}
		}
	}
	return true
}

func (p *Page) results(chosen []Application) []notify.Notice {
	found := make([]notify.Notice, len(chosen))
	for i, a := range chosen {
		text := "Ihre Einheit ist Pilotkommune für „" + p.ServiceName + "“. "
		if a.State == Declined {
			text = "Ihre Einheit ist nicht als Pilotkommune für „" + p.ServiceName + "“ ausgewählt. "
		}
		found[i] = notify.Notice{Kind: notify.PilotsChosen, To: notify.Orgs(a.Body), Path: at(p.ServiceSlug), About: p.ServiceName, Text: text + "Begründung: " + a.Reason}
	}
	return found
}

// outcome is what all others hear who were called, those that took their application back among them: who it is, without the
// reasons that are for the applicants.
func (p *Page) outcome(chosen []Application, called []uuid.UUID) notify.Notice {
	var others []uuid.UUID
	for _, body := range called {
		if !slices.ContainsFunc(chosen, func(a Application) bool { return a.Body == body }) {
			others = append(others, body)
		}
	}
	text := "Für „" + p.ServiceName + "“ hat das Land keine Pilotkommune ausgewählt."
	if names := selectedNames(chosen); len(names) > 0 {
		text = "Die Pilotkommunen für „" + p.ServiceName + "“ stehen fest: " + strings.Join(names, ", ") + "."
	}
	return notify.Notice{
		Kind: notify.PilotsChosen, To: notify.Orgs(others...).In(access.BodyCoordinator), Path: at(p.ServiceSlug), About: p.ServiceName, Text: text,
	}
}

func selectedNames(chosen []Application) (names []string) {
	for _, a := range chosen {
		if a.State == Selected {
			names = append(names, a.Name)
		}
	}
	return names
}

func (p *Page) choiceEntries(tx *postgres.Tx, chosen []Application) []audit.Entry {
	var entries []audit.Entry
	for _, a := range chosen {
		entries = append(entries, audit.Entry{
			Org: a.Body, Action: "pilot." + string(a.State), Kind: "pilot_application", Record: p.Call.ID, Title: p.ServiceName, Visibility: audit.Org,
			Changes: append(audit.Diff("Bewerbung als Pilotkommune", Applied.Word(), a.State.Word()), audit.Diff("Begründung", "", a.Reason)...),
		})
	}
	return append(entries, audit.Entry{
		Org: tx.Org(), Action: "pilot.choose", Kind: "pilot_call", Record: p.Call.ID, Parent: p.ServiceID, Title: p.ServiceName, Visibility: audit.Land,
		Changes: audit.Diff("Ausgewählte Pilotkommunen", "", strings.Join(selectedNames(chosen), ", ")),
	})
}

// at is the page of a call.
func at(slug string) string { return notify.AtService(slug) + "/pilotaufruf" }
