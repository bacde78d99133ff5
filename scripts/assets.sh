#!/bin/sh
# Brings the third-party files the portal embeds: the KERN stylesheet and three
# cuts of Fira Sans. Runs npm only when web/package-lock.json changed; no Node is
# needed afterwards. Called by `make assets`.
set -eu
cd "$(dirname "$0")/../web"

# npm rewrites this file at the end of every successful install.
installed=node_modules/.package-lock.json
if [ ! -e "$installed" ] || [ -n "$(find package-lock.json -newer "$installed")" ]; then
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
fi

kern=node_modules/@kern-ux/native
fira=node_modules/@fontsource/fira-sans
cp "$kern/dist/kern.min.css" static/vendor/kern.min.css
cp "$kern/LICENSE.md" static/vendor/kern-LICENSE.md
cp "$fira/LICENSE" static/vendor/fira-sans-LICENSE
for weight in 400 500 600; do
	cp "$fira/files/fira-sans-latin-$weight-normal.woff2" static/vendor/
done
