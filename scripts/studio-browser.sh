#!/usr/bin/env bash
# Uses the studio in a headless Chromium: types a loss, mends an error, moves a slider, drags a box, saves, exports; light and
# dark, 400 and 1400 pixels wide.
# Usage: scripts/studio-browser.sh   PARFOCAL_SCREENSHOTS=DIR keeps pictures; CHROMIUM names the browser; PLAYWRIGHT=DIR is a
# folder with node_modules/playwright-core (npm install playwright-core).
set -euo pipefail
cd "$(dirname "$0")/.."
browser=${CHROMIUM:-}
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  [ -n "$browser" ] || browser=$(command -v "$name" || true)
done
export PLAYWRIGHT_FROM=${PLAYWRIGHT:-$PWD}/
if [ -z "$browser" ] || ! command -v node >/dev/null || [ ! -d "${PLAYWRIGHT_FROM}node_modules/playwright-core" ]; then
  echo "studio-browser: no Chromium, node or playwright-core found, so NOTHING WAS CHECKED: see the head of this script" >&2
  exit 4
fi
folder=$(mktemp -d)
pictures=${PARFOCAL_SCREENSHOTS:-$folder}
mkdir -p "$pictures"
${PARFOCAL:-./parfocal} studio "$folder/studio.loss" >"$folder/address" &
server=$!
trap 'kill $server 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 600); do
  grep -q '^http' "$folder/address" && break
  kill -0 $server
  sleep 0.1
done
node scripts/studio-browser.mjs "$(grep '^http' "$folder/address")" "$browser" "$pictures"
