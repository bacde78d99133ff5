#!/bin/sh
# Changes the code of the security rooms in small ways and counts which changes their tests notice: at least 85 % in each
# room, and every survivor has its reason in docs/messungen/survivors.csv. Takes an hour or so on two cores; $ROOMS says which rooms,
# $SAMPLE how many changes of each (drawn with $SEED). The whole reports stay in bin/mutants.d/.
set -eu
cd "$(dirname "$0")/.."
if [ -z "${TEST_PG:-}" ]; then
	go build -o bin/testpg ./cmd/testpg
	go build -o bin/mutants ./cmd/mutants
	exec nice -n 15 bin/testpg sh scripts/mutants.sh
fi
mkdir -p bin/mutants.d
red=
try() { # room [flags…]
	room=$1; shift
	case " ${ROOMS:-$room} " in *" $room "*) ;; *) return 0 ;; esac
	report=bin/mutants.d/$(echo "$room" | tr / -).txt
	bin/mutants -survivors docs/messungen/survivors.csv -sample "${SAMPLE:-0}" -seed "${SEED:-1}" "$@" "$room" > "$report" 2>&1 || red="$red $room"
	grep -v '^noticed' "$report" || true
}

try internal/access
try internal/interchange
try internal/audit
try internal/identity
try internal/notify
try internal/postgres
try web/page
# Signing in is held by tests of the whole portal besides its own: by those whose name says that they are about it.
try web/signinpage -tests web/signinpage,web -run 'Fuzz|Sign|Session|Provider|Logout|Invit|Clock|Key|Code|Answer|Cookie|Origin|State|PKCE|Browser|Token|Known'
try web/evidencepage
if [ -n "$red" ]; then echo "not enough, or survivors without a reason:$red" >&2; exit 1; fi
