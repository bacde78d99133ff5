package dashboard

import "rollinportal/internal/figure"

// Share is a part of a whole.
type Share = figure.Share

// shareOf counts an onboarding in a stage.
func shareOf(s Stage) Share {
	switch {
	case s == Live:
		return Share{Part: 1, Whole: 1}
	case s.Counts():
		return Share{Part: 0, Whole: 1}
	}
	return Share{}
}
