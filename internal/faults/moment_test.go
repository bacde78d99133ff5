package faults

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/backup"
	"rollinportal/internal/evidence"
	"rollinportal/internal/identity"
	"rollinportal/internal/postgres"
)

var moment = flag.Duration("moment", 0, "how long people write before and after the moment that comes back")

// archive is where docs/runbooks/restore.md keeps what a server's loss must not take along.
type archive struct {
	town      *town
	wal, base string
	page      string // the runbook
	programs  string // where the server's programs are
	account   syscall.Credential
}

// TestAMomentComesBack is promise P15 by the runbook's own commands: people write, the base backup is taken, they write on until
// a moment, and on; then the server is lost with its disk. Everything comes back but the last minute, and the moment to the row.
func TestAMomentComesBack(t *testing.T) {
	if *program == "" || *moment == 0 {
		t.Skip("runs by make drill")
	}
	a := newArchive(t)
	c := newTown(t, a.settings()...)
	a.town = c
	a.meetServer()
	c.startPortals()
	c.startRollin()
	c.upload(40)
	p := newPeople(c)

	p.write(*moment / 4)
	took := a.run("base")
	t.Logf("P15: base backup of %s in %.1f s, verified", size(a.base), took.Seconds())
	p.write(*moment)
	before := maps.Clone(p.yes)
	was, at := a.stillness()
	p.write(*moment)
	c.killBoth()
	last := ask[time.Time](c, newest)
	c.crash(c.main)
	must(t, os.RemoveAll(c.config(c.main).Dir))
	a.run("clean")
	t.Logf("P15: the server is lost; its archive holds %s of log", size(a.wal))

	began := time.Now()
	a.bring("")
	a.serve()
	t.Logf("P15: RTO %.1f s, from nothing to a portal that is ready", time.Since(began).Seconds())
	c.killBoth()
	lost, kept := missing(c.marks(), p.yes), ask[time.Time](c, newest)
	t.Logf("P15: RPO %.1f s: of %d acknowledged writes the last %d are lost", last.Sub(kept).Seconds(), len(p.yes), len(lost))
	if last.Sub(kept) > 5*time.Minute {
		t.Errorf("what was written after %s is lost; the last was written at %s", kept, last)
	}

	a.bring(at.Format("2006-01-02 15:04:05.999999-07"))
	compare(t, was, a.manifest("after"))
	found, later := c.marks(), maps.Clone(p.yes)
	maps.DeleteFunc(later, func(mark string, _ bool) bool { return before[mark] })
	gone, absent := missing(found, before), missing(found, later)
	if len(gone) > 0 || len(absent) != len(later) || len(later) == 0 {
		t.Errorf("of %d writes before the moment %d are gone, and of %d later ones %d are absent", len(before), len(gone), len(later), len(absent))
	}
	c.bound()
	t.Logf("P15: %s came back: %d writes of before are there, %d later ones are not; %d rows of %d tables as their digests say", at.Format(time.TimeOnly), len(before), len(later), was.Rows(), len(was.Tables))
}

// newest is when the last entry of the trail was written.
const newest = `SELECT max(at) FROM portal.audit_event`

func newArchive(t *testing.T) *archive {
	t.Helper()
	dir, err := os.MkdirTemp("", "rollinportal-archive-")
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	must(t, os.Chmod(dir, 0o755))
	a := &archive{wal: filepath.Join(dir, "wal"), base: filepath.Join(dir, "new", "base")}
	for _, folder := range []string{a.wal, filepath.Dir(a.base)} {
		must(t, os.Mkdir(folder, 0o777))
		must(t, os.Chmod(folder, 0o777))
	}
	text, err := os.ReadFile("../../docs/runbooks/restore.md")
	must(t, err)
	a.page = string(text)
	return a
}

// block is a block of commands of the runbook.
func (a *archive) block(name string) string {
	found := regexp.MustCompile("(?s)```[a-z]+ " + name + "\n(.*?)```").FindStringSubmatch(a.page)
	if found == nil {
		panic("the runbook lacks the block " + name)
	}
	return found[1]
}

