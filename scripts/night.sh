#!/bin/sh
# What takes a night: $WALKS random walks over row security beside their model, every fuzz target ($FUZZTIME each), and
# the mutants of the security rooms. Prints the figures.
set -eu
cd "$(dirname "$0")/.."
go build -o bin/testpg ./cmd/testpg
bin/testpg go test ./internal/postgres -count 1 -run TestARandomWalkKeepsToTheModel -v -timeout 60m -args -rapid.checks "${WALKS:-10000}"
scripts/fuzz.sh
scripts/mutants.sh
