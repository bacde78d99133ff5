package lagebildpage

import (
	"strconv"

	"rollinportal/internal/dashboard"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// pillars shows each pillar with the parts that its value is the mean of.
func (f figures) pillars() []ui.Pillar {
	found := make([]ui.Pillar, len(f.Pillars))
	for i, p := range f.Pillars {
		percent, parts := f.Score(p.No)
		v := ui.Pillar{
			Number: p.No, Title: dashboard.PillarNames[p.No], URL: link.Pillar(p.No), Value: percent, Max: 100,
			Counted: "Mittel aus " + ui.Count(parts, "Teil", "Teilen"), Parts: f.parts(p.No), Status: pace(p),
		}
		if parts == 0 {
			v.Max = 0
		}
		if p.Overdue > 0 {
			v.StatusURL = tasksOf(p, "ueberfaellig")
		}
		if p.Next != nil {
			v.NextLabel, v.Next = "Als Nächstes bis "+ui.Date(p.Next.DueOn)+":", p.Next.Title
		}
		found[i] = v
	}
	return found
}

func (f figures) parts(pillar int) []ui.PillarPart {
	var found []ui.PillarPart
	for _, fact := range dashboard.FactsOf(pillar) {
		share, lists := fact.Of(f.Picture), f.factLists(fact)
		v := ui.PillarPart{Name: fact.Name, Part: ui.Link{Text: number(share.Part), URL: lists.part}, Whole: ui.Link{Text: number(share.Whole), URL: lists.whole}}
		if f.own && share.Part == 0 { // there is no list of no body
			v.Part.URL = ""
		}
		if share.Whole == 0 {
			v.Missing = "entfällt"
		}
		found = append(found, v)
	}
	return found
}

// factLists are the lists behind a part of a pillar.
func (f figures) factLists(fact dashboard.Fact) figureLists {
	tasks := func(pairs ...string) figureLists {
		list := func(status string) string { return link.With(link.Tasks, append(pairs, "status", status)...) }
		return figureLists{part: list("erledigt"), whole: list("alle")}
	}
	switch fact.Key {
	case dashboard.TasksKey:
		return tasks("saeule", strconv.Itoa(fact.Pillar))
	case dashboard.DVDVEntries.Key:
		return tasks("art", dashboard.DVDVStep)
	case dashboard.Certificates.Key:
		return tasks("art", dashboard.CertificateStep)
	case dashboard.BaseServices.Key:
		return tasks("art", dashboard.PaymentStep)
	case dashboard.Guides.Key:
		return tasks("art", dashboard.GuideStep)
	case dashboard.RolesNamed.Key:
		if f.own { // the one record is the body's own profile
			return figureLists{part: link.Profile(f.Bodies[0].Key), whole: link.Profile(f.Bodies[0].Key)}
		}
		return figureLists{part: link.With(link.Bodies, "angabe", "rollen"), whole: link.Bodies}
	case dashboard.SharedExperience.Key:
		if f.own {
			return figureLists{part: link.Body(f.Bodies[0].Key), whole: link.Body(f.Bodies[0].Key)}
		}
		return figureLists{part: link.With(link.Bodies, "angabe", "erfahrung"), whole: link.Bodies}
	case dashboard.Surveys.Key:
		if f.own {
			return figureLists{part: link.Body(f.Bodies[0].Key), whole: link.Body(f.Bodies[0].Key)}
		}
		return figureLists{part: link.With(link.Bodies, "angabe", "umfrage-aktuell"), whole: link.With(link.Bodies, "angabe", "umfrage-gefragt")}
	case dashboard.Participation.Key:
		if f.own {
			return figureLists{part: link.Body(f.Bodies[0].Key), whole: link.Body(f.Bodies[0].Key)}
		}
		return figureLists{part: link.With(link.Bodies, "angabe", "teilnahme"), whole: link.Bodies}
	case dashboard.TimelyDecisions.Key:
		return figureLists{part: link.With(link.Decisions, "stand", "im-termin"), whole: link.With(link.Decisions, "stand", "mit-termin")}
	case dashboard.FundedServices.Key:
		return figureLists{part: f.services("finanziert"), whole: f.services("roll-in-begonnen")}
	case dashboard.CompleteServices.Key:
		return figureLists{part: f.services("steckbrief-vollstaendig"), whole: f.services("roll-in-begonnen")}
	case dashboard.AnsweredQuestions.Key:
		return figureLists{part: link.With(link.Questions, "stand", "beantwortet"), whole: link.With(link.Questions, "stand", "gestellt")}
	}
	return figureLists{}
}
