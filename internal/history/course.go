package history

import "time"

// Course is how it came to how the reader's part of the Land stands on a day: the sums of a report, without its ways.
type Course struct {
	Day     time.Time
	Since   time.Time // the day it is compared with
	Live    int       // onboardings that are live on the day, of all that count
	Whole   int
	Behind  int // how many onboardings the plan is ahead of what is live
	Earlier Figures
	Months  []Month // the pipeline
}

// Course sums the report up.
func (r *Report) Course() Course {
	now := r.Figures()
	return Course{Day: r.Day, Since: r.Since, Live: now.Live, Whole: now.Whole, Behind: r.behind(), Earlier: r.Earlier(), Months: r.Months()}
}
