package jobs_test

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain fails the package when crews leave something running after their end (promise P18).
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, // a cluster of the test's own lives as long as its process
		goleak.IgnoreAnyFunction("rollinportal/internal/devstack.(*child).live"), goleak.IgnoreAnyFunction("os/exec.(*Cmd).Start.func2"))
}
