package faults

import (
	"context"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/demo"
	"rollinportal/internal/devstack"
	"rollinportal/internal/identity"
	"rollinportal/internal/postgres"
)

// node is a server for Postgres with a disk and a line of its own.
type node struct {
	disk string // folder; a file system of its own, if limited
	line *network
	pg   *devstack.Postgres // nil while it is dead
}

// town is everything that the portal runs on, and the portal.
type town struct {
	t          *testing.T // of the fault that is happening
	whole      *testing.T // of everything
	world      *dbtest.World
	nodes      [2]*node
	main       int // which node writes
	database   string
	box        *devstack.Mailbox
	mailAddr   string
	sentBefore int // mails that went to a mailbox before this one
	provider   *devstack.Provider
	accounts   devstack.ProviderConfig
	portals    [2]*portal
	settings   []string // more settings of Postgres
	limited    bool     // disks are file systems of their own; for that one may have to be root, or in a namespace (scripts/faults.sh)
}

const diskSize = "700m"

func newTown(t *testing.T, settings ...string) *town {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(*report), 0o755))
	c := &town{t: t, whole: t, settings: settings}
	for i := range c.nodes {
		c.nodes[i] = &node{disk: c.newDisk()}
	}
	c.start(0)
	t.Setenv("TEST_PG", c.nodes[0].pg.AdminURL("postgres"))
	c.world = dbtest.New(t)
	config, err := pgx.ParseConfig(c.world.AdminURL)
	must(t, err)
	c.database = config.Database
	for i, n := range c.nodes {
		n.line = newNetwork(t, func() (net.Conn, error) { return nil, syscall.ECONNREFUSED })
		if i == 0 {
			n.line.leadTo(unixSocket(n.socket()))
		}
	}
	c.openMailbox("127.0.0.1:0")
	c.mailAddr = c.box.Addr()
	return c
}

// newDisk makes a folder that Postgres may reach.
func (c *town) newDisk() string {
	dir, err := os.MkdirTemp("", "rollinportal-fault-")
	must(c.t, err)
	c.whole.Cleanup(func() { _ = os.RemoveAll(dir) })
	err = syscall.Mount("fault", dir, "tmpfs", 0, "size="+diskSize)
	if c.limited = err == nil; c.limited {
		c.whole.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH); _ = os.Remove(dir) })
	}
	must(c.t, os.Chmod(dir, 0o755))
	return dir
}

// clockFile is what libfaketime reads: how far the clock of the database is from the truth.
func (c *town) clockFile() string { return filepath.Join(c.nodes[0].disk, "clock") }

func (c *town) config(i int) devstack.PostgresConfig {
	config := devstack.PostgresConfig{Dir: filepath.Join(c.nodes[i].disk, "data"), Settings: []string{
		"max_connections=100", "max_wal_size=96MB", "min_wal_size=32MB", "checkpoint_timeout=30s", "autovacuum_naptime=5s",
	}}
	config.Settings = append(config.Settings, c.settings...)
	if *faketime != "" {
		config.Env = []string{"LD_PRELOAD=" + *faketime, "FAKETIME_TIMESTAMP_FILE=" + c.clockFile(), "FAKETIME_CACHE_DURATION=1", "FAKETIME_DONT_FAKE_MONOTONIC=1"}
		c.setClock("+0")
	}
	return config
}

// setClock moves the clock of the database by so much from the truth, "+1d" or "-5m".
func (c *town) setClock(by string) {
	c.t.Helper()
	draft := c.clockFile() + ".new"
	must(c.t, os.WriteFile(draft, []byte(by+"\n"), 0o644))
	must(c.t, os.Rename(draft, c.clockFile()))
}

// start starts Postgres on a node, as its supervisor would.
func (c *town) start(i int) {
	c.t.Helper()
	pg, err := devstack.StartPostgres(context.Background(), c.config(i))
	must(c.t, err)
	c.hold(i, pg)
}

func (c *town) hold(i int, pg *devstack.Postgres) {
	n := c.nodes[i]
	n.pg = pg
	c.whole.Cleanup(func() {
		if n.pg == pg {
			_ = pg.Stop()
		}
	})
}

// crash kills Postgres on a node with all its processes.
func (c *town) crash(i int) {
	c.t.Helper()
	must(c.t, c.nodes[i].pg.Kill())
	c.nodes[i].pg = nil
}

func (n *node) socket() string {
	u, err := url.Parse(n.pg.AdminURL("postgres"))
	if err != nil {
		panic(err)
	}
	return u.Query().Get("host") + "/.s.PGSQL.5432"
}

// address is what the portal is told: both nodes, and that it wants the one that writes.
func (c *town) address(role string) string {
	return "postgres://" + role + "@" + c.nodes[0].line.addr() + "," + c.nodes[1].line.addr() + "/" + c.database + "?sslmode=disable&target_session_attrs=read-write"
}

// admin leads to the node that writes, past every cut line.
func (c *town) admin(role string) string { return c.nodes[c.main].pg.URL(role, c.database) }

// ask asks the node that writes for a single value.
func ask[T any](c *town, sql string, args ...any) T {
	c.t.Helper()
	conn, err := pgx.Connect(context.Background(), c.admin("postgres"))
	must(c.t, err)
	defer conn.Close(context.Background())
	var value T
	must(c.t, conn.QueryRow(context.Background(), sql, args...).Scan(&value))
	return value
}

// token signs a person in, past the provider.
func (c *town) token(login string) string {
	c.t.Helper()
	db, err := postgres.Open(context.Background(), c.admin("portal_app"))
	must(c.t, err)
	defer db.Close()
	token, err := identity.NewService(db).SignIn(context.Background(), identity.Person{Issuer: dbtest.Issuer, Subject: login})
	must(c.t, err)
	return token
}

func (c *town) openMailbox(addr string) {
	c.t.Helper()
	box, err := devstack.StartMailbox(addr)
	must(c.t, err)
	c.box = box
	c.whole.Cleanup(func() { _ = box.Stop() })
}

// startProvider runs the development provider; base is where the portal is.
func (c *town) startProvider(addr string) {
	c.t.Helper()
	if c.accounts.Dir == "" {
		for _, p := range demo.People() {
			c.accounts.Accounts = append(c.accounts.Accounts, devstack.Account{Login: p.Login, Name: p.Name, Email: p.Email(), Organisation: p.OrgName, Tenant: p.LandKey, Role: p.Role})
		}
		c.accounts.Dir, c.accounts.ClientID, c.accounts.ClientSecret = c.whole.TempDir(), "portal", "only-for-faults-and-not-a-secret"
		c.accounts.RedirectURLs = []string{c.portals[0].base + "/auth/callback"}
		c.accounts.PostLogoutURLs = []string{c.portals[0].base + "/anmelden"}
	}
	c.accounts.Addr = addr
	provider, err := devstack.StartProvider(context.Background(), c.accounts)
	must(c.t, err)
	c.provider = provider
	c.whole.Cleanup(func() { _ = provider.Stop() })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// until waits for something and returns how long that took.
func until(t *testing.T, patience time.Duration, what string, done func() bool) time.Duration {
	t.Helper()
	began := time.Now()
	for !done() {
		if time.Since(began) > patience {
			t.Errorf("not within %s: %s", patience, what)
			return patience
		}
		time.Sleep(20 * time.Millisecond)
	}
	return time.Since(began)
}

func freeAddr(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer listener.Close()
	return strings.Replace(listener.Addr().String(), "127.0.0.1", "localhost", 1)
}
