package witness

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
)

var (
	versionOf = regexp.MustCompile(`name="version" value="(\d+)"`)
	seenOf    = regexp.MustCompile(`name="seen" value="(\d+)"`)
	markOf    = regexp.MustCompile(`Marke [0-9-]+`)
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
	return Answer{Heard: Saw, Version: number(versionOf, page), Mark: markOf.FindString(page)}
}

var tags = regexp.MustCompile(`<[^>]*>|\s+`)

// alert is the beginning of the first alert of a page.
func alert(page string) string {
	_, text, _ := strings.Cut(page, "kern-alert")
	text = tags.ReplaceAllString(text[:min(len(text), 1500)], " ")
	return text[:min(len(text), 500)]
}

var historyNo atomic.Int64

// mark is a text that one question writes, and no other in any history.
func (h *History) mark(who, time int) string { return fmt.Sprintf("Marke %d-%d-%d", h.no, who, time) }
