#!/usr/bin/env bash
# Proves that TPE and the Gaussian process beat random search and are no worse than Optuna's, over 20 seeds, and writes the
# table into docs/tuning.md. Takes some minutes on two quiet processors.
set -eu
cd "$(dirname "$0")/.."
rm -f tune/target/tuning-proof-*.md
mvn -q -pl tune -am test -Plong -Dtest=ProofTest -Dsurefire.failIfNoSpecifiedTests=false
{
  sed -n '1,/<!-- proof -->/p' docs/tuning.md
  echo "| Function | Sampler | mean | median | worst | beats random, p | differs from Optuna, p |"
  echo "|---|---|---|---|---|---|---|"
  cat tune/target/tuning-proof-branin.md tune/target/tuning-proof-hartmann6.md tune/target/tuning-proof-mixed.md
  sed -n '/<!-- \/proof -->/,$p' docs/tuning.md
} >docs/tuning.md.new
mv docs/tuning.md.new docs/tuning.md
