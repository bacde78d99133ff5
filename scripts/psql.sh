#!/bin/sh
# Opens psql in the database of the running demo, as superuser. Called by `make psql`; arguments go to psql.
set -eu
cd "$(dirname "$0")/.."
command -v psql >/dev/null || { echo 'psql is not installed (Debian: postgresql-client).' >&2; exit 1; }
home=.demo
if [ ! -e .demo/postgres/postmaster.pid ] && [ -e .demo/postgres-dir ]; then home=$(cat .demo/postgres-dir); fi
running=$home/postgres/postmaster.pid
[ -e "$running" ] || { echo 'The demo is not running: start it with make demo.' >&2; exit 1; }
socket=$(sed -n 5p "$running") # Postgres notes its socket's folder there
exec psql "host=$socket port=5432 user=postgres dbname=${DB:-portal}" "$@"
