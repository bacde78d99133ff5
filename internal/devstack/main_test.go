package devstack

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// portalFor makes the test binary play a portal that starts one companion and waits to be killed.
const portalFor = "DEVSTACK_TEST_PORTAL_FOR"

func TestMain(m *testing.M) {
	companion := os.Getenv(portalFor)
	if companion == "" {
		os.Exit(m.Run())
	}
	if err := playPortal(companion, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func playPortal(companion, dir string) error {
	ctx := context.Background()
	switch companion {
	case "postgres":
		pg, err := StartPostgres(ctx, PostgresConfig{Dir: dir, Fast: true, Log: os.Stderr})
		if err != nil {
			return err
		}
		fmt.Println(pg.Dir())
		<-pg.Done()
		return pg.Err()
	case "provider":
		p, err := StartProvider(ctx, providerConfig(dir))
		if err != nil {
			return err
		}
		fmt.Println(p.server.cmd.Process.Pid)
		<-p.Done()
		return p.Err()
	default:
		return errors.New("no such companion: " + companion)
	}
}

// startPortal starts the test binary as a portal; the caller kills it.
func startPortal(t *testing.T, companion, dir string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	portal := exec.Command(os.Args[0], dir)
	portal.Env = append(os.Environ(), portalFor+"="+companion)
	portal.Stderr = t.Output()
	out, err := portal.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := portal.Start(); err != nil {
		t.Fatal(err)
	}
	return portal, bufio.NewReader(out)
}

// readLine waits for the portal to say that its companion is there.
func readLine(t *testing.T, out *bufio.Reader) string {
	t.Helper()
	line, err := out.ReadString('\n')
	if err != nil {
		t.Fatalf("the portal said %q: %v", line, err)
	}
	return strings.TrimSpace(line)
}

// kill ends the portal as `kill -9` does.
func kill(t *testing.T, portal *exec.Cmd) {
	t.Helper()
	if err := portal.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = portal.Wait() // says "killed", as it should
}

// eventually waits for something the kernel does in its own time.
func eventually(t *testing.T, claim string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("after 20 s still not true: %s", claim)
		}
	}
}

// dataFolder is a folder the owner of the cluster may reach even when root runs the tests; t.TempDir is not.
func dataFolder(t *testing.T) string {
	t.Helper()
	home, err := os.MkdirTemp("", "devstack-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	if err := os.Chmod(home, 0o711); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(home, "postgres")
}
