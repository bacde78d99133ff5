#!/bin/sh
# Everything that must hold: the Go tests on one throw-away Postgres, then the browser tests against the real portal.
# Called by `make test`, after deps, assets and build.
set -eu
cd "$(dirname "$0")/.."
scripts/install-poppler.sh
CHROMIUM=$(scripts/install-chromium.sh)
export CHROMIUM
go build -o bin/testpg ./cmd/testpg
scripts/npm-ci.sh e2e
scripts/npm-ci.sh internal/devstack/betterauth

bin/testpg go test -parallel 4 ./...
cd e2e
../bin/testpg npx --no-install playwright test
