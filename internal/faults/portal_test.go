package faults

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// portal is an instance of the portal, with workers of its own.
type portal struct {
	*exec.Cmd
	base string // its own address; people know the first one's
	log  *journal
}

// journal keeps what a process says, for the case that a fault is not survived.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(line []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(line)
}

func (j *journal) keep(path string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return os.WriteFile(path, j.text.Bytes(), 0o600)
}

// startPortals prepares two instances under one name, as behind a load balancer, and starts them.
func (c *town) startPortals() {
	c.t.Helper()
	for i := range c.portals {
		c.portals[i] = &portal{base: "http://" + freeAddr(c.t), log: &journal{}}
	}
	c.startProvider("127.0.0.1:0")
	for i := range c.portals {
		c.startPortal(i)
		c.t.Cleanup(func() {
			_ = c.portals[i].Process.Kill()
			_ = c.portals[i].Wait()
			if c.t.Failed() {
				must(c.t, c.portals[i].log.keep(filepath.Join(filepath.Dir(*report), "portal-"+string(rune('1'+i))+".log")))
			}
		})
	}
}

// startPortal starts an instance and returns how long it took until it was ready.
func (c *town) startPortal(i int) time.Duration {
	c.t.Helper()
	began, p := time.Now(), c.portals[i]
	p.Cmd = exec.CommandContext(context.Background(), *program, "serve")
	p.Env = append(os.Environ(), "DATABASE_URL="+c.address("portal_app"), "WORKER_DATABASE_URL="+c.address("portal_worker"),
		"PORTAL_ADDR="+p.base[len("http://"):], "PORTAL_URL="+c.portals[0].base, "PORTAL_RATE=0", "PORTAL_SHUTDOWN_DELAY=1s",
		"OIDC_ISSUER="+c.provider.Issuer(), "OIDC_CLIENT_ID=portal", "OIDC_CLIENT_SECRET="+c.accounts.ClientSecret,
		"SMTP_ADDR="+c.mailAddr, "SMTP_TLS=none", "SMTP_FROM=portal@thueringen.example")
	p.Stdout, p.Stderr = p.log, p.log
	must(c.t, p.Start())
	until(c.t, 20*time.Second, "an instance answers", func() bool { return status(p.base+"/healthz") == http.StatusOK })
	if c.t.Failed() {
		c.t.Fatalf("instance %d does not answer: %.2000s", i+1, p.log.text.String())
	}
	return time.Since(began)
}

// kill ends an instance as a power cut would.
func (c *town) kill(i int) {
	c.t.Helper()
	must(c.t, c.portals[i].Process.Kill())
	_ = c.portals[i].Wait()
}

// command runs another command of the portal against the node that writes.
func (c *town) command(args ...string) (string, error) {
	cmd := exec.CommandContext(context.Background(), *program, args...)
	cmd.Env = append(os.Environ(), "MIGRATE_DATABASE_URL="+c.admin("postgres"), "DATABASE_URL="+c.admin("portal_app"))
	out, err := cmd.CombinedOutput()
	return string(out), err
}

var impatient = &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// status is the answer's, 0 if there is none.
func status(address string) int {
	answer, err := impatient.Get(address)
	if err != nil {
		return 0
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

func (c *town) alive(t *testing.T) {
	t.Helper()
	for i, p := range c.portals {
		if err := p.Process.Signal(syscall.Signal(0)); err != nil {
			t.Errorf("portal %d did not live on: %v", i+1, err)
		}
	}
}
