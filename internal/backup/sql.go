package backup

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
)

// connect opens the database past row security, and with settings that make the same rows the same text everywhere.
func connect(ctx context.Context, url string) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	for name, value := range map[string]string{
		"TimeZone": "UTC", "DateStyle": "ISO", "IntervalStyle": "postgres", "extra_float_digits": "1", "bytea_output": "hex", "search_path": "pg_catalog",
		"application_name": "portal-backup",
	} {
		config.RuntimeParams[name] = value
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	var sees bool
	err = conn.QueryRow(ctx, `SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user`).Scan(&sees)
	if err == nil && !sees {
		err = errors.New("a backup needs a role that sees past row security (BYPASSRLS)")
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close(ctx))
	}
	return conn, nil
}

// ours says which schemas hold what is the portal's.
const ours = `n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'`

// tables counts the rows of every table and takes their digest.
func tables(ctx context.Context, tx pgx.Tx) ([]Table, error) {
	rows, _ := tx.Query(ctx, `
		SELECT n.nspname, c.relname
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind = 'r' AND `+ours+`
		ORDER BY n.nspname, c.relname`)
	names, err := pgx.CollectRows(rows, pgx.RowToStructByPos[struct{ Schema, Name string }])
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	var found []Table
	for _, name := range names {
		t := Table{Name: name.Schema + "." + name.Name}
		// The digest of digests needs 32 bytes for a row, however large its contents are.
		err := tx.QueryRow(ctx, `
			SELECT count(*), encode(sha256(coalesce(string_agg(digest, ''::bytea ORDER BY digest), ''::bytea)), 'hex')
			FROM (SELECT sha256(convert_to(t::text, 'UTF8')) AS digest FROM `+pgx.Identifier{name.Schema, name.Name}.Sanitize()+` t) AS r`).
			Scan(&t.Rows, &t.SHA256)
		if err != nil {
			return nil, fmt.Errorf("take the digest of %s: %w", t.Name, err)
		}
		found = append(found, t)
	}
	return found, nil
}

// describe reads what the manifest says about the database as a whole, and the snapshot that pg_dump shall share.
func describe(ctx context.Context, tx pgx.Tx, m *Manifest) (snapshot string, err error) {
	var dirty bool
	err = tx.QueryRow(ctx, `SELECT now(), current_setting('server_version'), pg_export_snapshot(), version, dirty FROM public.schema_migrations`).
		Scan(&m.MadeAt, &m.Postgres, &snapshot, &m.Schema, &dirty)
	if err != nil {
		return "", fmt.Errorf("read what the database is: %w", err)
	}
	if dirty {
		return "", fmt.Errorf("migration %d broke off or is under way; finish it first", m.Schema)
	}
	rows, _ := tx.Query(ctx, `
		WITH granted AS (
			SELECT relowner AS owner, relacl AS acl FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE `+ours+`
			UNION ALL SELECT proowner, proacl FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE `+ours+`
			UNION ALL SELECT nspowner, nspacl FROM pg_namespace n WHERE `+ours+`),
		named AS (
			SELECT owner FROM granted
			UNION SELECT a.grantee FROM granted, aclexplode(acl) AS a
			UNION SELECT unnest(polroles) FROM pg_policy)
		SELECT rolname::text FROM pg_roles r JOIN named ON r.oid = named.owner
		WHERE rolname NOT LIKE 'pg\_%'
		ORDER BY rolname`)
	if m.Roles, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
		return "", fmt.Errorf("list the roles: %w", err)
	}
	return snapshot, nil
}

// empty refuses a database that holds anything: restoring never overwrites.
func empty(ctx context.Context, conn *pgx.Conn) error {
	var there string
	err := conn.QueryRow(ctx, `
		SELECT coalesce(string_agg(name, ', '), '')
		FROM (
			SELECT 'schema ' || n.nspname AS name FROM pg_namespace n WHERE `+ours+` AND n.nspname <> 'public'
			UNION ALL
			SELECT 'public.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'
			ORDER BY name LIMIT 5) AS found`).Scan(&there)
	if err != nil {
		return fmt.Errorf("look whether the database is empty: %w", err)
	}
	if there != "" {
		return fmt.Errorf("the database is not empty (%s); restore only into a new one: createdb", there)
	}
	return nil
}

// prepareRoles makes the portal's own roles where they are missing, as the first migration and docs/runbooks/install.md do,
// and names others.
func prepareRoles(ctx context.Context, conn *pgx.Conn, needed []string) error {
	_, err := conn.Exec(ctx, `
		DO $$ BEGIN
			IF to_regrole('portal_owner') IS NULL THEN CREATE ROLE portal_owner NOLOGIN; END IF;
			IF to_regrole('portal_app') IS NULL THEN CREATE ROLE portal_app LOGIN NOINHERIT; END IF;
			IF to_regrole('portal_worker') IS NULL THEN CREATE ROLE portal_worker LOGIN INHERIT; END IF;
			IF NOT pg_has_role('portal_worker', 'portal_app', 'MEMBER') THEN GRANT portal_app TO portal_worker; END IF;
		END $$`)
	if err == nil && slices.Contains(needed, "portal_migrate") { // who migrates may be called otherwise, or be a superuser
		_, err = conn.Exec(ctx, `
			DO $$ BEGIN
				IF to_regrole('portal_migrate') IS NULL THEN
					CREATE ROLE portal_migrate LOGIN BYPASSRLS;
					GRANT portal_owner TO portal_migrate;
				END IF;
			END $$`)
	}
	if err != nil {
		return fmt.Errorf("make the portal's roles: %w", err)
	}
	var missing string
	err = conn.QueryRow(ctx, `SELECT coalesce(string_agg(name, ', ' ORDER BY name), '') FROM unnest($1::text[]) AS name WHERE to_regrole(quote_ident(name)) IS NULL`, needed).Scan(&missing)
	if err != nil {
		return fmt.Errorf("look for the roles: %w", err)
	}
	if missing != "" {
		return fmt.Errorf("the cluster lacks the roles %s; make them first", missing)
	}
	return nil
}

// endSessions signs everybody out: who had signed out after the backup must not be signed in again.
func endSessions(ctx context.Context, tx pgx.Tx) (int64, error) {
	done, err := tx.Exec(ctx, `UPDATE auth.session SET ended_at = clock_timestamp() WHERE ended_at IS NULL`)
	if err != nil {
		return 0, fmt.Errorf("end the sessions: %w", err)
	}
	return done.RowsAffected(), nil
}
