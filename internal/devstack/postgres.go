package devstack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"syscall"
	"time"
)

// PostgresConfig says where a cluster lives and for whom it runs.
type PostgresConfig struct {
	Dir  string    // data folder, made on first use; empty: a temporary one that is removed by Stop
	Fast bool      // for tests: gives up durability for speed, and takes 200 connections
	Log  io.Writer // what Postgres says; nil: nowhere

	Settings []string // more of its settings, as name=value
	Env      []string // more of its environment, as NAME=value
}

// socketPort is only part of the socket's name: each cluster has a socket folder of its own, so ports cannot clash.
const socketPort = "5432"

// postgresNudges: SIGINT is Postgres' fast shutdown (SIGTERM would wait for clients), SIGQUIT the immediate one.
var postgresNudges = []nudge{
	{syscall.SIGINT, 15 * time.Second},
	{syscall.SIGQUIT, 5 * time.Second},
	{syscall.SIGKILL, 5 * time.Second},
}

// Postgres is a running cluster.
type Postgres struct {
	folder *folder
	server *child
}

// StartPostgres starts a cluster and returns once it answers. Its ctx bounds the start, not the life of the
// cluster: call Stop. When root starts it and the owner of the cluster may not reach Dir, it lives in
// /var/lib/rollinportal-demo-… instead, and the file Dir+"-dir" says where.
func StartPostgres(ctx context.Context, cfg PostgresConfig) (*Postgres, error) {
	place, err := openFolder(cfg.Dir)
	if err != nil {
		return nil, fmt.Errorf("start postgres: %w", err)
	}
	server, err := startServer(ctx, place, cfg)
	if err != nil {
		return nil, fmt.Errorf("start postgres: %w", errors.Join(err, place.release()))
	}
	return &Postgres{folder: place, server: server}, nil
}

func startServer(ctx context.Context, place *folder, cfg PostgresConfig) (*child, error) {
	programs, err := place.prepare(ctx, cfg.Log)
	if err != nil {
		return nil, err
	}
	if err := place.makeSocketFolder(); err != nil {
		return nil, err
	}
	server, err := startChild("postgres", place.postgres(programs, cfg), syscall.SIGINT, cfg.Log)
	if err != nil {
		return nil, err
	}
	if err := waitReady(ctx, place, server); err != nil {
		return nil, errors.Join(err, server.stop(postgresNudges...))
	}
	return server, nil
}

// AdminURL leads to a database as superuser, for migrations and CREATE DATABASE.
func (p *Postgres) AdminURL(database string) string {
	return p.URL("postgres", database)
}

// URL leads to a database as the given role. Both pgx and psql understand it.
func (p *Postgres) URL(user, database string) string {
	return p.folder.url(user, database)
}

func (f *folder) url(user, database string) string {
	query := url.Values{"host": {f.sockets}, "port": {socketPort}}
	u := url.URL{Scheme: "postgres", User: url.User(user), Path: "/" + database, RawQuery: query.Encode()}
	return u.String()
}

// Dir is the data folder in use, absolute.
func (p *Postgres) Dir() string {
	return p.folder.dir
}

// Done is closed when Postgres has ended, by Stop or by itself.
func (p *Postgres) Done() <-chan struct{} {
	return p.server.done
}

// Err tells why Postgres ended by itself, with its last log lines; nil while it runs and after Stop.
func (p *Postgres) Err() error {
	return p.server.failure()
}

// Kill ends every process of the cluster as a power cut would, and gives the data folder free. StartPostgres with the same
// Dir begins with crash recovery; a temporary folder is gone.
func (p *Postgres) Kill() error {
	p.server.stopping.Store(true)
	for !gone(p.folder.dir, 50*time.Millisecond) {
		signalAll(postgresIn(p.folder.dir), syscall.SIGKILL)
	}
	<-p.server.done
	return p.folder.release()
}

// Stop shuts Postgres down, cutting off whoever is connected, and gives the data folder free. It returns Err if
// Postgres had ended before.
func (p *Postgres) Stop() error {
	return errors.Join(p.server.stop(postgresNudges...), p.folder.release())
}
