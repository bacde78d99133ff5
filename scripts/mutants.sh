#!/bin/sh
# Changes the code of the security rooms in small ways and counts which changes their own tests notice (gremlins). Takes
# hours for rooms with a database: $ROOMS says which. The reports stay in bin/mutants/.
set -eu
cd "$(dirname "$0")/.."
command -v gremlins >/dev/null || PATH="$PATH:$(go env GOPATH)/bin"
command -v gremlins >/dev/null || (cd / && GOFLAGS=-mod=mod go install github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0)
mkdir -p bin/mutants
go build -o bin/testpg ./cmd/testpg
for room in ${ROOMS:-internal/access internal/interchange internal/audit internal/notify internal/identity internal/postgres web/page web/signinpage web/evidencepage}; do
	echo "== $room"
	nice bin/testpg gremlins unleash --workers 1 --timeout-coefficient 10 -S l -o "bin/mutants/$(echo "$room" | tr / -).json" "./$room"
done
