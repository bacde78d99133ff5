package devstack

import (
	"bytes"
	"io"
	"sync"
)

// tailSize is how much of a child's output an error message repeats.
const tailSize = 4 << 10

// tail passes a child's output on to a log and remembers its end, for the error message when the child dies.
type tail struct {
	log io.Writer // may be nil

	mu   sync.Mutex
	kept []byte
}

// Write never fails: a full log must not stop the database.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.log != nil {
		_, _ = t.log.Write(p)
	}
	t.kept = append(t.kept, p...)
	if cut := len(t.kept) - tailSize; cut > 0 {
		t.kept = append(t.kept[:0], t.kept[cut:]...)
		if _, whole, found := bytes.Cut(t.kept, []byte("\n")); found {
			t.kept = append(t.kept[:0], whole...)
		}
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(bytes.TrimSpace(t.kept))
}
