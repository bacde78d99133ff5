package survey

import (
	"cmp"
	"context"
	"maps"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/profile"
)

// Sheet returns what the acting person's body answers in a round; NotFound if it was not invited.
func (s *Service) Sheet(ctx context.Context, who access.Actor, id uuid.UUID) (found *Sheet, err error) {
	err = s.db.Read(ctx, who, access.SurveyAnswer, func(tx *postgres.Tx) error {
		found, err = readSheet(ctx, tx, id)
		return err
	})
	return found, err
}

func readSheet(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (*Sheet, error) {
	own := tx.Org()
	p, err := load(ctx, tx, id, true, &own)
	if err != nil {
		return nil, err
	}
	if len(p.Responses) == 0 {
		return nil, fault.Missing()
	}
	inventory, err := profile.ReadInventory(ctx, tx, kinds...)
	if err != nil {
		return nil, err
	}
	return sheet(p.Round, p.Responses[0], inventory), nil
}

// editable refuses what the body can no longer change.
func (s *Sheet) editable() error {
	switch {
	case s.State != Open:
		return errClosed
	case s.Own.State.Answered():
		return fault.New(fault.Conflict, "Ihre Antwort ist schon abgesendet. Das Land kann sie Ihnen zurückgeben, wenn noch etwas zu ändern ist.")
	}
	return nil
}

// Confirm says that what the profile says of some blocks still holds; of all that are left, if none is named. The version
// is that of the profile that was seen.
func (s *Service) Confirm(ctx context.Context, who access.Actor, id uuid.UUID, version int64, blocks ...Block) error {
	return s.db.Write(ctx, who, access.SurveyAnswer, func(tx *postgres.Tx) error {
		sheet, err := readSheet(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := sheet.editable(); err != nil {
			return err
		}
		confirmed, err := sheet.confirmable(blocks)
		if err != nil {
			return err
		}
		if err := begin(ctx, tx, id); err != nil {
			return err
		}
		return profile.ConfirmKinds(ctx, tx, who.Org.Key, version, confirmed...)
	})
}

// confirmable are the kinds of facts behind the blocks; NotFound for a block that is no view on the profile.
func (s *Sheet) confirmable(blocks []Block) ([]profile.Kind, error) {
	var found []profile.Kind
	if len(blocks) == 0 {
		for _, part := range s.Left() {
			if part.FromProfile() && part.Stated {
				found = append(found, profile.Kind(part.Block))
			}
		}
		if len(found) == 0 {
			return nil, postgres.ErrRepeated
		}
	}
	for _, b := range blocks {
		if !b.FromProfile() {
			return nil, fault.Missing()
		}
		found = append(found, profile.Kind(b))
	}
	return found, nil
}

// Look saves the outlook: what the body plans and wishes. The version is that of the response that was seen.
func (s *Service) Look(ctx context.Context, who access.Actor, id uuid.UUID, version int64, details map[string]string) error {
	tidy := map[string]string{}
	for _, f := range Outlook.Fields() {
		if value := strings.TrimSpace(details[f.Name]); value != "" {
			tidy[f.Name] = value
		}
	}
	return s.db.Write(ctx, who, access.SurveyAnswer, func(tx *postgres.Tx) error {
		if err := checkOutlook(tidy); err != nil {
			return err
		}
		sheet, err := readSheet(ctx, tx, id)
		if err != nil {
			return err
		}
		before, given := sheet.Own.Answers[Outlook]
		if given && maps.Equal(before.Details, tidy) {
			return postgres.ErrRepeated
		}
		if err := sheet.editable(); err != nil {
			return err
		}
		if sheet.Own.Version != version {
			return errStale
		}
		if err := saveAnswers(ctx, tx, id, Answers{Outlook: {Details: tidy}}); err != nil {
			return err
		}
		if revised, err := revise(ctx, tx, id, sheet.Own.Version); err != nil || !revised {
			return cmp.Or[error](err, errStale)
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "survey.draft", Kind: "survey_response", Record: id, Title: title(sheet.Title), Visibility: audit.Private,
			Changes: audit.Diff("Geplanter Wechsel", before.Details[Plans], tidy[Plans]),
		})
	})
}

// Submit hands the answers in: they are copied from the profile as it is now. What does not differ from the last round
// needs nobody to check it.
func (s *Service) Submit(ctx context.Context, who access.Actor, id uuid.UUID, version int64) error {
	return s.db.Write(ctx, who, access.SurveySubmit, func(tx *postgres.Tx) error {
		sheet, err := readSheet(ctx, tx, id)
		if err != nil {
			return err
		}
		own := sheet.Own
		if own.State.Answered() && own.Version == version+1 && own.SubmittedBy == who.Person {
			return postgres.ErrRepeated
		}
		if err := sheet.editable(); err != nil {
			return err
		}
		if own.Version != version {
			return errStale
		}
		if err := sheet.complete(); err != nil {
			return err
		}
		answers := sheet.answers()
		if err := saveAnswers(ctx, tx, id, answers); err != nil {
			return err
		}
		to := answers.submitted()
		done, err := submit(ctx, tx, id, version, to)
		if err != nil {
			return err
		}
		if !done {
			return errStale
		}
		return notify.Record(ctx, tx, []audit.Entry{{
			Org: tx.Org(), Action: "survey." + string(to), Kind: "survey_response", Record: id, Title: title(sheet.Title), Visibility: audit.Private,
			Changes: audit.Diff("Antwort", own.State.Word(), to.Word()),
		}}, answered(sheet.Round, who, to)...)
	})
}

// complete names every block that is still to be answered.
func (s *Sheet) complete() error {
	var wrong fault.Wrong
	for _, part := range s.Left() {
		wrong.Add(string(part.Block), "Beantworten Sie noch: "+part.Word()+".")
	}
	return wrong.Err()
}
