package web_test

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"rollinportal/internal/demo"
)

// discreet is the log of every test's portal. It fails the test when a line holds a person's name, a mail address or the
// token of a session.
type discreet struct {
	t      testing.TB
	secret func() []string // what was handed out meanwhile

	mu    sync.Mutex
	lines []string
}

// people are the names and addresses of everybody in the demo.
var people = sync.OnceValue(func() []string {
	var found []string
	for _, p := range demo.People() {
		found = append(found, p.Name, p.Email())
	}
	return found
})

func (d *discreet) Write(line []byte) (int, error) {
	for _, word := range append(d.secret(), people()...) {
		if word != "" && bytes.Contains(line, []byte(word)) {
			d.t.Errorf("the log betrays %q: %s", word, line)
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, string(line))
	return len(line), nil
}

// about returns the lines that hold a text, and forgets all.
func (d *discreet) about(text string) (found []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, line := range d.lines {
		if strings.Contains(line, text) {
			found = append(found, line)
		}
	}
	d.lines = nil
	return found
}

// secrets are the tokens that this portal's people hold.
func (p *portal) secrets() (found []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, token := range p.tokens {
		found = append(found, token)
	}
	return found
}
