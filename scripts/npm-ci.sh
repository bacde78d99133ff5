#!/bin/sh
# Installs the npm packages of a folder exactly as its lock file says, unless that has been done. Packages' own
# install scripts are not run: none of ours needs one. Usage: npm-ci.sh <folder>
set -eu
cd "$1"
command -v node >/dev/null || { echo 'Node.js 20 or newer is needed (node, npm).' >&2; exit 1; }
done=node_modules/.package-lock.json # npm writes it last
if [ -e "$done" ] && [ -z "$(find package-lock.json -newer "$done")" ]; then exit 0; fi
echo "Installing the npm packages of $1 …"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
