package decisionpage

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Review shows one of the four reviews: a form while the case is prepared, and the paper afterwards.
func (p Pages) Review(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, review, err := p.findReview(r, who)
	if err != nil {
		return err
	}
	return p.renderReview(w, r, who, http.StatusOK, found, review, reviewFormOf(found, review), nil)
}

// SaveReview enters a review, shows the form again with what is wrong, or what somebody else entered meanwhile.
func (p Pages) SaveReview(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "id")
	if err != nil {
		return err
	}
	kind, err := page.Art(r)
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "version", "result", "note", "links", "cross_land", stepField)
	if err != nil {
		return err
	}
	version, err := sent.Version()
	if err != nil {
		return err
	}
	f := reviewForm{version, sent.Text("result"), sent.Text("note"), sent.Text("links"), sent.Text("cross_land")}
	draft := sent.Text(stepField) == toDraft
	cause := p.Decisions.Review(r.Context(), who, id, kind, f.input(draft))
	switch {
	case cause == nil && draft:
		return page.Redirect(w, r, link.Review(id, page.ArtOf(kind)), page.Drafted)
	case cause == nil:
		return page.Redirect(w, r, link.Decision(id), page.Saved)
	}
	var wrong page.Errors
	if err := wrong.Merge(cause); fault.KindOf(err) != fault.Conflict && err != nil {
		return err
	}
	found, review, err := p.findReview(r, who)
	switch {
	case err != nil:
		return err
	case len(wrong) > 0:
		return p.renderReview(w, r, who, http.StatusUnprocessableEntity, found, review, f, wrong)
	case !found.May(who, decision.ToReview):
		return p.renderAgain(w, r, who, id, cause, notice{Typed: f.facts()})
	}
	return p.renderReviewClash(w, r, who, found, review, sent, f)
}

func (p Pages) findReview(r *http.Request, who access.Actor) (decision.Shown, decision.Review, error) {
	id, err := page.ID(r, "id")
	if err != nil {
		return decision.Shown{}, decision.Review{}, err
	}
	found, err := p.Decisions.ShowReviews(r.Context(), who, id, page.TrailLimit(r))
	if err != nil {
		return found, decision.Review{}, err
	}
	kind, err := page.Art(r)
	if err != nil {
		return found, decision.Review{}, err
	}
	review, ok := found.Review(kind)
	if !ok {
		return found, review, fault.Missing()
	}
	return found, review, nil
}

func (p Pages) renderReview(w http.ResponseWriter, r *http.Request, who access.Actor, status int, d decision.Shown, review decision.Review, f reviewForm, wrong page.Errors) error {
	v, head := newReviewView(d, review, f, wrong, who), reviewHead(d, review)
	v.Files = p.Papers(d, review, who)
	if v.Autosave != "" {
		head.Scripts = []string{"autosave.js"}
	}
	return p.Shell.Render(w, r, who, status, head, reviewPage(v))
}

func reviewHead(d decision.Shown, review decision.Review) ui.Page {
	return ui.Page{
		Heading: review.Kind.Word(), Meta: "Nachnutzung: " + d.ServiceName, State: resultOf(review.Result), Crumbs: crumbs(d, review.Kind.Word()),
	}
}

// renderReviewClash puts what two people entered into the same review side by side.
func (p Pages) renderReviewClash(w http.ResponseWriter, r *http.Request, who access.Actor, d decision.Shown, review decision.Review, sent page.Form, mine reviewForm) error {
	var latest []audit.Event
	if review.ReviewedAt != nil {
		latest = []audit.Event{{At: *review.ReviewedAt, Name: review.Reviewer, OrgName: d.MinistryName}}
	}
	return p.Shell.RenderClash(w, r, who, page.Clash{
		Page: reviewHead(d, review),
		Rows: []ui.ConflictRow{
			{Field: "Ergebnis", Mine: decision.Result(mine.Result).Word(), Theirs: review.Result.Word()},
			{Field: "Vermerk", Mine: mine.Note, Theirs: review.Note},
			{Field: "Unterlagen", Mine: mine.Links, Theirs: strings.Join(review.Links, "\n")},
		},
		Action: link.Review(d.ID, page.ArtOf(review.Kind)), Current: link.Decision(d.ID), Form: sent, Version: review.Version, Trail: latest,
	})
}

// toDraft is the button that keeps a review which is not finished.
const toDraft = "entwurf"

// reviewForm is what people typed, as they typed it.
type reviewForm struct {
	Version                        int64
	Result, Note, Links, CrossLand string
}

// reviewFormOf fills the form with what is saved. Where nobody has begun and others have answered, their answer is a
// beginning: the ministry still decides what it makes of it.
func reviewFormOf(d decision.Shown, r decision.Review) reviewForm {
	f := reviewForm{Version: r.Version, Result: string(r.Result), Note: r.Note, Links: strings.Join(r.Links, "\n")}
	if r.Result == decision.Open {
		f.Result = ""
	}
	if r.Kind == decision.Privacy && d.CrossLand != nil {
		f.CrossLand = map[bool]string{true: "ja", false: "nein"}[*d.CrossLand]
	}
	if r.Version > 1 || r.Kind != decision.Technical {
		return f
	}
	for _, o := range d.Opinions {
		if o.Kind == decision.TechnicalOpinion && o.Answered() {
			f.Result = string(o.Result)
			f.Note = strings.TrimSpace(f.Note + "\n" + o.PartyKey + ", " + ui.Date(*o.AnsweredAt) + ": " + ui.OrDash(o.Note))
			f.Links = strings.Join(o.Links, "\n")
		}
	}
	return f
}

