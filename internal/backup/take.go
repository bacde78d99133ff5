package backup

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Tools are the programs of PostgreSQL. Dir is their folder; "": those that the shell would run.
type Tools struct{ Dir string }

// Take writes a backup of the database at address into dir, which must not exist yet. The portal may go on working. program is
// the revision that runs.
func Take(ctx context.Context, tools Tools, address, dir, program string) (Manifest, error) {
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		return Manifest{}, fmt.Errorf("%s exists; a backup goes into a new folder", dir)
	}
	partial := dir + ".partial"
	if err := os.MkdirAll(partial, 0o700); err != nil {
		return Manifest{}, err
	}
	defer os.RemoveAll(partial)
	m := Manifest{Format: format, Program: program}
	if err := dump(ctx, tools, address, filepath.Join(partial, dumpName), &m); err != nil {
		return Manifest{}, err
	}
	if err := os.Chmod(filepath.Join(partial, dumpName), 0o600); err != nil { // also for whoever takes it out of the folder
		return Manifest{}, err
	}
	file, err := fileAt(filepath.Join(partial, dumpName))
	if err != nil {
		return Manifest{}, err
	}
	m.Files = []File{file}
	if err := writeManifest(filepath.Join(partial, manifestName), m); err != nil {
		return Manifest{}, err
	}
	return m, errors.Join(flush(filepath.Join(partial, dumpName)), flush(partial), os.Rename(partial, dir), flush(filepath.Dir(dir)))
}

// dump runs pg_dump in the snapshot in which it counts.
func dump(ctx context.Context, tools Tools, address, path string, m *Manifest) error {
	conn, err := connect(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return fmt.Errorf("begin the snapshot: %w", err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	snapshot, err := describe(ctx, tx, m)
	if err != nil {
		return err
	}
	if err := tools.run(ctx, address, "pg_dump", "--format=custom", "--lock-wait-timeout=10s", "--snapshot="+snapshot, "--file="+path); err != nil {
		return err
	}
	m.Tables, err = tables(ctx, tx)
	return err
}

// run runs a program of PostgreSQL on a database. The password does not stand in the list of processes.
func (t Tools) run(ctx context.Context, address, program string, args ...string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return errors.New("the database address must look like postgres://…")
	}
	password, _ := u.User.Password()
	u.User = url.User(u.User.Username())
	if t.Dir != "" {
		program = filepath.Join(t.Dir, program)
	}
	cmd := exec.CommandContext(ctx, program, append(args, "--dbname="+u.String())...)
	cmd.Env = append(os.Environ(), "PGAPPNAME=portal-backup")
	if password != "" {
		cmd.Env = append(cmd.Env, "PGPASSWORD="+password)
	}
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", filepath.Base(program), err, strings.TrimSpace(said.String()))
	}
	return nil
}

func writeManifest(path string, m Manifest) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return flush(path)
}

// flush makes sure that a file or the entries of a folder are on the disk.
func flush(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
