#!/usr/bin/env bash
# Compares losses in the slots of several detectors on the embedded scenes, at the scale of the demo, and writes
# docs/families-study.md from what is left in runs/families. Use a quiet machine. Stopped, it goes on with the same command.
#   SEEDS=3 IMAGES=2000 EPOCHS=6 OUT=runs/long for a longer study; ONLY="rpn roi" for some of its parts.
set -euo pipefail
cd "$(dirname "$0")/.."

parfocal=${PARFOCAL:-./parfocal}
seeds=${SEEDS:-2}
images=${IMAGES:-1000}
epochs=${EPOCHS:-3}
out=${OUT:-runs/families}
threads=${THREADS:-1}
only=${ONLY:-}
page=${PAGE:-docs/families-study.md}
mkdir -p "$out"
scenes=$out/scenes
[ -d "$scenes" ] || $parfocal synth --images "$images" --seed 11 --out "$scenes" >/dev/null

study() { # name, headline, model, times as many epochs, then options of compare
  local name=$1 title=$2 model=$3 passes=$(($4 * epochs))
  shift 4
  case " $only " in "  " | *" $name "*) ;; *) return ;; esac
  $parfocal models "$model" --demo >"$out/$model.yaml"
  [ -f "$out/$name.txt" ] || $parfocal compare --data "$scenes" --config "$out/$model.yaml" --epochs "$passes" \
    --seeds "$seeds" --threads "$threads" --quiet --out "$out/$name" "$@" >"$out/$name.tmp"
  [ -f "$out/$name.txt" ] || mv "$out/$name.tmp" "$out/$name.txt"
  {
    printf '## %s\n\n`%s`, epochs: %s\n\n' "$title" "$model" "$passes"
    sed -n '/^Accuracy:/,/^Average precision by class/p' "$out/$name/comparison.md" | sed -n '/^|/p' | cut -d'|' -f1-5,9-
    echo
    sed -n '/^AP, average precision/,/^oLRP/p' "$out/$name/comparison.md" | sed -n '/^- /p'
    echo
  } >"$out/$name.part"
}

gammas='focal.gamma=0,1,2'
study retinanet "Focal's gamma in RetinaNet" retinanet 2 --losses focal --grid "$gammas"
study rpn "Focal's gamma in the region proposal network" faster_rcnn 1 \
  --losses bce,focal --grid "$gammas" --slot rpn.classification
study roi "Softmax focal's gamma in the head on regions" faster_rcnn 1 \
  --losses softmax_focal --grid softmax_focal.gamma=0,1,2 --grid softmax_focal.alpha=1 --slot roi.classification
study dense "Losses of classes in dense" dense 1 --losses focal,varifocal,quality_focal
study fcos "Losses of classes in FCOS" fcos 1 --losses focal,varifocal,quality_focal
study rt_detr "Losses of classes in RT-DETR" rt_detr 2 --losses focal,varifocal_detached,quality_focal
study attention "Attention at stride 32 in the neck of dense" dense 1 --vary 'model.neck.attention=[];[32]'

{
  echo '# Losses in the slots of several detectors'
  echo
  echo "Written by \`scripts/families-study.sh\` from \`parfocal compare\` on $(nproc) cores: $images scenes (four fifths to learn from, a"
  echo "tenth to be judged by), seeds: $seeds, threads: $threads. Numbers are means over the seeds with their deviations; differences have"
  echo '95 % intervals over images, paired over seeds. [comparison.md](comparison.md) explains them; [families.md](families.md) has the'
  echo 'detectors. The budget is short: a loss that learns late is at a disadvantage.'
  echo
  for part in retinanet rpn roi dense fcos rt_detr attention; do
    [ ! -f "$out/$part.part" ] || cat "$out/$part.part"
  done
} >"$page.new"
mv "$page.new" "$page"
echo "wrote $page" >&2
