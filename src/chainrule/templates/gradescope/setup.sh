#!/usr/bin/env bash
# Runs once, as root and with a network, when Gradescope builds the image.
set -euo pipefail
source_folder="${CHAINRULE_AUTOGRADER_ROOT:-/autograder}/source"
environment="${CHAINRULE_ENVIRONMENT:-/opt/chainrule}"

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null && new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

if ! python="$(find_python)" || ! "$python" -c 'import ensurepip' 2>/dev/null; then
    apt-get update
    apt-get install -y python3-venv || true
    find_python >/dev/null || apt-get install -y python3.11 python3.11-venv
    python="$(find_python)"
fi
# Own namespaces are more than most containers allow; where they are not, a second level is used.
apt-get install -y bubblewrap || true

"$python" -m venv "$environment"
"$environment/bin/pip" install --no-cache-dir -r "$source_folder/requirements.txt"
