#!/usr/bin/env bash
# Looks at reports in a headless Chromium: console, overflow, charts, pictures, light, dark and print.
# Usage: scripts/report-browser.sh [PAGE.html ...]   further pages to look at, beside those that the test makes
# PARFOCAL_SCREENSHOTS=DIR keeps pictures; CHROMIUM names the program.
set -euo pipefail
pages=
for page in "$@"; do
  pages=$pages,$(cd "$(dirname "$page")" && pwd)/$(basename "$page")
done
cd "$(dirname "$0")/.."

browser=${CHROMIUM:-}
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  [ -n "$browser" ] || browser=$(command -v "$name" || true)
done
if [ -z "$browser" ]; then
  echo "report-browser: no Chromium found, so NOTHING WAS CHECKED: install one, or name it by CHROMIUM=/path" >&2
  exit 4
fi
mvn -q -pl cli -am test -Dtest=ReportBrowserTest -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dparfocal.browser=$browser" "-Dparfocal.pages=$pages" "-Dparfocal.screenshots=${PARFOCAL_SCREENSHOTS:-}"
echo "report-browser: every page is right"
