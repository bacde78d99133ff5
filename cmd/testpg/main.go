// Command testpg runs a command beside a throw-away Postgres cluster, which it names in TEST_PG:
//
//	bin/testpg go test ./...
//
// It ends with the command's exit code. One cluster serves all packages of a test run; the packages keep apart by
// cloning a database each (see internal/dbtest).
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"rollinportal/internal/devstack"
)

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code, err := run(ctx, os.Args[1:])
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, "testpg:", err)
		os.Exit(1)
	}
	os.Exit(code)
}

// run answers the command's exit code, or why there is none.
func run(ctx context.Context, args []string) (int, error) {
	if len(args) == 0 {
		return 0, errors.New("usage: testpg command [argument…]")
	}
	pg, err := devstack.StartPostgres(ctx, devstack.PostgresConfig{Fast: true})
	if err != nil {
		return 0, err
	}
	code, err := runBeside(ctx, pg, args)
	return code, errors.Join(err, pg.Stop())
}

// runBeside runs the command until it ends, we are asked to stop, or there is no Postgres any more.
func runBeside(ctx context.Context, pg *devstack.Postgres, args []string) (int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-pg.Done():
			cancel()
		case <-ctx.Done():
		}
	}()
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "TEST_PG="+pg.AdminURL("postgres"))
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Exited() {
		return exit.ExitCode(), nil
	}
	return 0, err
}
