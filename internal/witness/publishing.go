package witness

import (
	"maps"
	"net/url"
	"strconv"
)

// draft is a service of the catalogue that is not shown to everybody yet.
type draft struct {
	step
	editor    string // who changed it last
	published bool
}

var publishingRules = rules[draft]{
	act: func(s draft, q Question) (draft, bool) {
		if q.Verb == "publish" { // four eyes
			allowed := s.version == q.Version && !s.published && s.editor != q.Who
			s.published = true
			return s, allowed
		}
		next, allowed := stepRules.act(s.step, q)
		return draft{next, q.Who, s.published}, allowed
	},
	see: func(s draft, a Answer) bool { return stepRules.see(s.step, a) },
}

// Publishing has people change and publish the service at a path, which the first of them has just created with these fields,
// against each other and against themselves.
func Publishing(ask Ask, path string, fields url.Values, logins []string, hands, times int) *History {
	_, page := ask(logins[0], path+"/bearbeiten", nil)
	h := newHistory("publishing", draft{step: step{version: number(versionOf, page)}, editor: logins[0]}, publishingRules)
	crowd(hands, times, func(hand, time int) {
		login := logins[hand%len(logins)]
		page := h.look(ask, hand, login, path+"/bearbeiten", versionAndMark)
		if page == "" {
			return
		}
		q := Question{Who: login, Verb: "publish", Version: number(versionOf, page)}
		form := url.Values{"version": {strconv.Itoa(q.Version)}}
		if (hand/len(logins)+time)%2 == 0 && time >= times/2 {
			h.ask(ask, hand, q, path+"/veroeffentlichen", form)
			return
		}
		q.Verb, q.Mark = "change", h.mark(hand, time)
		maps.Copy(form, fields)
		form.Set("note", q.Mark)
		h.ask(ask, hand, q, path, form)
	})
	return h
}
