package devstack

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// StartReplica copies the running cluster into cfg.Dir, starts a replica there, and returns once the cluster waits for
// it with each commit (synchronous replication).
func (p *Postgres) StartReplica(ctx context.Context, cfg PostgresConfig) (*Postgres, error) {
	if err := p.copyTo(ctx, cfg); err != nil {
		return nil, fmt.Errorf("start a replica: %w", err)
	}
	replica, err := StartPostgres(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if err := p.waitFor(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("start a replica: %w", err), replica.Stop())
	}
	return replica, nil
}

// copyTo makes a base backup that starts as a replica.
func (p *Postgres) copyTo(ctx context.Context, cfg PostgresConfig) error {
	place, err := openFolder(cfg.Dir)
	if err != nil {
		return err
	}
	defer place.lock.Close()
	programs, err := findBinaries("", place.owner)
	if err != nil {
		return err
	}
	if err := place.owner.makeFolder(place.dir); err != nil {
		return err
	}
	backup := place.command(programs.path("pg_basebackup"), "-D", place.dir, "-h", p.folder.sockets, "-p", socketPort, "-U", "postgres",
		"--write-recovery-conf", "--checkpoint=fast", "--no-sync")
	return runChild(ctx, "pg_basebackup", backup, cfg.Log)
}

// waitFor makes commits wait for the replica.
func (p *Postgres) waitFor(ctx context.Context) error {
	return p.asAdmin(ctx, func(conn *pgx.Conn) error {
		if err := waitForReplica(ctx, conn, "*"); err != nil {
			return err
		}
		for end := time.Now().Add(startPatience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			var synchronous bool
			err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_stat_replication WHERE sync_state = 'sync' AND state = 'streaming')`).Scan(&synchronous)
			if err != nil || synchronous {
				return err
			}
		}
		return errors.New("no replica came")
	})
}

// Promote makes a replica the cluster that writes. It waits for no replica of its own.
func (p *Postgres) Promote(ctx context.Context) error {
	err := p.asAdmin(ctx, func(conn *pgx.Conn) error {
		var promoted bool
		if err := conn.QueryRow(ctx, `SELECT pg_promote()`).Scan(&promoted); err != nil {
			return err
		}
		if !promoted {
			return errors.New("it stays a replica")
		}
		return waitForReplica(ctx, conn, "")
	})
	if err != nil {
		return fmt.Errorf("promote a replica: %w", err)
	}
	return nil
}

// waitForReplica says which replicas a commit waits for; "" are none.
func waitForReplica(ctx context.Context, conn *pgx.Conn, names string) error {
	if _, err := conn.Exec(ctx, `ALTER SYSTEM SET synchronous_standby_names = '`+names+`'`); err != nil {
		return err
	}
	_, err := conn.Exec(ctx, `SELECT pg_reload_conf()`)
	return err
}

func (p *Postgres) asAdmin(ctx context.Context, do func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, p.AdminURL("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return do(conn)
}
