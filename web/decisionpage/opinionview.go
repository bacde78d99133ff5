package decisionpage

import (
	"rollinportal/internal/decision"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// opinionArts are the kinds of opinions as addresses name them.
var opinionArts = map[string]decision.OpinionKind{"technisch": decision.TechnicalOpinion, "kommunal": decision.MunicipalOpinion}

func opinionArt(k decision.OpinionKind) string {
	if k == decision.MunicipalOpinion {
		return "kommunal"
	}
	return "technisch"
}

type opinionRow struct {
	Party, Meta, Note string
	Links             []string
	Files             []fileRow
	Status            ui.StatusProps
}

// askedView is the section of the opinions of a kind.
type askedView struct {
	ID, Heading string
	Rows        []opinionRow
	Ask         ui.Link
}

// askedViews are the sections of the opinions: those of which there are any, and all of them for who may ask.
func askedViews(d decision.Shown, mayAsk bool) (found []askedView) {
	for _, v := range []struct {
		kind      decision.OpinionKind
		name, ask string
	}{
		{decision.TechnicalOpinion, "Technische Stellungnahmen", "TLRZ oder KIV fragen"},
		{decision.MunicipalOpinion, "Kommunale Sicht", "Kommunale Spitzenverbände fragen"},
	} {
		view := askedView{ID: "stellungnahme-" + opinionArt(v.kind), Heading: v.name, Rows: opinionRows(d, v.kind)}
		if mayAsk {
			view.Ask = ui.Link{Text: v.ask, URL: link.AskOpinion(d.ID, opinionArt(v.kind))}
		}
		if len(view.Rows) > 0 || mayAsk {
			found = append(found, view)
		}
	}
	return found
}

func opinionRows(d decision.Shown, kinds ...decision.OpinionKind) []opinionRow {
	var rows []opinionRow
	for _, o := range d.Opinions {
		for _, k := range kinds {
			if o.Kind == k {
				rows = append(rows, newOpinionRow(d, o))
			}
		}
	}
	return rows
}

func newOpinionRow(d decision.Shown, o decision.Opinion) opinionRow {
	row := opinionRow{Party: o.PartyName, Note: o.Note, Links: o.Links, Status: resultOf(o.Result)}
	for _, f := range o.Files {
		row.Files = append(row.Files, newFileRow(f, link.Given(d.ID, o.ID, f.ID)))
	}
	switch {
	case o.Answered():
		row.Meta = o.Kind.Word() + " · beantwortet am " + ui.Date(*o.AnsweredAt)
	case o.ClosedAt != nil:
		row.Meta, row.Status = o.Kind.Word()+" · ohne Antwort geschlossen", ui.StatusProps{Kind: ui.Locked, Text: "Keine Antwort"}
	default:
		row.Meta = o.Kind.Word() + " · gefragt am " + ui.Date(o.AskedAt) + " · Frist " + ui.Date(o.DueOn)
		row.Status = ui.StatusProps{Kind: ui.Waiting, Text: "Wartet auf " + o.PartyKey}
		if o.DueOn.Before(d.Today) {
			row.Status = ui.StatusProps{Kind: ui.Overdue, Text: "Überfällig"}
		}
	}
	return row
}

// avvFact says what § 8a OZG means for the Auftragsverarbeitung.
func avvFact(crossLand bool) ui.Fact {
	text := "Vertrag zur Auftragsverarbeitung (AVV) prüfen: kein länderübergreifender Onlinedienst nach § 8a OZG."
	if crossLand {
		text = "Kein Vertrag zur Auftragsverarbeitung (AVV) nötig: länderübergreifender Onlinedienst nach § 8a OZG."
	}
	return ui.Fact{Term: "Auftragsverarbeitung", Value: text}
}
