#!/bin/sh
# The portal for the browser tests, with fresh demo data in a folder that goes with it.
set -eu
cd "$(dirname "$0")/.."
PORTAL_DEMO_DIR=$(mktemp -d "${TMPDIR:-/tmp}/rollinportal-e2e-XXXXXX")
export PORTAL_DEMO_DIR
chmod 755 "$PORTAL_DEMO_DIR"
trap 'rm -rf "$PORTAL_DEMO_DIR"' EXIT
bin/portal demo 2>"$PORTAL_DEMO_DIR/requests.log" &
portal=$!
trap 'kill -TERM $portal 2>/dev/null' TERM INT
wait $portal || wait $portal || true
