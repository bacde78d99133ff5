package dashboard

// Share is a part of a whole: what counts, and out of what.
type Share struct{ Part, Whole int }

// Plus adds two shares.
func (s Share) Plus(other Share) Share { return Share{s.Part + other.Part, s.Whole + other.Whole} }

// Complete reports whether nothing is left; an empty whole is never complete.
func (s Share) Complete() bool { return s.Whole > 0 && s.Part == s.Whole }

// shareOf counts an onboarding in a stage.
func shareOf(s Stage) Share {
	switch {
	case s == Live:
		return Share{1, 1}
	case s.Counts():
		return Share{0, 1}
	}
	return Share{}
}
