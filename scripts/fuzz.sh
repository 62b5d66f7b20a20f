#!/usr/bin/env bash
# Gives the program generated command lines and spoilt files for as long as it is told, and says what was answered by an
# internal error, a stack trace or the name of a class.
#   scripts/fuzz.sh             15 minutes
#   scripts/fuzz.sh 3600 7      an hour, from the seed 7 on
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-900} seed=${2:-$RANDOM}
echo "fuzzing for $seconds s from the seed $seed on"
mvn -q -B -ntp -pl cli -am test -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false -Dsurefire.useFile=false \
  -Dparfocal.fuzz.seconds="$seconds" -Dparfocal.fuzz.seed="$seed"
