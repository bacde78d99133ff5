package postgres_test

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain fails the package when pools, connections or migrators leave something running (promise P18).
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, // a cluster of the test's own lives as long as its process
		goleak.IgnoreAnyFunction("rollinportal/internal/devstack.(*child).live"), goleak.IgnoreAnyFunction("os/exec.(*Cmd).Start.func2"),
		// golang-migrate leaves the reader of each file behind when a migration breaks off
		goleak.IgnoreAnyFunction("github.com/golang-migrate/migrate/v4.(*Migration).Buffer"))
}
