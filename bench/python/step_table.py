"""Writes docs/step-times.md from the tab-separated medians that bench/steps leaves."""
import statistics
import sys

rows, machine = {}, []
for line in open(sys.argv[1]):
    cells = line.rstrip("\n").split("\t")
    if cells[0] == "#":
        machine = cells[1:]
    else:
        rows.setdefault(tuple(cells[:3]), []).append(float(cells[3]))
situations = list(dict.fromkeys(s for _, _, s in rows))
titles = {
    "dense": "dense, 320 × 256, batch 8",
    "dense-plain": "dense without distributions (model.regMax: null), 320 × 256, batch 8",
    "retinanet": "retinanet on a ResNet-18, 320 × 256, batch 4",
}
with open(sys.argv[2], "w") as out:
    out.write(
        "# The time of a training step\n\nWritten by `bench/steps`; do not edit. Milliseconds of a whole step (forward, assignment, losses, backward,\n"
        "clipping, optimizer, average of weights) with two threads, images at hand: the median of a run's steps, then of the\n"
        "rounds, the lowest and the highest of them in brackets; contestants in turns. Parfocal reads, augments and records beside its\n"
        "step, the Python programs ([`bench/python`](../bench/python)) draw their images outside the measured time. *Spinning* is\n"
        "`GOMP_SPINCOUNT`: how long a thread of OpenMP waits busily for the others; 300000 is OpenMP's own, *chosen* what\n"
        "`./parfocal` chooses by what else is running at the start.\n"
        "A *neighbour* is one other process that always computes.\n\n"
    )
    out.write("Machine: " + "; ".join(machine) + ".\n")
    for model in dict.fromkeys(m for m, _, _ in rows):
        out.write(f"\n## {titles[model]}\n\n| | " + " | ".join(situations) + " |\n|---|" + "---|" * len(situations) + "\n")
        for who in dict.fromkeys(w for m, w, _ in rows if m == model):
            cells = []
            for situation in situations:
                times = rows.get((model, who, situation), [])
                cells.append(f"{statistics.median(times):.0f} ({min(times):.0f}–{max(times):.0f})" if times else "")
            out.write(f"| {who} | " + " | ".join(cells) + " |\n")
