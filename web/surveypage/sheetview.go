package surveypage

import (
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/survey"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// sheetView is what a body answers, or has answered.
type sheetView struct {
	Errors     []ui.FieldError
	Late       ui.AlertProps
	Note       string
	Progress   ui.ProgressProps
	State      ui.StatusProps
	Explain    string
	Returned   string // why the Land gave the answer back
	Parts      []partView
	Editable   bool
	ConfirmURL string
	Profile    string // the version of the profile that is shown
	All        string // confirms all that is left; "" if that is nothing or one
	Outlook    outlookView
	Submit     submitView
	Results    []resultView
}

type partView struct {
	ID, Heading string
	State       ui.StatusProps
	Facts       ui.FactsProps
	Said        string // who confirmed it and when
	Empty       string
	Block       string // to be confirmed by a click; "" if there is nothing to confirm
	Change      ui.Link
}

type outlookView struct {
	URL, Version string
	State        ui.StatusProps
	Plans, Wish  ui.Field
}

type submitView struct {
	URL, Version string
	Missing      string // what is still to be done before
	Others       string // who submits, if it is not the reader
}

func newSheetView(s *survey.Sheet, who access.Actor, x extra) sheetView {
	done := len(s.Parts) - len(s.Left())
	v := sheetView{
		Errors: x.Wrong.Summary(), Late: x.Late, Note: s.Note, State: progressOf(s.Own.State), Explain: explain(s),
		Editable: s.State == survey.Open && !s.Own.State.Answered(), ConfirmURL: link.ConfirmSurvey(s.ID), Profile: versionText(s.Profile),
		Progress: ui.ProgressProps{ID: "fortschritt", Value: done, Max: len(s.Parts), Label: ui.Number(int64(done)) + " von " + ui.Number(int64(len(s.Parts))) + " Blöcken beantwortet"},
		Results:  resultViews(s.Results, nil),
	}
	if s.Own.State == survey.Returned {
		v.Returned = s.Own.Reason
	}
	confirmable := 0
	for _, p := range s.Parts {
		switch {
		case !v.Editable:
			v.Parts = append(v.Parts, givenPart(p.Block, s.Own.Answers))
		case p.Block == survey.Outlook:
			v.Outlook = newOutlook(s, p, x)
		default:
			part := newPart(s, p, who)
			if part.Block != "" {
				confirmable++
			}
			v.Parts = append(v.Parts, part)
		}
	}
	if confirmable > 1 {
		v.All = "Alle " + ui.Number(int64(confirmable)) + " unverändert bestätigen"
	}
	v.Submit = newSubmit(s, who)
	return v
}

// explain says in a sentence what the body has to do.
func explain(s *survey.Sheet) string {
	switch {
	case s.Own.State == survey.Submitted:
		return "Ihre Antwort ist beim Land. Wenn etwas fehlt, kommt sie mit einem Grund zurück."
	case s.Own.State.Settled():
		return "Ihre Antwort zählt. Sie müssen nichts mehr tun."
	case s.State != survey.Open:
		return "Die Runde ist geschlossen, von Ihnen liegt keine Antwort vor."
	}
	return "Hier stehen die Angaben aus Ihrem Profil. Bestätigen Sie, was gleich geblieben ist, und ändern Sie den Rest. Änderungen gelten auch im Profil."
}

// givenPart is a block as it was submitted.
func givenPart(b survey.Block, answers survey.Answers) partView {
	v := partView{ID: string(b), Heading: b.Word(), Facts: ui.FactsProps{Columns: true, Items: facts(b, answers[b].Details)}}
	switch {
	case len(v.Facts.Items) == 0:
		v.Empty = "Keine Angabe."
	case answers[b].Changed:
		v.State = ui.StatusProps{Kind: ui.Conditional, Text: "Neu oder geändert"}
	default:
		v.State = ui.StatusProps{Kind: ui.Done, Text: "Unverändert"}
	}
	return v
}

func newPart(s *survey.Sheet, p survey.Part, who access.Actor) partView {
	v := partView{ID: string(p.Block), Heading: p.Word(), Facts: ui.FactsProps{Columns: true, Items: facts(p.Block, p.Details)}, State: partState(p)}
	id := link.New
	v.Change = ui.Link{Text: "Angeben", Note: ": " + p.Word()}
	if p.FactID != uuid.Nil {
		id, v.Change.Text = p.FactID.String(), "Ändern"
	}
	v.Change.URL = link.FactFor(who.Org.Key, string(p.Block), id, s.ID)
	if !p.Stated {
		v.Empty = "Im Profil steht dazu noch nichts."
		return v
	}
	v.Said = "bestätigt am " + ui.Date(p.At)
	if p.By != "" {
		v.Said += " von " + p.By
	}
	if !p.Answered {
		v.Block = string(p.Block)
	}
	return v
}

func partState(p survey.Part) ui.StatusProps {
	if p.Answered {
		return ui.StatusProps{Kind: ui.Done, Text: "Beantwortet"}
	}
	return ui.StatusProps{Kind: ui.Open, Text: "Noch offen"}
}

func newOutlook(s *survey.Sheet, p survey.Part, x extra) outlookView {
	said := p.Details
	if x.Outlook != nil {
		said = x.Outlook
	}
	v := outlookView{
		URL: link.SurveyOutlook(s.ID), Version: versionText(s.Own.Version), State: partState(p),
		Plans: ui.Field{Name: survey.Plans, Label: "Was planen Sie in den nächsten zwölf Monaten?", Value: said[survey.Plans], Error: x.Wrong.For(survey.Plans)},
		Wish:  ui.Field{Name: survey.Wish, Label: "Was brauchen Sie dafür vom Land?", Value: said[survey.Wish], Rows: 3, MaxLength: 500, Optional: true, Error: x.Wrong.For(survey.Wish), Hint: "Das liest nur die Landeskoordination."},
	}
	for _, option := range survey.PlanOptions {
		v.Plans.Options = append(v.Plans.Options, ui.Option{Value: option, Text: option})
	}
	return v
}

func newSubmit(s *survey.Sheet, who access.Actor) submitView {
	v := submitView{URL: link.SubmitSurvey(s.ID), Version: versionText(s.Own.Version)}
	if n := len(s.Left()); n > 0 {
		v.Missing = "Es " + map[bool]string{true: "fehlt", false: "fehlen"}[n == 1] + " noch " + ui.Count(n, "Block", "Blöcke") + "."
	}
	if !who.Can(access.SurveySubmit) {
		v.URL, v.Others = "", "Die Koordination Ihrer Kommune sendet die Antwort ab."
	}
	return v
}

// singleView is what one body answered, as the Land checks it.
type singleView struct {
	Errors       []ui.FieldError
	Late         ui.AlertProps
	Facts        ui.FactsProps
	Reason       string
	Parts        []comparedView
	Empty        string
	URL, Version string // of the check; "" if there is nothing to check
	MayReturn    bool
	Return       ui.Field
}

type comparedView struct {
	partView
	Before string // what it said in the last round
}

func newSingleView(r survey.Round, response survey.Response, who access.Actor, x extra) singleView {
	v := singleView{Errors: x.Wrong.Summary(), Late: x.Late, Reason: response.Reason}
	if response.SubmittedAt != nil {
		v.Facts = ui.FactsProps{Items: []ui.Fact{{Term: "Abgesendet am", Value: ui.DateTime(*response.SubmittedAt)}}}
	}
	for _, b := range survey.Blocks {
		if _, given := response.Answers[b]; !given {
			continue
		}
		c := comparedView{partView: givenPart(b, response.Answers)}
		if before, known := response.Before[b]; known && response.Answers[b].Changed {
			c.Before = b.Said(before.Details)
		}
		v.Parts = append(v.Parts, c)
	}
	if response.SubmittedAt == nil {
		v.Parts, v.Empty = nil, "Diese Kommune hat noch nicht geantwortet."
	}
	if who.Can(access.SurveyManage) && response.State == survey.Submitted && r.PublishedAt == nil {
		v.URL, v.Version, v.MayReturn = link.SurveyAnswer(r.ID, response.Key), versionText(response.Version), r.State == survey.Open
		v.Return = ui.Field{Name: "reason", Label: "Was fehlt oder stimmt nicht?", Value: x.Reason, Rows: 3, MaxLength: 500, Error: x.Wrong.For("reason")}
	}
	return v
}

// sumsID is the sentence that says why nobody but the Land finds lists behind these figures.
const sumsID = "ohne-namen"

// publicView is what everybody reads of a round.
type publicView struct {
	Note    string
	Facts   ui.FactsProps
	Empty   string
	Results []resultView
}

func newPublicView(p *survey.Page) publicView {
	v := publicView{Note: p.Note}
	if p.Results == nil {
		v.Empty = "Die Runde läuft noch. Sobald das Land das Ergebnis veröffentlicht, steht es hier."
		return v
	}
	v.Facts = summary(p.Results, uuid.Nil)
	v.Results = resultViews(p.Results, p.Last)
	return v
}

// summary says how many answered and how; of round, the figures lead to the responses, of none they do not.
func summary(r *survey.Results, round uuid.UUID) ui.FactsProps {
	list := func(pairs ...string) string {
		if round == uuid.Nil {
			return ""
		}
		return picksOf(round, pairs...)
	}
	figure := func(term string, n int, key string) ui.Fact {
		counted := ui.Counted(n, list(answerParam, key))
		return ui.Fact{Term: term, Value: counted.Text, URL: counted.URL}
	}
	return ui.FactsProps{Columns: true, Items: []ui.Fact{
		{Term: "Eingeladen", Value: ui.Count(r.Invited, "Kommune", "Kommunen"), URL: list()},
		{Term: "Ausgewertet", Body: ui.Fraction(ui.NewFraction(r.Answered, r.Invited, list(answerParam, "ausgewertet"), list(), "Kommunen"))},
		figure("Davon unverändert bestätigt", r.Unchanged, "unveraendert"), figure("Davon mit neuen Angaben", r.Answered-r.Unchanged, "neu"),
	}}
}
