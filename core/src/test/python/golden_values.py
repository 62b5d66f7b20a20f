"""Records the golden values of the catalogue: values and gradients from sources that share nothing with Parfocal.

    python golden_values.py ../resources/golden

Needs torch, torchvision and mpmath. Origins, the first column of every file:
  torch        torch.nn.functional in float64, gradient by autograd
  torchvision  torchvision.ops in float64, gradient by autograd
  paper        the paper's formula in torch float64, gradient by autograd
  mpmath       the paper's formula with 60 digits, gradient by mpmath.diff, for logits where float64 would cancel
"""
import csv
import functools
import random
import sys
from pathlib import Path

import mpmath
import torch
import torch.nn.functional as F

# The losses of torchvision.ops are plain Python; its compiled operators may be absent, but must be declared to be imported.
operators = torch.library.Library("torchvision", "DEF")
try:
    torch.ops.torchvision.nms
except AttributeError:
    operators.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    operators.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

import torchvision
from torchvision.ops import complete_box_iou_loss, distance_box_iou_loss, generalized_box_iou_loss, sigmoid_focal_loss

# complete_box_iou_loss does not hand its eps on to the distance term, which stays at 1e-7: hand it on.
ciou_module = sys.modules["torchvision.ops.ciou_loss"]
ciou_module._diou_iou_loss = functools.partial(ciou_module._diou_iou_loss, eps=1e-30)

mpmath.mp.dps = 60
random.seed(20)
LOGITS = [-12, -7.5, -4, -2, -1, -0.3, 0, 0.2, 1, 2.5, 5, 9, 12]
EXTREME = [-80, -40, -20, 20, 40, 80]
SOFT = [0, 0.05, 0.3, 0.5, 0.77, 1]


def pointwise(formula, logit, *given):
    x = torch.tensor(float(logit), dtype=torch.float64, requires_grad=True)
    value = formula(x, *[torch.tensor(float(g), dtype=torch.float64) for g in given])
    value.backward()
    return [value.item(), x.grad.item()]


def exact(formula, logit, *given):
    """formula(p, 1 - p, log p, log(1 - p), ...) in high precision; a detached p is passed by the formula itself."""
    def at(x):
        x = mpmath.mpf(x)
        return formula(1 / (1 + mpmath.exp(-x)), 1 / (1 + mpmath.exp(x)),
                       -mpmath.log1p(mpmath.exp(-x)), -mpmath.log1p(mpmath.exp(x)), *map(mpmath.mpf, given))
    return [float(at(logit)), float(mpmath.diff(at, mpmath.mpf(logit)))]


