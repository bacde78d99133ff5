#!/bin/sh
# Brings a Chromium for the browser tests and prints its path: one that is there, Debian's if we may install packages,
# otherwise the headless one an npm package carries, into .tools/. Called by `make test`.
set -eu
cd "$(dirname "$0")/.."
. scripts/apt.sh

packed=.tools/chromium/node_modules/@sparticuz/chromium/bin
packed_version=147.0.0 # the newest for Node 20
own=$PWD/.tools/chromium/chromium

# A program that is there may still not run: Ubuntu's chromium is a stub that asks for a snap.
find_chromium() {
	for program in "${CHROMIUM:-}" chromium google-chrome-stable google-chrome "$own"; do
		path=$(command -v "$program" 2>/dev/null) || continue
		if "$path" --version >/dev/null 2>&1; then
			echo "$path"
			return 0
		fi
	done
	return 1
}

from_npm() {
	if [ "$(uname -m)" != x86_64 ]; then return 1; fi
	echo 'No right to install packages: taking a headless Chromium from npm into .tools/chromium' >&2
	npm install --prefix .tools/chromium --no-save --ignore-scripts --no-audit --no-fund --loglevel=error "@sparticuz/chromium@$packed_version" >&2 &&
		node scripts/unpack-chromium.mjs "$packed" .tools/chromium
}

if find_chromium; then exit 0; fi
echo 'Installing Chromium …' >&2
if apt_install chromium fonts-liberation && find_chromium; then exit 0; fi
if from_npm && find_chromium; then exit 0; fi
echo 'Für die Browser-Tests fehlt Chromium und es ließ sich nicht installieren: Bitte installieren Sie das Paket chromium.' >&2
echo 'The browser tests need Chromium, and it could not be installed: please install the package chromium.' >&2
exit 1
