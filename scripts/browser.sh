#!/bin/sh
# Finds a Chromium for the browser tests, or installs Debian's, with the library that Playwright's driver wants.
set -u
install='apt-get update && apt-get install -y --no-install-recommends chromium libatomic1'

find_browser() {
    for name in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome-stable google-chrome; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && return 0
    done
    ls "${HOME:-/nonexistent}"/.cache/ms-playwright/chromium*/chrome-linux*/chrome >/dev/null 2>&1
}

driver_runs() {
    [ ! -x .venv/bin/playwright ] || .venv/bin/playwright --version >/dev/null 2>&1
}

find_browser && driver_runs && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests ..."
    # Judged by the browser, not by apt's exit code: an unrelated broken package makes that fail too.
    DEBIAN_FRONTEND=noninteractive sh -c "$install" >/dev/null
    find_browser && driver_runs && exit 0
fi
echo "The browser tests need Chromium. Install it (as root: $install) or set CHROMIUM_PATH." >&2
exit 1
