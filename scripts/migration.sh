#!/bin/sh
# Makes the next pair of migration files. Usage: migration.sh add_decision_reason
set -eu
cd "$(dirname "$0")/../migrations"
name=${1:-}
case "$name" in
'' | *[!a-z0-9_]*)
	echo 'usage: make migration name=add_decision_reason (verb first, a-z, 0-9 and _)' >&2
	exit 2
	;;
esac
last=$(ls | sed -n 's/^\([0-9]\{6\}\)_.*\.up\.sql$/\1/p' | sort | tail -n 1)
number=$(printf '%06d' $(($(echo "${last:-0}" | sed 's/^0*//;s/^$/0/') + 1)))
for direction in up down; do
	file=${number}_$name.$direction.sql
	printf 'BEGIN;\nSET LOCAL ROLE portal_owner;\n\nCOMMIT;\n' >"$file"
	echo "migrations/$file"
done
