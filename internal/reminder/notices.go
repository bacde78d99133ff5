package reminder

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/notify"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// reader is whose eyes a reminder is for.
type reader int

const (
	nobody reader = iota
	coordinator
	deputy
	members // those of the body who do not coordinate
	party
	land
)

// readerOf says who hears of a step now.
func (d due) readerOf() reader {
	switch {
	case d.Scope == template.Land && d.Days < toDeputy:
		return coordinator // of the Land
	case d.Scope == template.Land:
		return nobody
	case d.Days >= toLand:
		return land
	case d.Days >= toDeputy && len(d.Parties) > 0:
		return nobody
	case len(d.Parties) > 0:
		return party
	case d.Days >= toDeputy && len(d.Deputies) > 0:
		return deputy
	case d.Days >= toDeputy:
		return members
	}
	return coordinator
}

// same is what steps have in common that one notice tells of.
type same struct {
	reader  reader
	org     uuid.UUID // whose people read it; the first party stands for all of them
	service string    // its name; basis steps have none
	date    string
	days    int
}

func (d due) same() same {
	s := same{d.readerOf(), d.BodyID, d.ServiceName, workday.Written(d.DueOn), d.Days}
	switch s.reader {
	case party:
		s.org = d.Parties[0]
	case land:
		s.org = uuid.Nil
	}
	return s
}

// notices puts together what concerns the same reader, service and date.
func notices(found []due) (list []notify.Notice) {
	groups := map[same][]due{}
	var order []same
	for _, d := range found {
		s := d.same()
		if s.reader == nobody {
			continue
		}
		if groups[s] == nil {
			order = append(order, s)
		}
		groups[s] = append(groups[s], d)
	}
	for _, s := range order {
		list = append(list, s.notices(groups[s])...)
	}
	return list
}

// notices are one for each audience: a body may have several deputies.
func (s same) notices(steps []due) []notify.Notice {
	n := notify.Notice{Kind: notify.DueSoon, Text: s.text(steps), Path: s.path(steps), About: s.service}
	if s.days > 0 {
		n.Kind = notify.Overdue
	}
	switch s.reader {
	case deputy:
		list := make([]notify.Notice, len(steps[0].Deputies))
		for i, person := range steps[0].Deputies {
			list[i] = n
			list[i].To = notify.Person(s.org, person)
		}
		return list
	case members:
		n.To = notify.Orgs(s.org).In(access.BodyEditor)
	case party:
		n.To = notify.Orgs(steps[0].Parties...).In(access.StateCoordinator, access.MinistryDecider, access.Provider)
	case land:
		n.To = notify.Coordination()
	default:
		n.To = notify.Orgs(s.org).In(access.BodyCoordinator, access.StateCoordinator)
	}
	return []notify.Notice{n}
}

// text says what is due: "„DVDV-Eintrag“ für Wohngeld war am 12.03.2027 fällig."
func (s same) text(steps []due) string {
	titles := distinct(steps, func(d due) string { return "„" + d.Title + "“" })
	bodies := distinct(steps, func(d due) string { return d.BodyName })
	subject, verb := titles[0], map[bool]string{true: "war", false: "ist"}[s.days > 0]
	if len(steps) > 1 {
		subject, verb = fmt.Sprintf("%d Aufgaben", len(steps)), map[bool]string{true: "waren", false: "sind"}[s.days > 0]
	}
	if s.service != "" {
		subject += " für " + s.service
	}
	if s.reader == party || s.reader == land {
		subject += " in " + listed(bodies)
	}
	text := subject + " " + verb + " am " + s.date + " fällig"
	if len(steps) > 1 {
		text += ": " + listed(titles)
	}
	return text + "." + s.plea()
}

// plea says why this reader hears of it.
func (s same) plea() string {
	switch s.reader {
	case deputy:
		return " Bitte vertreten Sie hier die Koordination."
	case members:
		return " Bitte sprechen Sie Ihre Koordination an."
	case party:
		return " Das liegt bei Ihnen."
	case land:
		return " Das ist drei Wochen her. Bitte fragen Sie nach."
	}
	return ""
}

// path leads to where one does something about it.
func (s same) path(steps []due) string {
	d := steps[0]
	switch {
	case d.Scope == template.Land && len(steps) > 1:
		return notify.AtService(d.ServiceSlug)
	case d.Scope == template.Land:
		return notify.AtLandStep(d.ServiceSlug, d.Key)
	case d.ServiceSlug == "":
		return notify.AtBody(d.BodyKey)
	case len(steps) == 1:
		return notify.AtStep(d.BodyKey, d.ServiceSlug, d.Key)
	case s.reader == party:
		return notify.AtQueue()
	case s.reader == land:
		return notify.AtOverdue()
	}
	return notify.AtChecklist(d.BodyKey, d.ServiceSlug)
}

func distinct(steps []due, word func(due) string) (found []string) {
	for _, d := range steps {
		if w := word(d); !slices.Contains(found, w) {
			found = append(found, w)
		}
	}
	return found
}

// most is how many titles or bodies a sentence names.
const most = 5

// listed joins words as people do: "Erfurt, Gera und Jena".
func listed(words []string) string {
	if len(words) > most+1 {
		words = append(slices.Clone(words[:most]), fmt.Sprintf("%d weitere", len(words)-most))
	}
	if len(words) == 1 {
		return words[0]
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " und " + words[last]
}
