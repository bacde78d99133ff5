#!/bin/sh
# Breaks what the portal runs on while people write, and prints what became of their words (internal/faults). The table is
# kept in bin/faults/report.md. TIMES=10 breaks things ten times as often and takes ten times as long.
set -eu
cd "$(dirname "$0")/.."
. scripts/apt.sh

clock() { ls /usr/lib/*/faketime/libfaketime.so.1 2>/dev/null | head -n 1; }
if [ -z "$(clock)" ]; then apt_install faketime || echo 'libfaketime is not to be had: the clock will not jump' >&2; fi

go test ./internal/faults -count 1 -v -timeout $((10 * ${TIMES:-1}))m -args \
	-portal "$PWD/bin/portal" -report "$PWD/bin/faults/report.md" -faketime "$(clock)" -times "${TIMES:-1}"
