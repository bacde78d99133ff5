package witness

import (
	"net/url"
	"strconv"
	"strings"
)

// step is a task of a checklist: a register with a version.
type step struct {
	version int
	mark    string
}

var stepRules = rules[step]{
	act: func(s step, q Question) (step, bool) { return step{q.Version + 1, q.Mark}, q.Version == s.version },
	see: func(s step, a Answer) bool { return a.Version == s.version && a.Mark == s.mark },
}

// Step has people finish and reopen the task at a path, from the page that they see, and each third time from the one that
// they saw before.
func Step(ask Ask, path string, logins []string, people, times int) *History {
	_, page := ask(logins[0], path, nil)
	h := newHistory("step", step{number(versionOf, page), markOf.FindString(body(page))}, stepRules)
	seen := make([]string, people)
	crowd(people, times, func(who, time int) {
		login := logins[who%len(logins)]
		if time%3 != 2 || seen[who] == "" {
			if seen[who] = h.look(ask, who, login, path, versionAndMark); seen[who] == "" {
				return
			}
		}
		q := Question{Who: login, Verb: "change", Version: number(versionOf, seen[who]), Mark: h.mark(who, time)}
		form := url.Values{"version": {strconv.Itoa(q.Version)}, "to": {"in_progress"}, "evidence": {""}, "reason": {q.Mark}}
		if strings.Contains(seen[who], `name="to" value="done"`) {
			form = url.Values{"version": {strconv.Itoa(q.Version)}, "to": {"done"}, "evidence": {q.Mark}, "reason": {""}}
		}
		h.ask(ask, who, q, path, form)
	})
	return h
}
