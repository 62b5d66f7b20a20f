"""Records the golden values of the pointwise losses that torchvision does not have.

    python golden_scores.py ../resources/golden

Origin "paper": the paper's formula, or the form of its authors' code where the loss's text says so, in torch float64 with
the gradient by autograd. Origin "torch": a function of torch.
"""
import math
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from golden_values import LOGITS, SOFT, pointwise, write


def bce(x, t):
    return F.binary_cross_entropy_with_logits(x, t)


def asymmetric(x, y, gamma_pos, gamma_neg, margin):
    positive = torch.sigmoid(x)
    negative = (1 - positive + margin).clamp(max=1)
    base = y * torch.log(positive) + (1 - y) * torch.log(negative)
    pt = positive * y + negative * (1 - y)
    return -base * torch.pow(1 - pt, gamma_pos * y + gamma_neg * (1 - y))


def poly_focal(x, y, alpha, gamma, epsilon):
    p = torch.sigmoid(x)
    pt = y * p + (1 - y) * (1 - p)
    focal = (alpha * y + (1 - alpha) * (1 - y)) * bce(x, y) * (1 - pt) ** gamma
    return focal + epsilon * torch.pow(1 - pt, gamma + 1)


def gaussian_focal(x, y, alpha, beta):
    p = torch.sigmoid(x)
    positive = torch.log(p) * torch.pow(1 - p, alpha) * y.eq(1)
    negative = torch.log1p(-p) * torch.pow(p, alpha) * torch.pow(1 - y, beta) * y.lt(1)
    return -(positive + negative)


def dual_focal(x, y, alpha, beta, gamma):
    p = torch.sigmoid(x)
    return -(y * torch.log(p) + beta * (1 - y) * torch.log1p(-p) - alpha * (y - p).abs() ** gamma)


def flsd_focal(x, y, gamma, gamma_easy, threshold):
    pt = torch.sigmoid(x) if y == 1 else torch.sigmoid(-x)
    gamma = gamma if pt.item() < threshold else gamma_easy
    return -(1 - pt) ** gamma * torch.log(pt)


def ia_bce(x, quality, label, alpha, gamma):
    prob = torch.sigmoid(x)
    if label == 0:
        positive, negative = 0, prob ** gamma
    else:
        positive = torch.clamp(prob.pow(alpha) * quality.pow(1 - alpha), 0.01).detach()
        negative = 1 - positive
    return negative * x - F.logsigmoid(x) * (positive + negative)


def equalized_focal(x, y, alpha, gamma, s, rarity):
    pt = torch.sigmoid(x) if y == 1 else torch.sigmoid(-x)
    focus = gamma + s * rarity
    return -(alpha if y == 1 else 1 - alpha) * focus / gamma * (1 - pt) ** focus * torch.log(pt)


def slide(x, true, mean):
    """As in the code of YOLO-FaceV2, SlideLoss."""
    easy = (true <= mean - 0.1).double()
    middle = torch.exp(torch.tensor(1.0 - mean, dtype=torch.float64)) * ((true > mean - 0.1) & (true < mean))
    hard = torch.exp(-(true - 1.0)) * (true >= mean)
    return bce(x, true) * (easy + middle + hard)


def balanced_l1(x, y, alpha, gamma):
    diff = (x - y).abs()
    b = math.e ** (gamma / alpha) - 1
    return torch.where(diff < 1, alpha / b * (b * diff + 1) * torch.log(b * diff + 1) - alpha * diff,
                       gamma * diff + gamma / b - alpha)


def squared(x, y):
    return F.mse_loss(x, y)


def log_cosh(x, y):
    return torch.log(torch.cosh(x - y))


def record(folder, loss, inputs, points, settings, origin="paper"):
    rows = []
    for setting in settings:
        for point in points:
            def at(x, *given):
                return loss(x, *given, **setting)
            rows.append([origin, *setting.values(), *point] + pointwise(at, *point))
    write(folder, loss.__name__, list(settings[0]) + inputs + ["value", "gradient"], rows)


def main():
    folder = Path(sys.argv[1])
    hard = [(x, t) for x in LOGITS for t in (0, 1)]
    soft = [(x, t) for x in LOGITS for t in SOFT]
    labelled = [(x, q, label) for x in LOGITS for q in SOFT for label in (0, 1)]
    errors = [(x, y) for x in LOGITS for y in (-3, 0.3, 2, 40)]
    target, numbers = ["logit", "target"], ["x", "y"]
    record(folder, asymmetric, target, hard, [
        {"gamma_pos": 0, "gamma_neg": 4, "margin": 0.05},
        {"gamma_pos": 1, "gamma_neg": 4, "margin": 0.05},
        {"gamma_pos": 2, "gamma_neg": 2, "margin": 0.2}])
    record(folder, poly_focal, target, hard, [
        {"alpha": 0.25, "gamma": 2, "epsilon": 1}, {"alpha": 0.5, "gamma": 1.5, "epsilon": 2.5},
        {"alpha": 0.25, "gamma": 2, "epsilon": 0}])
    record(folder, gaussian_focal, target, soft, [{"alpha": 2, "beta": 4}, {"alpha": 1.5, "beta": 2}])
    record(folder, dual_focal, target, hard, [
        {"alpha": 1, "beta": 1, "gamma": 1}, {"alpha": 2, "beta": 0.5, "gamma": 2}])
    record(folder, flsd_focal, target, hard, [
        {"gamma": 5, "gamma_easy": 3, "threshold": 0.2}, {"gamma": 2, "gamma_easy": 0, "threshold": 0.5001}])
    record(folder, ia_bce, ["logit", "quality", "label"], labelled, [
        {"alpha": 0.25, "gamma": 2}, {"alpha": 0.6, "gamma": 1}])
    record(folder, equalized_focal, target, hard, [
        {"alpha": 0.25, "gamma": 2, "s": 8, "rarity": r} for r in (0, 0.25, 1)])
    record(folder, slide, target, soft, [{"mean": m} for m in (0.5, 0.35, 0.8)])
    record(folder, balanced_l1, numbers, errors, [{"alpha": 0.5, "gamma": 1.5}, {"alpha": 1, "gamma": 2}])
    record(folder, squared, numbers, errors, [{}], origin="torch")
    record(folder, log_cosh, numbers, errors, [{}])


if __name__ == "__main__":
    main()
