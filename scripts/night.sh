#!/bin/sh
# What takes a night: $WALKS random walks over row security beside their model, every fuzz target ($FUZZTIME each), gosec, and
# the mutants of the security rooms. Prints the figures.
set -eu
cd "$(dirname "$0")/.."
go build -o bin/testpg ./cmd/testpg
bin/testpg go test ./internal/postgres -count 1 -run TestARandomWalkKeepsToTheModel -v -timeout 60m -args -rapid.checks "${WALKS:-10000}"
scripts/fuzz.sh
# What gosec names besides is meant: operators name programs and files (G204, G304), folders of the development stack are open
# (G301, G302, G306), numbers are bounded where they are made (G115), simulations and lots are drawn the same again (G404),
# and a message is no password (G101). It stays out of make check: it brings clients of cloud services as its dependencies,
# and what it finds besides is among the rules of internal/floorplan.
command -v gosec >/dev/null || PATH="$PATH:$(go env GOPATH)/bin"
command -v gosec >/dev/null || (cd / && GOFLAGS=-mod=mod go install github.com/securego/gosec/v2/cmd/gosec@v2.22.0)
nice gosec -quiet -exclude-generated -exclude-dir=node_modules -exclude-dir=testdata -exclude=G101,G115,G204,G301,G302,G304,G306,G404 ./...
scripts/mutants.sh
