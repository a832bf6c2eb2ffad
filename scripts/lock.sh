#!/usr/bin/env bash
# Resolve the dependencies anew, for every platform and Python at once, with hashes: `make lock`.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --quiet "$@" --output-file requirements.lock