def write(folder, name, header, rows):
    with open(folder / f"{name}.csv", "w", newline="") as out:
        out.write(f"# torch {torch.__version__}, torchvision {torchvision.__version__}, mpmath {mpmath.__version__};"
                  f" made by src/test/python/{Path(sys.argv[0]).name}\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["origin"] + header)
        writer.writerows(rows)


def bce(folder):
    rows = [["torch", x, t] + pointwise(F.binary_cross_entropy_with_logits, x, t) for x in LOGITS for t in SOFT]
    rows += [["mpmath", x, t] + exact(lambda p, q, lp, lq, t: -(t * lp + (1 - t) * lq), x, t)
             for x in EXTREME for t in SOFT]
    write(folder, "bce", ["logit", "target", "value", "gradient"], rows)


def focal(folder):
    rows = []
    for alpha, gamma in [(0.25, 2), (0.25, 1), (0.5, 0), (0.75, 3), (0.25, 1.5), (0.4, 0.5)]:
        for x in LOGITS:
            for t in SOFT:
                got = pointwise(lambda x, t: sigmoid_focal_loss(x, t, alpha, gamma), x, t)
                rows.append(["torchvision", alpha, gamma, x, t] + got)
        for x in EXTREME:
            for t in SOFT:
                def formula(p, q, lp, lq, t):
                    return (t * alpha + (1 - t) * (1 - alpha)) * (t * q + (1 - t) * p) ** mpmath.mpf(gamma) * -(
                        t * lp + (1 - t) * lq)
                rows.append(["mpmath", alpha, gamma, x, t] + exact(formula, x, t))
    write(folder, "focal", ["alpha", "gamma", "logit", "target", "value", "gradient"], rows)


def varifocal(folder):
    rows = []
    for alpha, gamma in [(0.75, 2), (0.75, 1), (0.5, 1.5), (1, 0), (0.3, 0.5)]:
        def paper(x, q):
            p = torch.sigmoid(x)
            return torch.where(q > 0, -q * (q * torch.log(p) + (1 - q) * torch.log1p(-p)),
                               -alpha * p ** gamma * torch.log1p(-p))

        def formula(p, n, lp, ln, q):
            return -q * (q * lp + (1 - q) * ln) if q > 0 else -alpha * p ** mpmath.mpf(gamma) * ln
        rows += [["paper", alpha, gamma, x, t] + pointwise(paper, x, t) for x in LOGITS for t in SOFT]
        rows += [["mpmath", alpha, gamma, x, t] + exact(formula, x, t) for x in EXTREME for t in SOFT]
    write(folder, "varifocal", ["alpha", "gamma", "logit", "target", "value", "gradient"], rows)


def varifocal_detached(folder):
    rows = []
    for alpha, gamma in [(0.75, 2), (0.75, 1), (0.5, 1.5), (1, 0), (0.3, 0.5)]:
        def paper(x, quality, label):
            target = quality * label
            weight = alpha * torch.sigmoid(x).detach() ** gamma * (1 - label) + target
            return F.binary_cross_entropy_with_logits(x, target, weight=weight)
        for label in [0, 1]:
            for x in LOGITS:
                for quality in SOFT:
                    rows.append(["paper", alpha, gamma, x, quality, label] + pointwise(paper, x, quality, label))
    write(folder, "varifocal_detached", ["alpha", "gamma", "logit", "quality", "label", "value", "gradient"], rows)


def quality_focal(folder):
    rows = []
    for beta in [2, 1, 0, 2.5, 4]:
        def paper(x, t):
            p = torch.sigmoid(x)
            return (t - p).abs() ** beta * F.binary_cross_entropy_with_logits(x, t)

        def formula(p, q, lp, lq, t):
            return abs(t - p if t < 0.5 else q - (1 - t)) ** mpmath.mpf(beta) * -(t * lp + (1 - t) * lq)
        rows += [["paper", beta, x, t] + pointwise(paper, x, t) for x in LOGITS for t in SOFT if (x, t) != (0, 0.5)]
        rows += [["mpmath", beta, x, t] + exact(formula, x, t) for x in EXTREME for t in SOFT]
    write(folder, "quality_focal", ["beta", "logit", "target", "value", "gradient"], rows)


def poisson(folder):
    def formula(rate, count):
        r, n = rate.clamp(min=0) + 0.001, count + 0.001
        return F.poisson_nll_loss(r, n, log_input=False, full=False, eps=0) + n * torch.log(n) - n
    rows = [["torch", x, n] + pointwise(formula, x, n)
            for x in [-3, 0.02, 0.3, 0.77, 1.2, 4, 9.5, 60] for n in [0, 1, 2, 5, 13, 100]]
    write(folder, "poisson", ["rate", "count", "value", "gradient"], rows)


def smooth_l1(folder):
    rows = []
    for beta in [1, 0.1, 4, 0, 0.1111111111111111]:
        def formula(x, y):
            return F.smooth_l1_loss(x, y, beta=beta)
        rows += [["torch", beta, x, y] + pointwise(formula, x, y) for x in LOGITS for y in [-3, 0.3, 2, 40]]
    write(folder, "smooth_l1", ["beta", "x", "y", "value", "gradient"], rows)


def l1(folder):
    rows = [["torch", x, y] + pointwise(F.l1_loss, x, y) for x in LOGITS for y in [-3, 0.3, 2, 40, x]]
    write(folder, "l1", ["x", "y", "value", "gradient"], rows)


def mal(folder):
    """As in the code of DEIM, criterion.loss_labels_mal."""
    rows = []
    for alpha, gamma in [(1, 1.5), (1, 2), (0.75, 1), (1, 0), (0.3, 0.5)]:
        def deim(x, quality, label):
            target = (quality * label) ** gamma if gamma else label
            weight = alpha * torch.sigmoid(x).detach() ** gamma * (1 - label) + label
            return F.binary_cross_entropy_with_logits(x, target, weight=weight)
        for label in [0, 1]:
            for x in LOGITS:
                for quality in SOFT:
                    rows.append(["paper", alpha, gamma, x, quality, label] + pointwise(deim, x, quality, label))
    write(folder, "mal", ["alpha", "gamma", "logit", "quality", "label", "value", "gradient"], rows)


def row(formula, logits):
    s = torch.tensor(logits, dtype=torch.float64, requires_grad=True)
    value = formula(s)
    value.backward()
    return [value.item()] + s.grad.tolist()


def softmax_focal(folder):
    classes, rows = 6, []
    for alpha, gamma in [(0.25, 2), (1, 0), (0.5, 1.5), (1, 0.5)]:
        for _ in range(12):
            logits = [round(random.gauss(0, 3), 3) for _ in range(classes)]
            for label in [0, 3, 5]:
                def paper(s):
                    cross_entropy = F.cross_entropy(s[None], torch.tensor([label]))
                    return alpha * (1 - torch.softmax(s, 0)[label]) ** gamma * cross_entropy
                rows.append(["paper", classes, alpha, gamma] + logits + [label] + row(paper, logits))
    names = [f"s{i}" for i in range(classes)]
    write(folder, "softmax_focal", ["classes", "alpha", "gamma"] + names + ["label", "value"] + ["g_" + n for n in names],
          rows)


def softmax_cross_entropy(folder):
    classes, rows = 6, []
    for scale in [1, 4]:
        for label in range(classes):
            for _ in range(4):
                logits = [round(random.gauss(0, scale), 3) for _ in range(classes)]
                for smoothing in (0, 0.1, 0.4):
                    got = row(lambda s: F.cross_entropy(s[None], torch.tensor([label]), label_smoothing=smoothing), logits)
                    rows.append(["torch", classes, smoothing] + logits + [label] + got)
    names = [f"s{i}" for i in range(classes)]
    write(folder, "softmax_cross_entropy", ["classes", "smoothing"] + names + ["label", "value"] + ["g_" + n for n in names], rows)


def distribution_focal(folder):
    bins, rows = 17, []
    for scale in [1, 4]:
        for y in [0, 0.25, 1, 3.5, 7.9, 15, 15.99, 16]:
            for _ in range(3):
                logits = [round(random.gauss(0, scale), 3) for _ in range(bins)]
                left = min(int(y), bins - 2)

                def paper(s):
                    left_loss = F.cross_entropy(s[None], torch.tensor([left]))
                    right_loss = F.cross_entropy(s[None], torch.tensor([left + 1]))
                    return left_loss * (left + 1 - y) + right_loss * (y - left)
                rows.append(["paper", bins] + logits + [y] + row(paper, logits))
    names = [f"s{i}" for i in range(bins)]
    write(folder, "distribution_focal", ["bins"] + names + ["y", "value"] + ["g_" + n for n in names], rows)


def boxes(folder):
    pairs = []
    while len(pairs) < 60:
        scale = random.choice([1, 20, 400])
        corners = [round(scale * random.random(), 4) for _ in range(8)]
        x1, y1, x2, y2, u1, v1, u2, v2 = corners
        box = [min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), min(u1, u2), min(v1, v2), max(u1, u2), max(v1, v2)]
        if min(box[2] - box[0], box[3] - box[1], box[6] - box[4], box[7] - box[5]) > 0.01 * scale:
            pairs.append(box)

    def iou(p, t):
        return 1 - torchvision.ops.box_iou(p, t)[0]

    def iou_squared(p, t):
        return 1 - torchvision.ops.box_iou(p, t)[0] ** 2
    names = ["x1", "y1", "x2", "y2"]
    for name, loss in [("iou", iou), ("iou_squared", iou_squared), ("giou", generalized_box_iou_loss),
                       ("diou", distance_box_iou_loss), ("ciou", complete_box_iou_loss)]:
        rows = []
        for pair in pairs:
            p = torch.tensor([pair[:4]], dtype=torch.float64, requires_grad=True)
            t = torch.tensor([pair[4:]], dtype=torch.float64)
            value = loss(p, t) if name.startswith("iou") else loss(p, t, eps=1e-30)
            value.sum().backward()
            rows.append(["torchvision"] + pair + [value.item()] + p.grad[0].tolist())
        header = names + ["t" + n for n in names] + ["value"] + ["g_" + n for n in names]
        write(folder, name, header, rows)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for record in [bce, focal, varifocal, varifocal_detached, quality_focal, softmax_focal, distribution_focal, boxes,
                   poisson, smooth_l1, l1, mal, softmax_cross_entropy]:
        record(folder)


if __name__ == "__main__":
    main()
