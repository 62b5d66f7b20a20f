"""Records the golden values of the losses of rows that torch does not have, beyond those of golden_values.py.

    python golden_rows.py ../resources/golden

Origin "paper": the paper's formula in torch float64 with the gradient by autograd.
"""
import random
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from golden_values import row, write


def ldam(folder):
    classes, rows = 6, []
    for margin in (0.5, 0, 2):
        for label in range(classes):
            for _ in range(3):
                logits = [round(random.gauss(0, 3), 3) for _ in range(classes)]

                def paper(s):
                    lowered = s - margin * F.one_hot(torch.tensor(label), classes)
                    return F.cross_entropy(lowered[None], torch.tensor([label]))
                rows.append(["paper", classes, margin, *logits, label] + row(paper, logits))
    names = [f"s{i}" for i in range(classes)]
    write(folder, "ldam", ["classes", "margin", *names, "label", "value"] + ["g_" + n for n in names], rows)


if __name__ == "__main__":
    random.seed(22)
    ldam(Path(sys.argv[1]))