func (f reviewForm) input(draft bool) decision.ReviewInput {
	in := decision.ReviewInput{Version: f.Version, Draft: draft, Result: decision.Result(f.Result), Note: f.Note, Links: strings.Split(f.Links, "\n")}
	if f.CrossLand != "" {
		yes := f.CrossLand == "ja"
		in.CrossLand = &yes
	}
	return in
}

func (f reviewForm) facts() []ui.Fact {
	return []ui.Fact{{Term: "Ergebnis", Value: decision.Result(f.Result).Word()}, {Term: "Vermerk", Body: prose(f.Note)}, {Term: "Unterlagen", Body: prose(f.Links)}}
}

type reviewView struct {
	Errors       []ui.FieldError
	URL, Version string
	Back         string
	LookAt       string
	CrossLand    ui.Field // asked for privacy only
	Result, Note ui.Field
	Links        ui.Field
	Autosave     string // what the form carries when a script keeps its draft; "" where nothing is a draft
	Files        templ.Component
	Opinions     []opinionRow
	Ask          ui.Link
	MayEdit      bool
	Paper        []ui.Fact // for those who only read
	Facts        ui.FactsProps
	ServiceURL   string
	Siblings     []ui.Row
}

func newReviewView(d decision.Shown, review decision.Review, f reviewForm, wrong page.Errors, who access.Actor) reviewView {
	v := reviewView{
		Errors: wrong.Summary(), URL: link.Review(d.ID, page.ArtOf(review.Kind)), Version: version(f.Version), Back: link.Decision(d.ID),
		LookAt: lookAt(review.Kind), MayEdit: d.May(who, decision.ToReview), Facts: ui.FactsProps{Items: facts(d)}, ServiceURL: link.Service(d.ServiceSlug),
		Result: ui.Field{Name: "result", Label: "Wozu kommt die Prüfung?", Value: f.Result, Error: wrong.For("result"), Options: resultOptions()},
		Note:   ui.Field{Name: "note", Label: "Vermerk", Value: f.Note, Rows: 10, Error: wrong.For("note"), Hint: "Nötig bei Auflagen, negativem Ergebnis oder Verzicht. Nur Ihr Ressort liest ihn."},
		Links:  ui.Field{Name: "links", Label: "Unterlagen an anderer Stelle", Value: f.Links, Rows: 3, Optional: true, Error: wrong.For("links"), Hint: "Je Zeile eine Adresse, zum Beispiel in der E-Akte. Dateien laden Sie weiter unten hoch."},
		Paper:  []ui.Fact{{Term: "Ergebnis", Status: resultOf(review.Result)}, {Term: "Vermerk", Body: prose(ui.OrDash(review.Note))}},
	}
	if v.MayEdit && review.Result == decision.Open { // the draft of a finished review would open it again
		v.Autosave = stepField + "=" + toDraft
	}
	if len(review.Links) > 0 {
		v.Paper = append(v.Paper, ui.Fact{Term: "Unterlagen", Body: papers(review.Links)})
	}
	switch review.Kind {
	case decision.Privacy:
		v.CrossLand = ui.Field{
			Name: "cross_land", Label: "Ist es ein länderübergreifender Onlinedienst nach § 8a OZG?", Value: f.CrossLand, Error: wrong.For("cross_land"),
			Hint:    "Dann verantwortet die betreibende Behörde des anderen Landes die Verarbeitung im Dienst.",
			Options: []ui.Option{{Value: "ja", Text: "Ja", Hint: "Ein Vertrag zur Auftragsverarbeitung (AVV) ist nicht nötig."}, {Value: "nein", Text: "Nein", Hint: "Ein Vertrag zur Auftragsverarbeitung (AVV) ist zu prüfen."}},
		}
		if d.CrossLand != nil {
			v.Paper = append(v.Paper, avvFact(*d.CrossLand))
		}
	case decision.Technical:
		v.Opinions = opinionRows(d, decision.TechnicalOpinion)
		if v.MayEdit {
			v.Ask = ui.Link{Text: "TLRZ oder KIV um Stellungnahme bitten", URL: link.AskOpinion(d.ID, opinionArt(decision.TechnicalOpinion))}
		}
	case decision.Economic:
		v.Ask = ui.Link{Text: "Berechnung ansehen", URL: link.Assessment(d.ID)}
	}
	if review.ReviewedAt != nil {
		v.Paper = append(v.Paper, ui.Fact{Term: "Geprüft", Value: ui.LongDate(*review.ReviewedAt) + ", " + review.Reviewer})
	}
	for _, other := range d.Reviews {
		if other.Kind != review.Kind {
			v.Siblings = append(v.Siblings, ui.Row{Title: other.Kind.Word(), URL: link.Review(d.ID, page.ArtOf(other.Kind)), Status: resultOf(other.Result)})
		}
	}
	return v
}

func resultOptions() []ui.Option {
	hints := map[decision.Result]string{
		decision.Positive:               "Aus dieser Sicht spricht nichts gegen die Nachnutzung.",
		decision.PositiveWithConditions: "Die Nachnutzung ist möglich, wenn etwas geschieht. Nennen Sie es im Vermerk.",
		decision.Negative:               "Aus dieser Sicht ist von der Nachnutzung abzuraten.",
		decision.Waived:                 "Diese Prüfung ist hier nicht nötig.",
	}
	options := make([]ui.Option, len(decision.Results))
	for i, r := range decision.Results {
		options[i] = ui.Option{Value: string(r), Text: r.Word(), Hint: hints[r]}
	}
	return options
}
