#!/bin/sh
# What CI runs before a change is merged: format, vet, staticcheck, known vulnerabilities, fresh generated files, and
# the Go tests with the race detector. Called by `make check`, after deps and assets.
set -eu
cd "$(dirname "$0")/.."
tool='go tool -modfile=tools/go.mod'

step() { printf '%s\n' "── $*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

step gofumpt
unformatted=$($tool gofumpt -l $(git ls-files '*.go' ':!*_templ.go'))
if [ -n "$unformatted" ]; then fail "not formatted, run make fmt:" "$unformatted"; fi

step go vet
go vet ./...

step staticcheck
$tool staticcheck ./...

step generated files
before=$(git status --porcelain -- '*_templ.go'; git diff -- '*_templ.go')
$tool templ generate >/dev/null
after=$(git status --porcelain -- '*_templ.go'; git diff -- '*_templ.go')
if [ "$before" != "$after" ]; then fail "generated files were stale, templ generate has renewed them: commit them"; fi

step govulncheck
database=../shared/vulndb/vulndb.tar.gz
if [ -e "$database" ]; then
	unpacked=$(mktemp -d)
	trap 'rm -rf "$unpacked"' EXIT
	tar -xzf "$database" -C "$unpacked"
	$tool govulncheck -db "file://$unpacked" ./...
else
	echo "skipped: there is no $database, and the service on the internet is not asked"
fi

step go test -race
scripts/npm-ci.sh internal/devstack/betterauth
go build -o bin/testpg ./cmd/testpg
bin/testpg go test -race -parallel 4 ./...
