package decisionpage

import (
	"strconv"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/web/link"
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
	Reviews       []reviewRow
	Verdict       []ui.Fact
	Conditions    []conditionRow
	Case          ui.FactsProps
	Others        []ui.Row
	Withdraw      withdrawView
	Trail         ui.LogProps
}

type reviewRow struct {
	ID, Name, URL, Act, Note, By string
	Result                       ui.StatusProps
}

type conditionRow struct{ No, Text, Owner, Due string }

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
		Reviews:    reviewRows(d, who),
		Verdict:    verdict(d),
		Conditions: conditionRows(d),
		Case:       ui.FactsProps{Items: caseFacts(d, who)},
		Others:     others(d),
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
			return "nicht erfasst"
		}
		return ui.Euro(*cents)
	}
	return []ui.Fact{
		{Term: "Umsetzendes Land", Value: d.ProvidingState},
		{Term: "Betreiber", Value: d.Operator},
		{Term: "Themenfeld", Value: d.TopicField},
		{Term: "OZG-ID", Value: strings.Join(d.OzgIDs, ", ")},
		{Term: "Transportweg", Value: transports(d.Transports)},
		{Term: "Zuständig", Value: ui.Count(d.Competent, "Einheit", "Einheiten")},
		{Term: "Einmalig je Einheit", Value: amount(d.PriceOnce)},
		{Term: "Je Jahr", Value: amount(d.PriceYearly)},
	}
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
			ID: anchor(string(r.Kind)), Name: r.Kind.Word(), URL: link.Review(d.ID, artOf(r.Kind)), Note: r.Note, Result: resultOf(r.Result),
			Act: "Prüfung ansehen",
		}
		if r.ReviewedAt != nil {
			row.By = r.Reviewer + ", " + ui.Date(*r.ReviewedAt)
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
	found := []ui.Fact{{Term: "Ergebnis", Status: stateOf(d.Outcome, false)}, {Term: "Begründung", Body: prose(d.Reason)}}
	if d.DeferredUntil != nil {
		found = append(found, ui.Fact{Term: "Wiedervorlage", Value: ui.LongDate(*d.DeferredUntil)})
	}
	found = append(found, ui.Fact{Term: "Entschieden am", Value: ui.LongDate(*d.DecidedAt)})
	if d.Decider != "" {
		found = append(found, ui.Fact{Term: "Entschieden durch", Value: d.Decider})
	}
	return found
}

func conditionRows(d decision.Shown) []conditionRow {
	var rows []conditionRow
	for i, c := range d.Conditions {
		rows = append(rows, conditionRow{ui.Number(int64(i + 1)), c.Text, c.Owner, "bis " + ui.Date(c.DueOn)})
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
