package operation_test

import (
	"testing"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/operation"
)

func TestTheOperatorRetriesWhatWasGivenUp(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s, operator := operation.NewService(w.DB), w.As(t, "betreiber")
	add := func(state string) int64 {
		return dbtest.Admin[int64](t, w, `
			INSERT INTO river.river_job (state, kind, args, attempt, attempted_at, finalized_at)
			SELECT $1::text::river.river_job_state, 'round', '{"name":"remind"}', 25, now(), CASE WHEN $1 IN ('discarded', 'completed') THEN now() END
			RETURNING id`, state)
	}
	given, done := add("discarded"), add("completed")
	found, _, err := s.Troubled(t.Context(), operator)
	if err != nil || len(found) != 1 || found[0].ID != given || found[0].Kind != "round.remind" || found[0].State != operation.Discarded {
		t.Fatalf("in trouble: %+v, %v", found, err)
	}
	if _, _, err := s.Troubled(t.Context(), w.As(t, "land")); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("a Land looks at jobs: %v", err)
	}
	if err := s.Retry(t.Context(), operator, given); err != nil {
		t.Fatal(err)
	}
	if state := dbtest.Admin[string](t, w, `SELECT state::text FROM river.river_job WHERE id = $1`, given); state != "available" {
		t.Errorf("after the retry the job is %s", state)
	}
	for name, id := range map[string]int64{"again": given, "what is done": done, "unknown": 4711} {
		if err := s.Retry(t.Context(), operator, id); fault.KindOf(err) != fault.Conflict {
			t.Errorf("%s: %v, want a conflict", name, err)
		}
	}
}