// settings are the runbook's, with this archive's folder.
func (a *archive) settings() (found []string) {
	for line := range strings.Lines(strings.ReplaceAll(a.block("settings"), "/backup/wal", a.wal)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " = ")
		found = append(found, name+"="+strings.Trim(value, "'"))
	}
	return found
}

// meetServer notes as whom the server runs, and where its programs are.
func (a *archive) meetServer() {
	c := a.town
	dir := c.nodes[c.main].pg.Dir()
	text, err := os.ReadFile(filepath.Join(dir, "postmaster.pid"))
	must(c.t, err)
	pid, _, _ := strings.Cut(string(text), "\n")
	server, err := os.Readlink("/proc/" + pid + "/exe")
	must(c.t, err)
	a.programs = filepath.Dir(server)
	info, err := os.Stat(dir)
	must(c.t, err)
	is := info.Sys().(*syscall.Stat_t)
	a.account = syscall.Credential{Uid: is.Uid, Gid: is.Gid, Groups: []uint32{}}
}

// run runs a block of the runbook as the account of the server, and returns how long it took.
func (a *archive) run(block string, env ...string) time.Duration {
	c := a.town
	c.t.Helper()
	cmd := exec.CommandContext(context.Background(), "sh", "-eu", "-c", a.block(block))
	cmd.Dir = "/"
	cmd.Env = append(env, "PATH="+filepath.Dir(*program)+":"+a.programs+":/usr/bin:/bin", "LC_ALL=C.UTF-8", "WAL="+a.wal, "BASE="+a.base, "DATA="+c.config(c.main).Dir)
	if n := c.nodes[c.main]; n.pg != nil {
		cmd.Env = append(cmd.Env, "PGHOST="+filepath.Dir(n.socket()), "PGUSER=postgres", "MIGRATE_DATABASE_URL="+c.admin("postgres"))
	}
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &a.account}
	}
	began := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		c.t.Fatalf("%s: %v\n%s", block, err, out)
	}
	return time.Since(began)
}

// stillness has nobody write for two seconds, and returns the moment in the middle and what there was.
func (a *archive) stillness() (backup.Manifest, time.Time) {
	c := a.town
	c.killBoth()
	was := a.manifest("before")
	at := ask[time.Time](c, `SELECT clock_timestamp()`)
	time.Sleep(time.Second)
	for i := range c.portals {
		c.startPortal(i)
	}
	return was, at
}

