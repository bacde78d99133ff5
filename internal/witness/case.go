package witness

import (
	"net/url"
	"strconv"
)

// paper is a case that awaits its decision: prepared, submitted by somebody, and then decided by somebody else or withdrawn.
type paper struct {
	version   int
	submitter string // "" while it is prepared
	over      bool
}

// caseRules are those of a case whose reviews one person answered.
func caseRules(reviewer string) rules[paper] {
	return rules[paper]{
		act: func(s paper, q Question) (paper, bool) {
			if q.Verb == "submit" && s.submitter == q.Who && s.version == q.Version+1 && !s.over {
				return s, true // the same person's second click
			}
			if s.over || s.version != q.Version {
				return s, false
			}
			next := paper{version: s.version + 1}
			switch q.Verb {
			case "submit":
				next.submitter = q.Who
				return next, s.submitter == ""
			case "return":
				return next, s.submitter != ""
			case "decide": // four eyes
				next.over = true
				return next, s.submitter != "" && s.submitter != q.Who && reviewer != q.Who
			case "withdraw":
				next.over = true
				return next, true
			}
			panic(q.Verb)
		},
		see: func(s paper, a Answer) bool {
			return s.over && a.Version == 0 || !s.over && a.Version == s.version
		},
	}
}

// Case has two people of a ministry submit, return and decide the case at a path, which is ready to be submitted, against each
// other; each by many hands. Towards the end they withdraw it, too. The first of them has answered its reviews.
func Case(ask Ask, path string, logins [2]string, hands, times int) *History {
	_, page := ask(logins[0], path, nil)
	h := newHistory("case", paper{version: number(versionOf, page)}, caseRules(logins[0]))
	crowd(hands, times, func(hand, time int) {
		login := logins[hand%2]
		page := h.look(ask, hand, login, path, func(page string) Answer { return Answer{Heard: Saw, Version: number(versionOf, page)} })
		q := Question{Who: login, Version: number(versionOf, page), Mark: h.mark(hand, time)}
		if q.Version == 0 {
			return // over, or away
		}
		form := url.Values{"version": {strconv.Itoa(q.Version)}}
		switch turn := (hand/2 + time) % 4; {
		case turn < 2:
			q.Verb = "submit"
			h.ask(ask, hand, q, path+"/einreichen", form)
		case turn == 2:
			q.Verb = "return"
			form.Set("schritt", "zurueckgeben")
			form.Set("question", q.Mark)
			h.ask(ask, hand, q, path+"/beschluss", form)
		case time > times/2 && hand == 0:
			q.Verb = "withdraw"
			form.Set("reason", q.Mark)
			h.ask(ask, hand, q, path+"/zurueckziehen", form)
		case time > times/2:
			h.decide(ask, hand, q, path+"/beschluss")
		}
	})
	return h
}

// decide takes the decision on the page that offers it.
func (h *History) decide(ask Ask, hand int, q Question, path string) {
	_, page := ask(q.Who, path, nil)
	q.Verb = "decide"
	outcome, ground := "approved", "economic"
	if hand/2%2 == 1 {
		outcome, ground = "rejected", "uneconomic"
	}
	h.ask(ask, hand, q, path, url.Values{
		"version": {strconv.Itoa(q.Version)}, "seen": {strconv.Itoa(number(seenOf, page))}, "schritt": {"entscheiden"}, "outcome": {outcome}, "ground": {ground}, "reason": {q.Mark},
	})
}
