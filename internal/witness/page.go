package witness

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	versionOf = regexp.MustCompile(`name="version" value="(\d+)"`)
	seenOf    = regexp.MustCompile(`name="seen" value="(\d+)"`)
	markOf    = regexp.MustCompile(`Marke [0-9]+-[0-9]+`)
)

// body is what a page says, without its frame.
func body(page string) string {
	if _, rest, found := strings.Cut(page, "<main"); found {
		return rest
	}
	return page
}

// number is the number that a pattern finds first, 0 without one.
func number(pattern *regexp.Regexp, page string) int {
	if found := pattern.FindStringSubmatch(page); found != nil {
		n, _ := strconv.Atoi(found[1])
		return n
	}
	return 0
}

// versionAndMark reads the version that the page's forms carry and the mark that stands first on it.
func versionAndMark(page string) Answer {
	return Answer{Saw, number(versionOf, page), markOf.FindString(page)}
}

// mark is a text that one question writes and no other.
func mark(who, time int) string { return "Marke " + strconv.Itoa(who) + "-" + strconv.Itoa(time) }
