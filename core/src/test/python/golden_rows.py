"""Records the golden values of the losses of rows that torch does not have, beyond those of golden_values.py.

    python golden_rows.py ../resources/golden

Origin "paper": the paper's formula in torch float64 with the gradient by autograd. Origin "transformers": the bins'
places and the loss of Hugging Face's D-FINE, which are the authors', with the weights of two bins in double. Origin "torch": the authors' lines on torch's own divergence.
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


def gaussian(count, size):
    return [round(random.gauss(0, size), 3) for _ in range(count)]


def kl(temperature, teacher):
    """The terms of torch's divergence."""
    def terms(s):
        t = torch.tensor(teacher, dtype=torch.float64)
        return F.kl_div(F.log_softmax(s / temperature, 0), F.softmax(t / temperature, 0), reduction="none")
    return terms


def ld(folder):
    rows, bins = [], 7
    for temperature in (10, 1, 4):
        for size in (1, 5, 20, 0.01):
            for _ in range(4):
                logits, teacher = gaussian(bins, size), gaussian(bins, size)
                terms = kl(temperature, teacher)
                rows.append(["torch", bins, temperature, *logits, *teacher]
                            + row(lambda s: terms(s).mean() * temperature**2, logits))
    names = [f"s{i}" for i in range(bins)]
    write(folder, "ld", ["bins", "temperature", *names, *[f"t{i}" for i in range(bins)], "value"]
          + ["g_" + n for n in names], rows)


def ddf(folder):
    rows, bins = [], 9
    for temperature in (5, 1, 3):
        for quality in (1, 0.4, 0):
            for _ in range(5):
                logits, teacher = gaussian(bins, 3), gaussian(bins, 3)
                terms = kl(temperature, teacher)
                rows.append(["torch", bins, temperature, *logits, *teacher, quality]
                            + row(lambda s: quality * temperature**2 * terms(s).sum(), logits))
    names = [f"s{i}" for i in range(bins)]
    write(folder, "ddf", ["bins", "temperature", *names, *[f"t{i}" for i in range(bins)], "quality", "value"]
          + ["g_" + n for n in names], rows)


def fgl(folder):
    from transformers.loss.loss_d_fine import DFineLoss, weighting_function

    rows, bins = [], 9
    for reach, curvature in ((0.5, 4), (0.7, 2), (1, 3)):
        furthest = reach * curvature
        edges = [0, 0.01, -0.01, furthest, -furthest, 2 * furthest, 9 * furthest, -9 * furthest]
        for distance in edges + [round(random.uniform(-2.2, 2.2) * furthest, 3) for _ in range(9)]:
            logits, quality = gaussian(bins, 2), round(random.random(), 2)
            up = torch.tensor([reach], dtype=torch.float64)
            places = weighting_function(bins - 1, up, curvature)
            held = min(max(distance, places[0].item()), places[-1].item())
            left = min(int((places <= held).sum()) - 1, bins - 2)
            right = (held - places[left]) / (places[left + 1] - places[left])

            def authors(s):
                at = torch.tensor([left])
                return DFineLoss.unimodal_distribution_focal_loss(None, s[None], at, right, 1 - right) * quality
            rows.append(["transformers", bins, reach, curvature, *logits, distance, quality] + row(authors, logits))
    names = [f"s{i}" for i in range(bins)]
    write(folder, "fgl", ["bins", "reach", "curvature", *names, "distance", "quality", "value"]
          + ["g_" + n for n in names], rows)


if __name__ == "__main__":
    random.seed(22)
    ldam(Path(sys.argv[1]))
    ld(Path(sys.argv[1]))
    ddf(Path(sys.argv[1]))
    fgl(Path(sys.argv[1]))
