package evidencepage

import (
	"context"
	"testing"
	"time"

	"rollinportal/internal/fault"
)

func TestUploadsWaitForASlotAndNotForEver(t *testing.T) {
	t.Parallel()
	slots := NewSlots(1)
	if err := slots.take(t.Context()); err != nil {
		t.Fatal(err)
	}
	hasty, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := slots.take(hasty); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("a second upload: %v, want a sentence that it is busy", err)
	}
	time.AfterFunc(10*time.Millisecond, slots.give)
	if err := slots.take(t.Context()); err != nil {
		t.Errorf("once a slot is free: %v", err)
	}
}

// TestALineThatIsSlowEnoughMayFinish: what carries fifty kilobytes a second brings the largest file, and nothing holds a slot
// for longer than ten minutes.
func TestALineThatIsSlowEnoughMayFinish(t *testing.T) {
	t.Parallel()
	const largest = 20 << 20
	if carried := int64(receiving.Seconds()) * slowest; carried < largest || receiving > 10*time.Minute {
		t.Errorf("%d bytes come in in %s", carried, receiving)
	}
	if answering < 10*time.Second || answering > time.Minute {
		t.Errorf("an answer may take %s", answering)
	}
}
