package evidence_test

import (
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/evidence"
	"rollinportal/internal/fault"
	"rollinportal/internal/jobs"
)

func TestBytesOfDeletedFilesGoAfterAWhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must(t, w.add("k16051", ownStep, "a.pdf", "1"))
	must(t, w.add("k16051", ownStep, "b.pdf", "2"))
	must(t, w.Remove(t.Context(), w.as("k16051"), ownStep, w.files("k16051", ownStep)[0].ID))
	purge := evidence.NewService(w.Work)
	worker, err := jobs.Actor(t.Context(), w.Work, w.as("land").Land.ID, uuid.Nil)
	must(t, err)

	must(t, purge.Purge(t.Context(), worker))
	if n := w.count(`SELECT count(*)::int FROM portal.evidence_chunk`); n != 2 {
		t.Errorf("%d pieces on the day of the deletion, want both files", n)
	}
	w.count(`WITH old AS (UPDATE portal.evidence SET deleted_at = deleted_at - interval '31 days' WHERE deleted_at IS NOT NULL RETURNING 1) SELECT count(*)::int FROM old`)
	if err := w.Purge(t.Context(), w.as("land")); err == nil || fault.KindOf(err) == fault.NotFound {
		t.Errorf("a person purges: %v, want to be refused", err)
	}
	for range 2 { // the second round finds nothing
		must(t, purge.Purge(t.Context(), worker))
	}
	if n := w.count(`SELECT count(*)::int FROM portal.evidence_chunk`); n != 1 {
		t.Errorf("%d pieces 31 days after the deletion, want those of the file that is there", n)
	}
	if n := w.count(`SELECT count(*)::int FROM portal.audit_event WHERE action = 'evidence.purge'`); n != 1 {
		t.Errorf("%d entries in the trail, want 1", n)
	}
	if n := w.count(`SELECT count(*)::int FROM portal.evidence`); n != 2 {
		t.Errorf("%d rows, want both: the trail needs them", n)
	}
}
