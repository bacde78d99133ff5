package witness

import (
	"net/url"
	"strings"
)

// team is who coordinates an organisation: a "1" for each who does, in order.
type team string

func (t team) without(i int) team { return t[:i] + "0" + t[i+1:] }

var teamRules = rules[team]{
	act: func(s team, q Question) (team, bool) {
		if s[q.Version] == '0' { // whoever ends what has ended wanted the same
			return s, true
		}
		return s.without(q.Version), strings.Count(string(s), "1") > 1
	},
	see: func(s team, a Answer) bool { return a.Mark == string(s) },
}

// Team has people end each other's coordination of an organisation, all of it by many hands at once. The path is that of its
// people; coordinators are their memberships. One stays.
func Team(ask Ask, path string, coordinators, logins []string, hands int) *History {
	all := team(strings.Repeat("1", len(coordinators)))
	seen := func(page string) Answer {
		found := all
		for i, id := range coordinators {
			if !strings.Contains(page, id+"/beenden") {
				found = found.without(i)
			}
		}
		return Answer{Heard: Saw, Version: 0, Mark: string(found)}
	}
	h := newHistory("team", all, teamRules)
	crowd(hands, len(coordinators), func(hand, time int) {
		login, i := logins[hand%len(logins)], (hand+time)%len(coordinators)
		h.ask(ask, hand, Question{Who: login, Verb: "end", Version: i}, path+"/"+coordinators[i]+"/beenden", url.Values{})
		h.look(ask, hand, login, path, seen)
	})
	return h
}
