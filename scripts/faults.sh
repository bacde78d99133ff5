#!/bin/sh
# Breaks what the portal runs on while people write, and prints what became of their words (internal/faults). The table is
# kept in bin/faults/report.md. FAULTS=full breaks things as often as promise P7 says and takes half an hour.
set -eu
cd "$(dirname "$0")/.."
. scripts/apt.sh

clock() { ls /usr/lib/*/faketime/libfaketime.so.1 2>/dev/null | head -n 1; }
if [ -z "$(clock)" ]; then apt_install faketime || echo 'libfaketime is not to be had: the clock will not jump' >&2; fi

# Small disks to fill up are mounted, in a namespace of one's own where one is not root.
alone='unshare --map-current-user --keep-caps --mount'
if [ "$(id -u)" = 0 ]; then alone=
elif ! $alone true 2>/dev/null; then alone=; echo 'No disk will be full: this system lets only root mount one' >&2; fi

case "${FAULTS:-}" in
'') set -- -timeout 10m -args ;;
full) set -- -timeout 90m -args -full ;;
*) echo "FAULTS is full or nothing, not $FAULTS" >&2; exit 2 ;;
esac
$alone go test ./internal/faults -count 1 -run TestFaults -v "$@" \
	-portal "$PWD/bin/portal" -report "$PWD/bin/faults/report.md" -faketime "$(clock)"
