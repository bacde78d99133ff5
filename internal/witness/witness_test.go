package witness

import (
	"net/url"
	"testing"
)

// told is a history as somebody tells it: each question ends before the next begins, unless its answer is Unsure.
func told[S comparable](start S, r rules[S], exchanges ...any) *History {
	h := newHistory("told", start, r)
	for i := 0; i < len(exchanges); i += 2 {
		h.keep(i, exchanges[i].(Question), exchanges[i+1].(Answer), h.moment.Add(1))
	}
	return h
}

func TestAHistoryThatNobodyCouldHaveWrittenIsFound(t *testing.T) {
	t.Parallel()
	change := func(version int, mark string) Question {
		return Question{Who: "a", Verb: "change", Version: version, Mark: mark}
	}
	by := func(who, verb string, version int) Question { return Question{Who: who, Verb: verb, Version: version} }
	end := func(i int) Question { return Question{Verb: "end", Version: i} }
	look, yes, no, unsure := Question{Verb: "look"}, Answer{Heard: Yes}, Answer{Heard: No}, Answer{Heard: Unsure}
	first := step{1, ""}
	for what, c := range map[string]struct {
		history *History
		sound   bool
	}{
		"one after the other":                      {told(first, stepRules, change(1, "x"), yes, change(2, "y"), yes, look, Answer{Heard: Saw, Version: 3, Mark: "y"}), true},
		"two changes of one version":               {told(first, stepRules, change(1, "x"), yes, change(1, "y"), yes), false},
		"a change that is gone":                    {told(first, stepRules, change(1, "x"), yes, look, Answer{Heard: Saw, Version: 1}), false},
		"another's words":                          {told(first, stepRules, change(1, "x"), yes, look, Answer{Heard: Saw, Version: 2, Mark: "y"}), false},
		"refused for nothing":                      {told(first, stepRules, change(1, "x"), no), false},
		"unsure, and it counted late":              {told(first, stepRules, change(1, "x"), unsure, look, Answer{Heard: Saw, Version: 1}, look, Answer{Heard: Saw, Version: 2, Mark: "x"}), true},
		"unsure, and it never counted":             {told(first, stepRules, change(1, "x"), unsure, change(1, "y"), yes, look, Answer{Heard: Saw, Version: 2, Mark: "y"}), true},
		"unsure, and it counted twice":             {told(first, stepRules, change(1, "x"), unsure, change(2, "y"), yes, look, Answer{Heard: Saw, Version: 4, Mark: "x"}), false},
		"nothing stored, and it is":                {told(first, stepRules, change(1, "x"), Answer{Heard: Nothing}, look, Answer{Heard: Saw, Version: 2, Mark: "x"}), false},
		"submitted and decided by two":             {told(paper{version: 5}, caseRules("c"), by("a", "submit", 5), yes, by("b", "decide", 6), yes, look, Answer{Heard: Saw}), true},
		"submitted and decided by one":             {told(paper{version: 5}, caseRules("c"), by("a", "submit", 5), yes, by("a", "decide", 6), yes), false},
		"decided twice":                            {told(paper{version: 5}, caseRules("c"), by("a", "submit", 5), yes, by("b", "decide", 6), yes, by("b", "decide", 6), yes), false},
		"decided and withdrawn":                    {told(paper{version: 5}, caseRules("c"), by("a", "submit", 5), yes, by("b", "decide", 6), yes, by("a", "withdraw", 6), yes), false},
		"decided by who answered a review":         {told(paper{version: 5}, caseRules("c"), by("a", "submit", 5), yes, by("c", "decide", 6), yes), false},
		"refused to who answered a review":         {told(paper{version: 5}, caseRules("c"), by("a", "submit", 5), yes, by("c", "decide", 6), Answer{Heard: No}, look, Answer{Heard: Saw, Version: 6}), true},
		"published by the editor":                  {told(draft{step: first, editor: "b"}, publishingRules, change(1, "x"), yes, by("a", "publish", 2), yes), false},
		"published by another":                     {told(draft{step: first, editor: "b"}, publishingRules, change(1, "x"), yes, by("b", "publish", 2), yes), true},
		"published twice":                          {told(draft{step: first, editor: "c"}, publishingRules, by("a", "publish", 1), yes, by("b", "publish", 1), yes), false},
		"the last coordination stays":              {told(team("11"), teamRules, end(0), yes, end(1), no, look, Answer{Heard: Saw, Version: 0, Mark: "01"}), true},
		"ended by two":                             {told(team("111"), teamRules, end(0), yes, end(0), yes, look, Answer{Heard: Saw, Version: 0, Mark: "011"}), true},
		"nobody is left":                           {told(team("11"), teamRules, end(0), yes, end(1), yes), false},
		"an answer that nobody should get, at all": {odd(), false},
	} {
		if err := c.history.Check(t.TempDir()); (err == nil) != c.sound {
			t.Errorf("%s: %v, want sound %v", what, err, c.sound)
		}
	}
}

func TestAChangeThatNobodyKnewOfIsSettledByTheTrail(t *testing.T) {
	t.Parallel()
	change := Question{Who: "a", Verb: "change", Version: 1, Mark: "x"}
	for stored, seen := range map[bool]Answer{true: {Heard: Saw, Version: 1}, false: {Heard: Saw, Version: 2, Mark: "x"}} {
		h := told(step{1, ""}, stepRules, change, Answer{Heard: Unsure}, Question{Verb: "look"}, seen)
		if err := h.Check(t.TempDir()); err != nil {
			t.Errorf("not settled: %v", err)
		}
		h.Settle(func(string) bool { return stored })
		if err := h.Check(t.TempDir()); (err == nil) != stored {
			t.Errorf("settled as stored %v, and somebody saw %+v: %v", stored, seen, err)
		}
	}
}

func odd() *History {
	h := newHistory("odd", step{1, ""}, stepRules)
	h.ask(func(string, string, url.Values) (int, string) { return 500, "oh" }, 0, Question{Verb: "change", Version: 1}, "/", nil)
	return h
}
