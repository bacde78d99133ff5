package questionpage

import (
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/question"
	"rollinportal/internal/template"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type threadView struct {
	Late    ui.AlertProps
	Errors  []ui.FieldError
	Posts   []postView
	Seen    string
	Form    answerForm
	Close   ui.ButtonProps
	Publish ui.Link
	Ended   string
	Facts   []ui.Fact
	Version string
}

type postView struct{ Who, When, Text string }

type answerForm struct {
	URL, ID, Heading string
	Text             ui.Field
	Button           string
}

func newThreadView(t question.Thread, who access.Actor, f postForm, wrong page.Errors) threadView {
	v := threadView{
		Errors: wrong.Summary(), Version: strconv.FormatInt(t.Version, 10), Seen: seen(t), Facts: facts(t, who),
		Posts: []postView{{name(t.AskerName, t.AskedBy), ui.DateTime(t.AskedAt), t.Text}},
	}
	for _, p := range t.List {
		v.Posts = append(v.Posts, postView{name(p.OrgName, p.Name), ui.DateTime(p.At), p.Text})
	}
	if t.State == question.Closed {
		v.Ended = "Die Frage ist abgeschlossen."
	}
	if t.MayPost(who) {
		v.Form = newAnswerForm(t, who, f, wrong)
	}
	if t.MayClose(who) {
		v.Close = ui.ButtonProps{Text: "Ist beantwortet", URL: link.CloseQuestion(t.ID)}
		if t.Kind == question.Comment {
			v.Close.Text = "Abschließen"
		}
	}
	if t.MayPublish(who) {
		v.Publish = ui.Link{Text: "Antwort als Hilfe veröffentlichen", URL: link.PublishHelp(t.ID)}
		if t.PublishedAt != nil {
			v.Publish.Note = "zuletzt veröffentlicht am " + ui.Date(*t.PublishedAt)
		}
	}
	return v
}

func newAnswerForm(t question.Thread, who access.Actor, f postForm, wrong page.Errors) answerForm {
	v := answerForm{URL: link.Question(t.ID), ID: f.ID, Heading: "Antworten", Button: "Antwort senden", Text: textField(f.Text, "Ihre Antwort", wrong)}
	if who.Org.ID == t.AskerID || t.Kind == question.Comment {
		v.Heading, v.Button, v.Text.Label = "Dazu schreiben", "Senden", "Ihr Beitrag"
	}
	return v
}

// name says who wrote: the person, where the reader may know it, and the organisation.
func name(org, person string) string {
	if person == "" {
		return org
	}
	return person + ", " + org
}

// seen says which of the others have read it all.
func seen(t question.Thread) string {
	text := ""
	for _, s := range t.Seen {
		if s.At.Before(t.LastAt) {
			continue
		}
		if text != "" {
			text += " · "
		}
		text += "Gelesen von " + s.OrgName + " am " + ui.Date(s.At)
	}
	return text
}

func facts(t question.Thread, who access.Actor) []ui.Fact {
	found := []ui.Fact{{Term: "Leistung", Value: t.ServiceName, URL: link.Checklist(t.BodyKey, t.ServiceSlug)}}
	if !who.Can(access.ChecklistView) {
		found[0].URL = ""
	}
	if t.StepTitle != "" {
		found = append(found, ui.Fact{Term: "Aufgabe", Value: t.StepTitle})
		switch {
		case t.StepScope == template.Land:
			found[1].URL = link.LandStep(t.ServiceSlug, t.StepKey)
		case who.Can(access.ChecklistView):
			found[1].URL = link.Step(t.BodyKey, t.ServiceSlug, t.StepKey)
		}
	}
	if t.Kind == question.Asked {
		found = append(found, ui.Fact{Term: "Antwortet", Value: t.SideName})
	}
	if t.WaitsSince != nil {
		found = append(found, ui.Fact{Term: "Wartet seit", Value: ui.Date(*t.WaitsSince)})
	}
	return append(found, ui.Fact{Term: "Wer sieht das?", Value: "Die beiden Seiten und die Landeskoordination. Andere Einheiten nicht."})
}

type helpView struct {
	Errors           []ui.FieldError
	Intro, Taken     string
	ID, URL          string
	Question, Answer ui.Field
	Back             ui.Link
}

func newHelpView(p question.Proposal, f helpForm, wrong page.Errors) helpView {
	v := helpView{
		Errors: wrong.Summary(), URL: link.PublishHelp(p.ID), ID: f.ID, Back: ui.Link{Text: "Abbrechen", URL: link.Question(p.ID)},
		Intro:    "Alle Einheiten lesen diesen Text bei der Aufgabe „" + p.StepTitle + "“, in jeder Leistung. Wer gefragt hat, steht nicht dabei.",
		Question: ui.Field{Name: "question", Label: "Frage", Value: f.Question, Rows: 4, MaxLength: question.MaxText, Error: wrong.For("question")},
		Answer:   ui.Field{Name: "answer", Label: "Antwort", Value: f.Answer, Rows: 8, MaxLength: question.MaxText, Error: wrong.For("answer")},
	}
	if p.StepTitle == "" {
		v.Intro = "Alle Einheiten lesen diesen Text unter „Fragen“. Wer gefragt hat, steht nicht dabei."
	}
	if len(p.Taken) > 0 {
		v.Taken = ui.Count(len(p.Taken), "Name ist", "Namen und Adressen sind") + " ersetzt durch Wörter in eckigen Klammern. Lesen Sie den Text noch einmal."
	}
	return v
}
