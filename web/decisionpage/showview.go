package decisionpage

import (
	"strconv"
	"strings"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/catalog"
	"rollinportal/internal/decision"
	"rollinportal/internal/paper"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type showView struct {
	Heading, Meta string
	Errors        []ui.FieldError
	Late          ui.AlertProps // an act that came too late
	Question      string        // the case was sent back with it
	Steps         ui.StepLineProps
	Next          nextView
	ServiceURL    string
	Facts         ui.FactsProps
	Said          page.Said
	Reviews       []reviewRow
	CrossLand     []ui.Fact
	Assessment    assessmentView
	Asked         []askedView
	Verdict       []ui.Fact
	Record        ui.Link // the Vermerk
	Conditions    []conditionRow
	Case          ui.FactsProps
	Others        []ui.Row
	Withdraw      withdrawView
	Trail         ui.LogProps
}

type reviewRow struct {
	ID, Name, URL, Act, Note, By string
	Links                        []string
	Files                        []fileRow
	Result                       ui.StatusProps
}

// fileRow is a version of a file with its hash.
type fileRow struct{ Name, URL, Sum string }

func fileRows(d decision.Shown, r decision.Review) []fileRow {
	var rows []fileRow
	for _, f := range r.Files {
		rows = append(rows, newFileRow(f, link.Paper(d.ID, page.ArtOf(r.Kind), f.ID)))
	}
	return rows
}

func newFileRow(f paper.File, url string) fileRow {
	return fileRow{Name: f.Name + ", Fassung " + strconv.Itoa(f.Version), URL: url, Sum: f.SHA256}
}

type conditionRow struct {
	No, Text, Owner, Due string
	URL                  string // where it is followed, for those who may
	State                ui.StatusProps
}

type withdrawView struct {
	URL, Version string
	Reason       ui.Field
	Open         bool
}

func newShowView(d decision.Shown, who access.Actor, n notice) showView {
	v := showView{
		Heading:    "Nachnutzung: " + d.ServiceName,
		Meta:       "Vorgang Nr. " + ui.Number(int64(d.No)) + " · " + d.MinistryName,
		Errors:     n.Errors.Summary(),
		Next:       next(d, who),
		ServiceURL: link.Service(d.ServiceSlug),
		Facts:      ui.FactsProps{Columns: true, Items: facts(d)},
		Said:       page.SaidOf(d.Said, ""),
		Reviews:    reviewRows(d, who),
		Verdict:    verdict(d),
		Conditions: conditionRows(d),
		Case:       ui.FactsProps{Items: caseFacts(d, who)},
		Others:     others(d),
		Assessment: newAssessmentView(d, who),
		Asked:      askedViews(d, d.May(who, decision.ToReview)),
	}
	if d.Recorded {
		v.Record = ui.Link{Text: "Vermerk", URL: link.Record(d.ID)}
	}
	if d.CrossLand != nil {
		v.CrossLand = []ui.Fact{avvFact(*d.CrossLand)}
	}
	if who.Reach(access.DecisionView) != access.Published {
		v.Steps = steps(d, who)
	}
	if d.State.Open() && d.DueOn != nil {
		v.Meta += " · Entscheidung erbeten bis " + ui.Date(*d.DueOn)
	}
	if d.State == decision.InReview {
		v.Question = d.Reason
	}
	if n.Text != "" {
		v.Late = ui.AlertProps{Tone: ui.Warning, Heading: n.Heading, Text: n.Text}
		if len(n.Typed) > 0 {
			v.Late.Body = typed(n.Typed)
		}
	}
	if d.May(who, decision.ToWithdraw) {
		v.Withdraw = withdrawView{
			URL: link.WithdrawDecision(d.ID), Version: version(d.Version), Open: n.Reason != "" || n.Errors.For("reason") != "",
			Reason: ui.Field{Name: "reason", Label: "Grund", Value: n.Reason, Rows: 3, Error: n.Errors.For("reason"), Hint: "Die Landeskoordination liest den Grund mit."},
		}
	}
	return v
}

func facts(d decision.Shown) []ui.Fact {
	amount := func(cents *int64) string {
		if cents == nil {
			return known("")
		}
		return ui.Euro(*cents)
	}
	return []ui.Fact{
		{Term: "Umsetzendes Land", Value: known(catalog.LandName(d.ProvidingState))},
		{Term: "Betreiber", Value: known(d.Operator)},
		{Term: "Themenfeld", Value: d.TopicField},
		{Term: "OZG-ID", Value: strings.Join(d.OzgIDs, ", ")},
		{Term: "Transportweg", Value: known(transports(d.Transports))},
		{Term: "Zuständig", Value: ui.Count(d.Competent, "Einheit", "Einheiten")},
		{Term: "Einmalig je Einheit", Value: amount(d.PriceOnce)},
		{Term: "Je Jahr", Value: amount(d.PriceYearly)},
		{Term: "Quelle", Value: d.Source},
		{Term: "Geprüft am", Value: checked(d.CheckedOn)},
	}
}

// known is a text, or that nobody wrote it down.
func known(text string) string {
	if text == "" {
		return "nicht erfasst"
	}
	return text
}

func checked(on *time.Time) string {
	if on == nil {
		return "noch nicht geprüft"
	}
	return ui.Date(*on)
}

func transports(keys []string) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = map[string]string{"osci": "OSCI/XTA", "fitc": "FIT-Connect"}[key]
	}
	return strings.Join(names, ", ")
}

