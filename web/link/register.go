package link

import "strconv"

// Register lists the Grundsatzentscheidungen, NewMatter is the form of a new one.
const (
	Register  = "/entscheidungen/grundsatz"
	NewMatter = Register + "/neu"
)

// Matter is one Grundsatzentscheidung by its number.
func Matter(no int) string { return Register + "/" + strconv.Itoa(no) }

// EditMatter is its form.
func EditMatter(no int) string { return Matter(no) + "/bearbeiten" }

// TurnMatter is where it is noted how it ended.
func TurnMatter(no int) string { return Matter(no) + "/stand" }
