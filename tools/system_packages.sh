#!/bin/sh
# Install the Debian or Ubuntu package that a step needs, or say which command installs it.
#   system_packages.sh venv      what `python3 -m venv` needs
#   system_packages.sh chromium  the browser that the tests drive
set -eu

install() {
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "Missing: $*. Install it with your system's package manager, then run make again." >&2
        exit 1
    fi
    if [ "$(id -u)" = 0 ]; then
        sudo=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo="sudo"
    else
        echo "Missing: $*. Run:  sudo apt-get install -y $*   and then make again." >&2
        exit 1
    fi
    echo "Installing $* ..."
    $sudo apt-get update -qq >/dev/null || true
    if ! DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq "$@" >/dev/null; then
        echo "Could not install $*. Run:  sudo apt-get install -y $*   and then make again." >&2
        exit 1
    fi
}

case "$1" in
venv)
    python3 -c 'import ensurepip, venv' 2>/dev/null || install python3-venv
    ;;
chromium)
    for name in chromium chromium-browser google-chrome; do
        if command -v "$name" >/dev/null 2>&1; then exit 0; fi
    done
    install chromium fonts-dejavu-core
    ;;
*)
    echo "usage: $0 venv|chromium" >&2
    exit 2
    ;;
esac
