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
