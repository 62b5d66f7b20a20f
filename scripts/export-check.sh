#!/usr/bin/env bash
# Exports every loss of the catalogue to PyTorch, C and CUDA, and checks what comes out as far as this machine can:
# the PyTorch modules against 'parfocal compute', and whether nvcc and a C compiler take the rest.
# Usage: scripts/export-check.sh [FOLDER]   PYTHON names a Python with torch 2 or newer; COMPILE=focal,ciou compiles some of them.
# The bits of C, and of CUDA on the host, are compared by: mvn -P long -pl core test -Dtest='CBitsTest,CudaBitsTest'
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-$(mktemp -d)}
python=${PYTHON:-python3}
names=$(grep '^[a-z]' core/src/main/resources/dev/parfocal/core/catalogue/catalogue.txt)
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
for name in $names; do
  for to in pytorch:py c:h cuda:cu; do
    ./parfocal export "$name" --to "${to%:*}" --output "$folder/$name.${to#*:}" 2>"$folder/$name.log" \
      || grep -q "cannot hold" "$folder/$name.log" || { cat "$folder/$name.log" >&2; exit 1; }
  done
  if command -v cc >/dev/null; then
    cc -std=c99 -Wall -Wextra -Werror -x c -fsyntax-only "$folder/$name.h"
  fi
  if command -v nvcc >/dev/null && [ -f "$folder/$name.cu" ]; then
    nvcc -ptx "$folder/$name.cu" -o /dev/null
  fi
done
if ! "$python" -c 'import torch' 2>/dev/null; then
  echo "export-check: $python has no torch, so THE MODULES WERE NOT CHECKED: name one that has by PYTHON=/path" >&2
  exit 4
fi
"$python" scripts/export/points.py "$folder"
for name in $names; do
  ./parfocal compute "$name" --backend reference --input "$folder/$name.csv" --output "$folder/$name.reference.csv"
  ./parfocal compute "$name" --input "$folder/$name.csv" --output "$folder/$name.compute.csv"
done
"$python" scripts/export/check.py "$folder" ${COMPILE:+--compile "$COMPILE"}
