package dbtest

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"rollinportal/internal/demo"
)

// Log is what a portal or its workers say in a test. It fails the test when a line holds a person's name, a mail address or
// another secret (promise P17).
type Log struct {
	t      testing.TB
	secret func() []string // what was handed out meanwhile

	mu    sync.Mutex
	lines []string
}

// NewLog returns an empty log. secrets are looked for besides people; nil for none.
func NewLog(t testing.TB, secrets func() []string) *Log {
	if secrets == nil {
		secrets = func() []string { return nil }
	}
	return &Log{t: t, secret: secrets}
}

// people are the names and addresses of everybody in the demo, in small letters.
var people = sync.OnceValue(func() []string {
	var found []string
	for _, p := range demo.People() {
		found = append(found, strings.ToLower(p.Name), strings.ToLower(p.Email()))
	}
	return found
})

func (l *Log) Write(line []byte) (int, error) {
	said := strings.ToLower(string(line))
	for _, word := range slices.Concat(l.secret(), people()) {
		if word != "" && strings.Contains(said, strings.ToLower(word)) {
			l.t.Errorf("the log betrays %q: %s", word, line)
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, string(line))
	return len(line), nil
}

// About returns the lines that hold a text, and forgets all.
func (l *Log) About(text string) (found []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, line := range l.lines {
		if strings.Contains(line, text) {
			found = append(found, line)
		}
	}
	l.lines = nil
	return found
}

// String is everything that was said and not asked for yet.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.lines, "")
}