// manifest is what the portal's own backup says of the database.
func (a *archive) manifest(name string) (m backup.Manifest) {
	t := a.town.t
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	if out, err := a.town.command("backup", dir); err != nil {
		t.Fatal(out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	must(t, err)
	must(t, json.Unmarshal(text, &m))
	return m
}

// bring brings a moment back on a new disk, or all there is, and checks what the runbook checks.
func (a *archive) bring(target string) {
	c := a.town
	if c.nodes[c.main].pg != nil {
		c.crash(c.main)
	}
	n := &node{disk: c.newDisk(), line: c.nodes[c.main].line}
	must(c.t, os.Chmod(n.disk, 0o777))
	c.nodes[c.main] = n
	copied := a.run("restore", "TARGET="+target)
	c.settings = nil // it archives nowhere yet
	began := time.Now()
	c.start(c.main)
	until(c.t, 10*time.Minute, "the server takes writes", func() bool { return !ask[bool](c, `SELECT pg_is_in_recovery()`) })
	replayed := time.Since(began)
	n.line.leadTo(unixSocket(n.socket()))
	checked := a.run("check")
	c.t.Logf("P15: copy %.1f s, log %.1f s, checks %.1f s", copied.Seconds(), replayed.Seconds(), checked.Seconds())
	if n := ask[int](c, `SELECT count(*)::int FROM auth.session WHERE ended_at IS NULL`); n != 0 {
		c.t.Errorf("%d sessions live on after the restore", n)
	}
}

// serve starts the portals on what came back.
func (a *archive) serve() {
	for i := range a.town.portals {
		a.town.startPortal(i)
	}
	until(a.town.t, time.Minute, "the portal is ready", func() bool { return status(a.town.portals[0].base+"/readyz") == http.StatusOK })
}

func (c *town) killBoth() {
	for i := range c.portals {
		if c.portals[i].ProcessState == nil {
			c.kill(i)
		}
	}
}

// write has people write for a while, until each is told yes.
func (p *people) write(long time.Duration) {
	p.begin()
	time.Sleep(long)
	p.end()
}

// upload has a town prove a step with files of a megabyte.
func (c *town) upload(n int) {
	who, s := c.world.As(c.t, "k16051"), evidence.NewService(c.world.DB)
	noise := make([]byte, 1<<20)
	for i := range n {
		_, _ = rand.Read(noise)
		u, err := evidence.Receive(io.MultiReader(strings.NewReader("%PDF-1.7\n"), bytes.NewReader(noise)), fmt.Sprintf("Beleg %d.pdf", i))
		must(c.t, err)
		added, err := s.Add(context.Background(), who, evidence.Place{Body: "16051", Slug: "wohngeld", Key: "k_kickoff"}, u, nil)
		must(c.t, errors.Join(err, u.Close()))
		if !added {
			c.t.Fatal("a file is known already")
		}
	}
}

// marks are the forms that had their effect.
func (c *town) marks() map[string]bool {
	conn, err := pgx.Connect(context.Background(), c.admin("postgres"))
	must(c.t, err)
	defer conn.Close(context.Background())
	rows, _ := conn.Query(context.Background(), `SELECT mark FROM (`+marksOf+`) m WHERE place = 'trail'`)
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	must(c.t, err)
	found := map[string]bool{}
	for _, mark := range list {
		found[mark] = true
	}
	return found
}

func missing(found, want map[string]bool) (gone []string) {
	for mark := range want {
		if !found[mark] {
			gone = append(gone, mark)
		}
	}
	return gone
}

// compare reads two manifests. Sessions end by the restore, and workers may have noted that they began.
func compare(t *testing.T, before, after backup.Manifest) {
	t.Helper()
	there := map[string]backup.Table{}
	for _, table := range after.Tables {
		there[table.Name] = table
	}
	for _, want := range before.Tables {
		if strings.HasPrefix(want.Name, "river.") || want.Name == "auth.session" {
			continue
		}
		if there[want.Name] != want {
			t.Errorf("%s is not as it was: %d rows, then %d", want.Name, want.Rows, there[want.Name].Rows)
		}
	}
}

// bound signs a person in: row security binds after the restore, too.
func (c *town) bound() {
	c.t.Helper()
	ctx := context.Background()
	db, err := postgres.Open(ctx, c.admin("portal_app"))
	must(c.t, err)
	defer db.Close()
	must(c.t, db.CheckRole(ctx, postgres.Serving))
	who, err := identity.NewService(db).Actor(ctx, c.token("k16051"))
	must(c.t, err)
	var lands, others, own int
	err = db.Read(ctx, who, access.HomeView, func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `
			SELECT count(DISTINCT land_id)::int, count(*) FILTER (WHERE org_id <> $1)::int, count(*) FILTER (WHERE org_id = $1)::int
			FROM portal.evidence`, who.Org.ID).Scan(&lands, &others, &own)
	})
	if err != nil || lands != 1 || others != 0 || own == 0 {
		c.t.Errorf("a town sees files of %d Länder, %d of others and %d of its own: %v", lands, others, own, err)
	}
}

// size is that of a folder.
func size(dir string) string {
	var bytes int64
	_ = filepath.WalkDir(dir, func(_ string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			if info, err := entry.Info(); err == nil {
				bytes += info.Size()
			}
		}
		return nil
	})
	return fmt.Sprintf("%d MB", bytes>>20)
}