func reviewRows(d decision.Shown, who access.Actor) []reviewRow {
	var rows []reviewRow
	for _, r := range d.Reviews {
		row := reviewRow{
			ID: anchor(string(r.Kind)), Name: r.Kind.Word(), URL: link.Review(d.ID, page.ArtOf(r.Kind)), Note: r.Note, Result: resultOf(r.Result),
			Act: "Prüfung ansehen",
		}
		if r.ReviewedAt != nil {
			row.By = r.Reviewer + ", " + ui.Date(*r.ReviewedAt)
		}
		row.Links, row.Files = r.Links, fileRows(d, r)
		if r.Result == decision.Open && r.ReviewedAt != nil {
			row.Result = ui.StatusProps{Kind: ui.InProgress, Text: "Entwurf"}
		}
		switch {
		case d.May(who, decision.ToReview) && r.Result == decision.Open:
			row.Act = "Prüfung eintragen"
		case d.May(who, decision.ToReview):
			row.Act = "Prüfung ändern"
		case r.Result == decision.Open:
			row.URL = ""
		}
		rows = append(rows, row)
	}
	return rows
}

// verdict is what was decided and why, or why the case ended without a decision.
func verdict(d decision.Shown) []ui.Fact {
	if d.State == decision.Withdrawn {
		return []ui.Fact{{Term: "Ergebnis", Status: stateOf(d.State, false)}, {Term: "Grund", Body: prose(d.Reason)}}
	}
	if d.Outcome == "" {
		return nil
	}
	found := []ui.Fact{{Term: "Ergebnis", Status: stateOf(d.Outcome, false)}}
	if d.State == decision.Revoked || d.State == decision.Expired {
		found = append([]ui.Fact{{Term: "Stand", Status: stateOf(d.State, false)}}, found...)
	}
	if d.Ground != "" {
		found = append(found, ui.Fact{Term: "Grund", Value: d.Ground.Word()})
	}
	found = append(found, ui.Fact{Term: "Begründung", Body: prose(d.Reason)})
	if d.DeferredUntil != nil {
		found = append(found, ui.Fact{Term: "Wiedervorlage", Value: ui.LongDate(*d.DeferredUntil)})
	}
	if d.ValidUntil != nil {
		found = append(found, ui.Fact{Term: "Gilt bis", Value: ui.LongDate(*d.ValidUntil)})
	}
	found = append(found, ui.Fact{Term: "Entschieden am", Value: ui.LongDate(*d.DecidedAt)})
	if d.Decider != "" {
		found = append(found, ui.Fact{Term: "Entschieden durch", Value: d.Decider})
	}
	if d.InPlaceOf != "" {
		found = append(found, ui.Fact{Term: "In Vertretung von", Value: d.InPlaceOf})
	}
	if d.State != decision.Revoked {
		return found
	}
	found = append(found,
		ui.Fact{Term: "Aufgehoben am", Value: ui.LongDate(*d.RevokedAt)}, ui.Fact{Term: "Grund der Aufhebung", Value: d.RevokedGround.Word()},
		ui.Fact{Term: "Begründung der Aufhebung", Body: prose(d.RevokedReason)})
	if d.Revoker != "" {
		found = append(found, ui.Fact{Term: "Aufgehoben durch", Value: d.Revoker})
	}
	return found
}

func conditionRows(d decision.Shown) []conditionRow {
	var rows []conditionRow
	for i, c := range d.Conditions {
		row := conditionRow{No: ui.Number(int64(i + 1)), Text: c.Text, Owner: c.Owner, Due: "bis\u00a0" + ui.Date(c.DueOn)}
		if l, known := d.Life(i + 1); known {
			row.URL, row.State = link.Condition(l.ID), page.LifeState(l)
		}
		rows = append(rows, row)
	}
	return rows
}

// caseFacts is how the case came about. Readers of decisions only see whose it is.
func caseFacts(d decision.Shown, who access.Actor) []ui.Fact {
	found := []ui.Fact{{Term: "Entscheidendes Ressort", Value: d.MinistryName}}
	if who.Reach(access.DecisionView) == access.Published {
		return found
	}
	requester := d.Requester
	if requester == "" {
		requester = "Landeskoordination"
	}
	found = append(found,
		ui.Fact{Term: "Anlass", Value: d.Occasion},
		ui.Fact{Term: "Angefragt", Value: ui.Date(d.RequestedAt) + ", " + requester})
	if d.SubmittedAt != nil {
		found = append(found, ui.Fact{Term: "Eingereicht", Value: strings.Trim(ui.Date(*d.SubmittedAt)+", "+d.Submitter, ", ")})
	}
	return found
}

func others(d decision.Shown) []ui.Row {
	var rows []ui.Row
	for _, o := range d.Others {
		row := ui.Row{Title: "Vorgang Nr. " + ui.Number(int64(o.No)), URL: link.Decision(o.ID), Status: stateOf(o.State, false)}
		if o.DecidedAt != nil {
			row.Meta = o.Outcome.Word() + " am " + ui.Date(*o.DecidedAt)
		}
		rows = append(rows, row)
	}
	return rows
}

func version(v int64) string { return strconv.FormatInt(v, 10) }
