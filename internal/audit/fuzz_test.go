package audit

import (
	"strings"
	"testing"

	"github.com/google/uuid"
)

// FuzzCheckpointsAreReadOrRefused: what is read says the same when it is written again, so that a file has one meaning.
func FuzzCheckpointsAreReadOrRefused(f *testing.F) {
	c := Checkpoint{Land: uuid.New(), Org: uuid.New(), Seq: 7, Hash: make([]byte, 32), Signature: make([]byte, 64)}
	for _, seed := range []string{"", "# Erfurt\r\n" + c.String() + "\r\n", strings.ToUpper(c.String()), c.String() + " mehr", "v1 1 2 3 4 5 6", "\ufeff" + c.String()} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found, err := ReadCheckpoints(text)
		if err != nil {
			return
		}
		for _, c := range found {
			again, err := ReadCheckpoints(c.String())
			if err != nil || len(again) != 1 || string(again[0].statement()) != string(c.statement()) || string(again[0].Signature) != string(c.Signature) {
				t.Errorf("%q is %v, and again %v (%v)", text, c, again, err)
			}
		}
	})
}
