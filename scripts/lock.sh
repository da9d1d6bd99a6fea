#!/bin/sh
# Renews the hashed locks after a change of requirements*.txt or package.json. Needs the network.
set -eu
cd "$(dirname "$0")/.."

.venv/bin/python -m pip install --quiet --disable-pip-version-check uv
compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
        --no-emit-index-url --no-emit-find-links --no-header "$@"
}
compile requirements.txt --output-file requirements.lock
# The development lock adds to the first one and never contradicts it.
compile requirements.txt requirements-dev.txt --constraint requirements.lock --output-file requirements-dev.lock
npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund
