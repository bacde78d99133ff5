#!/bin/sh
# Brings pdftotext and its kin from Debian, by which tests read the PDFs as an archive would. Where packages may not be
# installed these tests say that they are left out.
set -eu
cd "$(dirname "$0")/.."
. scripts/apt.sh

if command -v pdftotext >/dev/null && command -v pdftohtml >/dev/null && command -v pdfinfo >/dev/null; then exit 0; fi
apt_install poppler-utils || echo 'poppler-utils is missing: the tests that read PDFs are left out' >&2
