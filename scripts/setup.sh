#!/usr/bin/env bash
# Make everything the make targets need: system libraries, .venv, the locked packages. Says what it installs.
#
# usage: scripts/setup.sh [report|test]
#   report  Python and Pango, which draws the PDF text (default)
#   test    the same, and LibreOffice and Poppler, with which the tests open workbooks and PDFs
set -euo pipefail
cd "$(dirname "$0")/.."
wanted=${1:-report}

say() { printf '\033[1m[setup]\033[0m %s\n' "$*" >&2; }
give_up() { say "$*"; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else give_up "this needs root: run  $*  as root, then the same make command again"
    fi
}

install_packages() { # install_packages WHAT-FOR DEBIAN-PACKAGES HOMEBREW-PACKAGES
    if command -v apt-get >/dev/null; then
        say "installing for $1: $2 (apt-get)"
        as_root apt-get update -qq || say "apt-get update failed; trying with the lists at hand"
        # shellcheck disable=SC2086  # a list of words
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $2 >/dev/null
    elif command -v brew >/dev/null; then
        say "installing for $1: $3 (brew)"
        # shellcheck disable=SC2086
        brew install --quiet $3
    else
        give_up "$1 is missing and neither apt-get nor brew is here. Install it by hand (Debian: $2), then run make again."
    fi
}

find_python() {
    local name
    for name in python3.13 python3.12 python3.11 python3.14 python3 python; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

python=$(find_python) || {
    install_packages "Python 3.11 or newer" "python3 python3-venv" "python@3.12"
    python=$(find_python) || give_up "Python 3.11 or newer is needed; this system offers only $(python3 --version 2>&1)"
}
if [ ! -x .venv/bin/python ]; then
    "$python" -c 'import ensurepip, venv' 2>/dev/null || install_packages "virtual environments" "python3-venv" "python@3.12"
    say "making .venv with $("$python" --version)"
    "$python" -m venv .venv
fi
say "installing the locked packages into .venv"
pip=(.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input)
"${pip[@]}" --require-hashes -r requirements.lock
"${pip[@]}" --no-deps --no-build-isolation --editable .

draws_text() { # WeasyPrint loads, and HarfBuzz can cut fonts down to the letters used
    .venv/bin/python -c 'import ctypes.util, sys, weasyprint; sys.exit(not ctypes.util.find_library("harfbuzz-subset"))' \
        >/dev/null 2>&1
}
if [ "$(uname)" = Darwin ]; then export DYLD_FALLBACK_LIBRARY_PATH=${DYLD_FALLBACK_LIBRARY_PATH:-/opt/homebrew/lib:/usr/local/lib}; fi
draws_text || install_packages "Pango (PDF text)" "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" "pango"
.venv/bin/python -c 'import weasyprint' >/dev/null 2>&1 ||
    give_up "WeasyPrint still cannot load Pango: $(.venv/bin/python -c 'import weasyprint' 2>&1 | tail -n 1)"

has() { command -v "$1" >/dev/null; }
if [ "$wanted" = test ] && ! { has soffice && has pdftotext; }; then
    if has apt-get; then
        install_packages "the tests (LibreOffice opens and saves workbooks, Poppler reads PDFs)" "libreoffice-calc poppler-utils" ""
    else
        say "LibreOffice or Poppler is not installed: the tests that need them will say that they were left out"
    fi
fi
touch ".venv/.$wanted-ready"
say "ready"
