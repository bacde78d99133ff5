package page

import (
	"strings"

	"rollinportal/internal/access"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// RoleName is a role in words.
func RoleName(role access.Role) string {
	switch role {
	case access.StateCoordinator:
		return "Landeskoordination"
	case access.StateEditor:
		return "Redaktion"
	case access.MinistryDecider:
		return "Fachressort"
	case access.MinistryReader:
		return "Fachressort (lesend)"
	case access.BodyCoordinator:
		return "Koordination"
	case access.BodyEditor:
		return "Bearbeitung"
	case access.Provider:
		return "IT-Dienstleister"
	case access.Committee:
		return "Gremium"
	case access.Platform:
		return "Administration"
	}
	return "nicht angemeldet"
}

var (
	homeEntry      = ui.NavItem{Text: "Übersicht", URL: link.Home}
	lagebildEntry  = ui.NavItem{Text: "Lagebild", URL: link.Lagebild}
	servicesEntry  = ui.NavItem{Text: "Leistungen", URL: link.Services}
	bodiesEntry    = ui.NavItem{Text: "Kommunen", URL: link.Bodies}
	tasksEntry     = ui.NavItem{Text: "Aufgaben", URL: link.Tasks}
	decisionsEntry = ui.NavItem{Text: "Entscheidungen", URL: link.Decisions}
	queueEntry     = ui.NavItem{Text: "Warteschlange", URL: link.Home}
	hurdlesEntry   = ui.NavItem{Text: "Hürden", URL: link.Hurdles}
	questionsEntry = ui.NavItem{Text: "Fragen", URL: link.Questions}
	eventsEntry    = ui.NavItem{Text: "Termine", URL: link.Events}
	opinionsEntry  = ui.NavItem{Text: "Stellungnahmen", URL: link.Opinions}
	adminEntry     = ui.NavItem{Text: "Verwaltung", URL: link.Home}
	reportEntry    = ui.NavItem{Text: "Bericht", URL: link.Report}
	jobsEntry      = ui.NavItem{Text: "Aufträge", URL: link.Jobs}
)

var menus = map[access.Role][]ui.NavItem{
	access.StateCoordinator: {lagebildEntry, servicesEntry, bodiesEntry, tasksEntry, questionsEntry, hurdlesEntry, decisionsEntry, eventsEntry},
	access.StateEditor:      {lagebildEntry, servicesEntry, bodiesEntry, tasksEntry, questionsEntry, hurdlesEntry, decisionsEntry, eventsEntry},
	access.MinistryDecider:  {homeEntry, decisionsEntry, servicesEntry, lagebildEntry, tasksEntry, hurdlesEntry, questionsEntry, eventsEntry},
	access.MinistryReader:   {homeEntry, decisionsEntry, servicesEntry, lagebildEntry, tasksEntry, hurdlesEntry, questionsEntry, eventsEntry},
	access.BodyCoordinator:  {tasksEntry, lagebildEntry, servicesEntry, questionsEntry, hurdlesEntry, decisionsEntry, eventsEntry},
	access.BodyEditor:       {tasksEntry, lagebildEntry, servicesEntry, questionsEntry, hurdlesEntry, decisionsEntry, eventsEntry},
	access.Provider:         {queueEntry, lagebildEntry, servicesEntry, bodiesEntry, questionsEntry, hurdlesEntry, opinionsEntry, eventsEntry},
	access.Committee:        {lagebildEntry, reportEntry, servicesEntry, hurdlesEntry, decisionsEntry, opinionsEntry, eventsEntry},
	access.Platform:         {adminEntry, jobsEntry},
}

// menu marks the entry that leads to the page being shown. Whoever starts on the Lagebild finds it at "/", too.
func menu(who access.Actor, path string) []ui.NavItem {
	entries := menus[who.Role]
	marked := make([]ui.NavItem, len(entries))
	for i, e := range entries {
		e.Current = e.URL == path || e.URL != link.Home && strings.HasPrefix(path, e.URL+"/") || i == 0 && path == link.Home
		marked[i] = e
	}
	return marked
}

// userLinks are what a person looks up rarely: they stand in the user menu.
func userLinks(who access.Actor) []ui.Link {
	account := ui.Link{Text: "Ihr Zugang", URL: link.Account}
	if !who.Can(access.OrgList) || who.Role == access.Platform {
		return []ui.Link{account}
	}
	links := []ui.Link{account, {Text: "Organisationen", URL: link.Organisations}}
	if who.Can(access.ReportView) && who.Role != access.Committee { // it stands in their menu
		links = append(links, ui.Link{Text: "Bericht zum Stichtag", URL: link.Report})
	}
	if who.Can(access.SurveyAggregate) {
		links = append(links, ui.Link{Text: "Umfragen", URL: link.Surveys})
	}
	if who.Org.IsBody() {
		links = append([]ui.Link{{Text: "Profil " + who.Org.Name, URL: link.Profile(who.Org.Key)}}, links...)
	}
	if who.Can(access.LandSettings) {
		links = append(links, ui.Link{Text: "Einstellungen", URL: link.Settings})
	}
	return links
}
