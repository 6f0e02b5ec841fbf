#!/bin/sh
# Makes the virtual environment $1 with the interpreter $PYTHON, or says what is missing.
set -eu

if ! command -v "$PYTHON" >/dev/null 2>&1; then
    echo "carbon-api needs Python 3.11 or later, and '$PYTHON' is not installed. Name another: make PYTHON=python3.12 ..." >&2
    exit 2
fi
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "carbon-api needs Python 3.11 or later; '$PYTHON' is $("$PYTHON" --version 2>&1). Name another: make PYTHON=python3.12 ..." >&2
    exit 2
fi
if ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "'$PYTHON' cannot make virtual environments. On Debian and Ubuntu: sudo apt-get install python3-venv" >&2
    exit 2
fi
[ -x "$1/bin/python" ] && "$1/bin/python" -m pip --version >/dev/null 2>&1 || "$PYTHON" -m venv --clear "$1"
