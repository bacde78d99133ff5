#!/bin/sh
# Removes the data of `make demo`: the folder .demo and, if Postgres could not live there, the one its note names
# (see devstack.StartPostgres). Called by `make demo-reset`.
set -eu
cd "$(dirname "$0")/.."
moved=
if [ -e .demo/postgres-dir ]; then moved=$(cat .demo/postgres-dir); fi

for lock in .demo/postgres.lock "$moved/postgres.lock"; do
	if [ -e "$lock" ] && ! flock -n "$lock" true; then
		echo 'The demo is running: please stop it first.' >&2
		exit 1
	fi
done
case "$moved" in
*..*) ;;
/var/lib/rollinportal-demo-*) rm -rf "$moved" ;;
esac
rm -rf .demo
