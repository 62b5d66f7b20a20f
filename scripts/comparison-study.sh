#!/usr/bin/env bash
# Compares losses under equal conditions on the embedded scenes and on blood cells, and rewrites docs/comparison-study.md
# from what is left in runs/comparison. Use a quiet machine: about 25 minutes. Stopped, it goes on.
#   scripts/comparison-study.sh           trains what is missing, then writes the page
#   BCCD=FOLDER names the blood cells (VOC layout); without it that section is left out.
#   LOSSES="bce,focal" SEEDS=5 EPOCHS_SCENES=60 EPOCHS_BCCD=80 OUT=runs/long for a longer study.
set -euo pipefail
cd "$(dirname "$0")/.."

losses=${LOSSES:-bce,focal,varifocal,quality_focal}
seeds=${SEEDS:-3}
out=${OUT:-runs/comparison}
page=${PAGE:-docs/comparison-study.md}
bccd=${BCCD:-}
mkdir -p "$out"

compare() { # name, then options
  local name=$1
  shift
  ./parfocal compare --losses "$losses" --seeds "$seeds" --out "$out/$name" "$@" >"$out/$name.txt"
  cp "$out/$name/reliability.svg" "docs/images/reliability-$name.svg"
}

section() { # name, headline, what was run
  printf '\n## %s\n\n    %s\n\n' "$2" "$3"
  cat "$out/$1/comparison.md"
  printf '\n![reliability curves](images/reliability-%s.svg)\n' "$1"
}

scenes=$out/data/scenes
[ -d "$scenes" ] || ./parfocal synth --images 450 --seed 11 --out "$scenes" >/dev/null
scene_options=(--epochs "${EPOCHS_SCENES:-16}" --batch 4 --size 192x144 --threads 1)
bccd_options=(--format voc --train-split train --val-split val --epochs "${EPOCHS_BCCD:-24}" --batch 4 --size 224x168 --threads 1)
compare scenes --data "$scenes" "${scene_options[@]}"
[ -z "$bccd" ] || compare bccd --data "$bccd" "${bccd_options[@]}"

{
  echo '# Accuracy and calibration by loss, under equal conditions'
  echo
  echo "Written by \`scripts/comparison-study.sh\` from \`parfocal compare\`: $losses, seeds: $seeds, equal initial weights,"
  echo "batches and budget, every loss with its own recipe, on $(nproc) cores. [comparison.md](comparison.md) explains the numbers"
  echo 'and what they cannot say. The budget is short: a loss that learns late is at a disadvantage here.'
  section scenes 'Embedded scenes' "parfocal compare --data scenes --losses $losses --seeds $seeds ${scene_options[*]}"
  [ -z "$bccd" ] || section bccd 'Blood cells (BCCD)' "parfocal compare --data bccd --losses $losses --seeds $seeds ${bccd_options[*]}"
} >"$page.new"
mv "$page.new" "$page"
echo "wrote $page" >&2
