#!/bin/sh
# What takes too long for every commit: fifty shutdowns under load, and then twenty with the release before beside this one on
# the newest schema. That release is $BEFORE (any commit), by default the commit before the newest migration came. Then workers
# are killed $KILLS times while they send, fifty people save the same step $ROUNDS times, and histories are written while things
# break ($HISTORIES of a step); a lost server and a moment come back by the runbook ($MOMENT of writing before and after); and the
# load of a working day is held for $LOAD.
set -eu
cd "$(dirname "$0")/.."
newest=$(git ls-files 'migrations/*.up.sql' | tail -n 1)
before=${BEFORE:-$(git log --diff-filter=A --format=%H -n 1 -- "$newest")~1}
tree=$(mktemp -d)
trap 'git worktree remove --force "$tree/before"; rm -rf "$tree"' EXIT
git worktree add --detach --quiet "$tree/before" "$before"
cp -R web/static/vendor/. "$tree/before/web/static/vendor/" # fonts and styles are not committed
(cd "$tree/before" && go build -o ../portal-before ./cmd/portal)
go build -o bin/testpg ./cmd/testpg
bin/testpg go test ./cmd/portal -run TestShuttingDown -v -timeout 30m -args -shutdowns 50
bin/testpg go test ./cmd/portal -run TestShuttingDown -v -timeout 30m -args -shutdowns 20 -before "$tree/portal-before"
bin/testpg go test ./cmd/portal -run TestNothingGetsLostOrDoubled -v -timeout 30m -args -kills "${KILLS:-100}"
bin/testpg go test ./web -run TestFiftyWriters -v -timeout 60m -args -rounds "${ROUNDS:-1000}"
go test ./internal/faults -count 1 -run TestHistoriesUnderFaults -v -timeout 60m -artifacts -outputdir "$PWD/bin" -args -portal "$PWD/bin/portal" -report "$PWD/bin/faults/histories.md" -histories "${HISTORIES:-20}"
go test ./internal/faults -count 1 -run TestAMomentComesBack -v -timeout 60m -args -portal "$PWD/bin/portal" -report "$PWD/bin/faults/moment.md" -moment "${MOMENT:-75s}"
go test ./internal/faults -count 1 -run TestTheLoadIsHeld -v -timeout 90m -args -portal "$PWD/bin/portal" -report "$PWD/bin/faults/load.md" -load "${LOAD:-10m}"
