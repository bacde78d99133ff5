// Package dbtest gives each test a database of its own: migrated, with the master data of the demo in it, reached as
// the application's role so that row security is tested with every test.
//
//	w := dbtest.New(t)
//	err := decision.NewService(w.DB).Submit(ctx, w.As(t, "tmikl-referat"), id)
//
// One template database for each state of migrations and seeds is cloned for every test. The cluster is the one
// that TEST_PG names (see cmd/testpg), or one that the test process starts and that ends with it.
package dbtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rollinportal/internal/access"
	"rollinportal/internal/demo"
	"rollinportal/internal/devstack"
	"rollinportal/internal/identity"
	"rollinportal/internal/postgres"
	"rollinportal/migrations"
)

// Issuer is the provider that vouches for everybody in a test.
const Issuer = "https://issuer.test"

// World is a database for one test.
type World struct {
	DB        *postgres.DB
	Work      *postgres.DB // as the workers reach it
	URL       string       // as portal_app
	WorkerURL string       // as portal_worker
	AdminURL  string       // as superuser, to look behind row security

	name  string // of the database
	admin *pgxpool.Pool
}

// New clones the template for one test and opens it as the application.
func New(t testing.TB, options ...postgres.Option) *World {
	t.Helper()
	from, err := prepared()
	if err != nil {
		t.Fatalf("prepare the test database: %v", err)
	}
	return from.clone(t, options)
}

func (from source) clone(t testing.TB, options []postgres.Option) *World {
	t.Helper()
	name := "t_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if err := exec(context.Background(), at(from.admin, "postgres", "postgres"), fmt.Sprintf(`CREATE DATABASE %s TEMPLATE %s`, name, from.template)); err != nil {
		t.Fatalf("clone the test database: %v", err)
	}
	w := &World{URL: at(from.admin, "portal_app", name), WorkerURL: at(from.admin, "portal_worker", name), AdminURL: at(from.admin, "postgres", name), name: name}
	options = append([]postgres.Option{postgres.WithPool(small)}, options...)
	w.DB = open(t, w.URL, options)
	w.Work = open(t, w.WorkerURL, options)
	w.admin = administer(t, w.AdminURL)
	return w
}

func administer(t testing.TB, url string) *pgxpool.Pool {
	t.Helper()
	pool, err := pgxpool.New(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

func open(t testing.TB, url string, options []postgres.Option) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(context.Background(), url, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	return db
}

func small(c *pgxpool.Config) { c.MaxConns = 4 }

// As signs in a person of the demo by login and returns who that is.
func (w *World) As(t testing.TB, login string) access.Actor {
	t.Helper()
	who, err := identity.NewService(w.DB).Actor(context.Background(), w.Token(t, login))
	if err != nil {
		t.Fatalf("sign in %s: %v", login, err)
	}
	return who
}

// Token signs in a person of the demo and returns the session's token, as the cookie carries it.
func (w *World) Token(t testing.TB, login string) string {
	t.Helper()
	token, err := identity.NewService(w.DB).SignIn(context.Background(), identity.Person{Issuer: Issuer, Subject: login})
	if err != nil {
		t.Fatalf("sign in %s: %v", login, err)
	}
	return token
}

// Admin runs a query as superuser and returns the single value it asks for. Its connection is kept: a new one would first
// have to learn the tables.
func Admin[T any](t testing.TB, w *World, sql string, args ...any) T {
	t.Helper()
	var value T
	if err := w.admin.QueryRow(context.Background(), sql, args...).Scan(&value); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return value
}

// prepared returns the admin address of the cluster and the name of the finished template, made once per process.
var prepared = sync.OnceValues(func() (source, error) {
	ctx := context.Background()
	admin := os.Getenv("TEST_PG")
	if admin == "" {
		cluster, err := devstack.StartPostgres(ctx, devstack.PostgresConfig{Fast: true})
		if err != nil {
			return source{}, err
		}
		admin = cluster.AdminURL("postgres")
	}
	template, err := makeTemplate(ctx, admin)
	return source{admin, template}, err
})

// source is what databases are cloned from.
type source struct{ admin, template string }

// makeTemplate builds the template unless another package did. What is half made has no template mark and goes.
func makeTemplate(ctx context.Context, admin string) (string, error) {
	name := "tpl_" + fingerprint()
	conn, err := pgx.Connect(ctx, admin)
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock(4711)`); err != nil {
		return "", err
	}
	var done bool
	if err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND datistemplate)`, name).Scan(&done); err != nil || done {
		return name, err
	}
	for _, sql := range []string{`DROP DATABASE IF EXISTS ` + name, `CREATE DATABASE ` + name} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return "", err
		}
	}
	if err := fill(ctx, at(admin, "postgres", name), at(admin, "portal_app", name)); err != nil {
		return "", err
	}
	_, err = conn.Exec(ctx, `ALTER DATABASE `+name+` IS_TEMPLATE true ALLOW_CONNECTIONS false`)
	return name, err
}

func fill(ctx context.Context, admin, app string) error {
	if err := postgres.Migrate(admin); err != nil {
		return err
	}
	db, err := postgres.Open(ctx, app)
	if err != nil {
		return err
	}
	defer db.Close()
	return demo.Stage{Operator: identity.NewOperator(admin), DB: db, Issuer: Issuer}.LoadMasterData(ctx)
}

func fingerprint() string {
	sum := sha256.New()
	names, _ := fs.Glob(migrations.Files, "*.up.sql")
	for _, name := range names {
		text, _ := migrations.Files.ReadFile(name)
		sum.Write(text)
	}
	sum.Write(demo.Seeds())
	return hex.EncodeToString(sum.Sum(nil))[:16]
}

// at names another role and database of the same cluster.
func at(admin, user, database string) string {
	u, err := url.Parse(admin)
	if err != nil {
		panic("TEST_PG is no address: " + err.Error())
	}
	u.User, u.Path = url.User(user), "/"+database
	return u.String()
}

func exec(ctx context.Context, admin, sql string) error {
	conn, err := pgx.Connect(ctx, admin)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql)
	return err
}
