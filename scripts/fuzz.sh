#!/bin/sh
# Every fuzz target of the house, one after the other: $FUZZTIME each, a time or a count of executions. A release wants
# FUZZTIME=10000000x, ten million executions of each. Prints how many there were; what fails becomes a file in testdata/fuzz.
set -eu
cd "$(dirname "$0")/.."
git grep -n '^func Fuzz' -- '*_test.go' | sed -E 's|^(.*)/[^/]+:[0-9]+:func (Fuzz[A-Za-z0-9]+)\(.*|\1 \2|' | while read -r room target; do
	out=$(go test "./$room" -run '^$' -fuzz "^$target\$" -fuzztime "${FUZZTIME:-1m}" -parallel "${HANDS:-2}") || { echo "$out"; exit 1; }
	echo "$out" | awk -v at="$room" -v target="$target" '/execs:/ { n = $5; for (i = 1; i <= NF; i++) if ($i == "execs:") n = $(i + 1) } END { printf "%-24s %-48s %12d executions\n", at, target, n }'
done
