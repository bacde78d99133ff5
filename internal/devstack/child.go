package devstack

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"
)

// child is a program that lives no longer than the portal.
type child struct {
	name     string
	cmd      *exec.Cmd
	tail     *tail
	stopping atomic.Bool
	done     chan struct{}
	exit     error // what Wait said; readable once done is closed
	err      error // the exit, if nobody asked for it; readable once done is closed
}

// startChild starts cmd in its own process group, so that Ctrl-C reaches only the portal, which then stops its
// children in order. Should the portal be killed, the kernel sends the child farewell.
func startChild(name string, cmd *exec.Cmd, farewell syscall.Signal, log io.Writer) (*child, error) {
	c := &child{name: name, cmd: cmd, tail: &tail{log: log}, done: make(chan struct{})}
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	cmd.SysProcAttr.Pdeathsig = farewell
	cmd.Stdout, cmd.Stderr = c.tail, c.tail
	cmd.WaitDelay = 2 * time.Second

	started := make(chan error, 1)
	go c.live(started)
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	return c, nil
}

// live starts the child and waits for it on one locked thread: Pdeathsig fires when the starting thread ends,
// not when the process does, and Go ends idle threads as it likes.
func (c *child) live(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := c.cmd.Start()
	started <- err
	if err != nil {
		return
	}
	c.exit = c.cmd.Wait()
	if !c.stopping.Load() {
		c.err = fmt.Errorf("%s ended by itself (%s); its last lines:\n%s", c.name, c.cmd.ProcessState, c.tail)
	}
	close(c.done)
}

// runChild runs a program that is expected to end, and ends it early when ctx does. When the portal is killed, so is
// the program: it must not start to tidy up where the next portal is already at work.
func runChild(ctx context.Context, name string, cmd *exec.Cmd, log io.Writer) error {
	c, err := startChild(name, cmd, syscall.SIGKILL, log)
	if err != nil {
		return err
	}
	select {
	case <-c.done:
	case <-ctx.Done():
		_ = c.stop(nudge{syscall.SIGTERM, 5 * time.Second}, nudge{syscall.SIGKILL, 5 * time.Second})
		return fmt.Errorf("%s: %w", name, ctx.Err())
	}
	if c.exit != nil {
		return fmt.Errorf("%s: %w; its last lines:\n%s", name, c.exit, c.tail)
	}
	return nil
}

// nudge is one way to ask a child to end, and how long it may take over it.
type nudge struct {
	signal   syscall.Signal
	patience time.Duration
}

// stop tries the nudges in turn. It returns an error when the child had ended by itself before, or never ends.
func (c *child) stop(nudges ...nudge) error {
	c.stopping.Store(true)
	for _, n := range nudges {
		_ = c.cmd.Process.Signal(n.signal)
		select {
		case <-c.done:
			return c.err
		case <-time.After(n.patience):
		}
	}
	return fmt.Errorf("%s (process %d) does not end", c.name, c.cmd.Process.Pid)
}

// failure is why the child is gone, nil while it runs or after a stop.
func (c *child) failure() error {
	select {
	case <-c.done:
		return c.err
	default:
		return nil
	}
}
