"""Records the golden values of the losses of boxes that torchvision does not have.

    python golden_boxes.py ../resources/golden

Origin "paper": the paper's formula, or the form of its authors' code, in torch float64 with the gradient by autograd.
Rotated boxes are computed with matrices: covariances, their inverses, and square roots by eigenvalues.
"""
import math
import random
import sys
from pathlib import Path

import torch
from golden_values import write
from torchvision.ops import box_iou


def parts(p, t):
    """IoU, sides of both, distances of the centres, sides of the enclosing box."""
    w, h, tw, th = p[2] - p[0], p[3] - p[1], t[2] - t[0], t[3] - t[1]
    dx, dy = (p[0] + p[2]) / 2 - (t[0] + t[2]) / 2, (p[1] + p[3]) / 2 - (t[1] + t[3]) / 2
    cw = torch.maximum(p[2], t[2]) - torch.minimum(p[0], t[0])
    ch = torch.maximum(p[3], t[3]) - torch.minimum(p[1], t[1])
    return box_iou(p[None], t[None])[0, 0], w, h, tw, th, dx, dy, cw, ch


def log_iou(p, t):
    return -parts(p, t)[0].clamp(min=1e-6).log()


def alpha_iou(p, t, alpha):
    return 1 - parts(p, t)[0].pow(alpha)


def eiou(p, t):
    iou, w, h, tw, th, dx, dy, cw, ch = parts(p, t)
    return 1 - iou + (dx ** 2 + dy ** 2) / (cw ** 2 + ch ** 2) + ((w - tw) / cw) ** 2 + ((h - th) / ch) ** 2


def focal_eiou(p, t, gamma):
    return parts(p, t)[0].detach() ** gamma * eiou(p, t)


def siou(p, t):
    iou, w, h, tw, th, dx, dy, cw, ch = parts(p, t)
    sigma = torch.sqrt(dx ** 2 + dy ** 2)
    sine = torch.minimum(dx.abs(), dy.abs()) / sigma
    angle = torch.cos(torch.arcsin(sine) * 2 - math.pi / 2)
    gamma = 2 - angle
    distance = 2 - torch.exp(-gamma * (dx / cw) ** 2) - torch.exp(-gamma * (dy / ch) ** 2)
    shape = sum((1 - torch.exp(-(a - b).abs() / torch.maximum(a, b))) ** 4 for a, b in [(w, tw), (h, th)])
    return 1 - iou + (distance + shape) / 2


def wiou(p, t):
    iou, _, _, _, _, dx, dy, cw, ch = parts(p, t)
    return torch.exp((dx ** 2 + dy ** 2) / (cw ** 2 + ch ** 2).detach()) * (1 - iou)


def wiou_v3(p, t, alpha, delta, mean):
    beta = ((1 - parts(p, t)[0]) / mean).detach()
    return beta / (delta * alpha ** (beta - delta)) * wiou(p, t)


def corners(p, t):
    return (p - t)[:2].square().sum() + (p - t)[2:].square().sum()


def mpdiou(p, t, width, height):
    return 1 - parts(p, t)[0] + corners(p, t) / (width ** 2 + height ** 2)


def mpdiou_enclosing(p, t):
    iou, _, _, _, _, _, _, cw, ch = parts(p, t)
    return 1 - iou + corners(p, t) / (cw ** 2 + ch ** 2)


def nwd(p, t, scale):
    def gaussian(b):
        return torch.stack([(b[0] + b[2]) / 2, (b[1] + b[3]) / 2, (b[2] - b[0]) / 2, (b[3] - b[1]) / 2])
    return 1 - torch.exp(-torch.linalg.vector_norm(gaussian(p) - gaussian(t)) / scale)


def inner_iou(p, t, ratio):
    def inner(b):
        x, y, w, h = (b[0] + b[2]) / 2, (b[1] + b[3]) / 2, b[2] - b[0], b[3] - b[1]
        half = ratio / 2
        return torch.stack([x - w * half, y - h * half, x + w * half, y + h * half])
    return 1 - box_iou(inner(p)[None], inner(t)[None])[0, 0]


def focaler_iou(p, t, low, high):
    return 1 - ((parts(p, t)[0] - low) / (high - low)).clamp(0, 1)


def powerful_iou(p, t):
    iou, _, _, tw, th, *_ = parts(p, t)
    edges = (p - t).abs()
    penalty = (edges[0] / tw + edges[2] / tw + edges[1] / th + edges[3] / th) / 4
    return 1 - iou + 1 - torch.exp(-penalty ** 2)


def powerful_iou_v2(p, t, focus):
    _, _, _, tw, th, *_ = parts(p, t)
    edges = (p - t).abs()
    q = focus * torch.exp(-(edges[0] / tw + edges[2] / tw + edges[1] / th + edges[3] / th) / 4)
    return 3 * q * torch.exp(-q ** 2) * powerful_iou(p, t)


def shape_iou(p, t, scale):
    iou, w, h, tw, th, dx, dy, cw, ch = parts(p, t)
    ww = 2 * tw ** scale / (tw ** scale + th ** scale)
    hh = 2 * th ** scale / (tw ** scale + th ** scale)
    distance = hh * dx ** 2 / (cw ** 2 + ch ** 2) + ww * dy ** 2 / (cw ** 2 + ch ** 2)
    omega_w = hh * (w - tw).abs() / torch.maximum(w, tw)
    omega_h = ww * (h - th).abs() / torch.maximum(h, th)
    return 1 - iou + distance + 0.5 * ((1 - torch.exp(-omega_w)) ** 4 + (1 - torch.exp(-omega_h)) ** 4)


def gaussian(b, divisor):
    c, s = torch.cos(b[4]), torch.sin(b[4])
    turn = torch.stack([torch.stack([c, -s]), torch.stack([s, c])])
    return b[:2], turn @ torch.diag(b[2:4] ** 2 / divisor) @ turn.T


def root(m):
    values, vectors = torch.linalg.eigh(m)
    return vectors @ torch.diag(values.sqrt()) @ vectors.T


def loss_of_distance(distance, tau):
    return 1 - 1 / (tau + torch.log1p(distance))


def gwd(p, t, tau):
    (m, s), (n, u) = gaussian(p, 4), gaussian(t, 4)
    half = root(s)
    squared = (m - n).square().sum() + torch.trace(s + u - 2 * root(half @ u @ half))
    return loss_of_distance(squared.sqrt() / (2 * (s.det() * u.det()) ** 0.125), tau)


def kld(p, t, tau):
    (m, s), (n, u) = gaussian(p, 4), gaussian(t, 4)
    predicted = torch.distributions.MultivariateNormal(m, s)
    target = torch.distributions.MultivariateNormal(n, u)
    return loss_of_distance(torch.distributions.kl_divergence(target, predicted).sqrt(), tau)


def probiou(p, t):
    (m, s), (n, u) = gaussian(p, 12), gaussian(t, 12)
    mean = (s + u) / 2
    distance = (m - n) @ torch.linalg.inv(mean) @ (m - n) / 8 + torch.log(mean.det() / (s.det() * u.det()).sqrt()) / 2
    return (1 - torch.exp(-distance)).sqrt() if distance < 20 else None


def kfiou(p, t, beta):
    (m, s), (n, u) = gaussian(p, 4), gaussian(t, 4)
    overlap = 4 * (s - s @ torch.linalg.inv(s + u) @ s).det().sqrt()
    volumes = 4 * s.det().sqrt() + 4 * u.det().sqrt()
    centre = torch.nn.functional.smooth_l1_loss(m, n, beta=beta, reduction="sum")
    return centre + 1 - overlap / (volumes - overlap)


def upright(scale):
    x, y = scale * random.random(), scale * random.random()
    return [x, y, x + scale * (0.05 + random.random()), y + scale * (0.05 + random.random())]


def rotated(scale):
    x1, y1, x2, y2 = upright(scale)
    return [x1, y1, x2 - x1, y2 - y1, random.uniform(-1.6, 1.6)]


def record(folder, loss, names, box, settings):
    rows = []
    for setting in settings:
        for _ in range(48 // len(settings) + 1):
            scale = random.choice([1, 20, 400])
            given = [round(number, 4) for number in box(scale) + box(scale)]
            half = len(given) // 2
            p = torch.tensor(given[:half], dtype=torch.float64, requires_grad=True)
            value = loss(p, torch.tensor(given[half:], dtype=torch.float64), *setting.values())
            if value is not None:
                value.backward()
                rows.append(["paper", *setting.values(), *given, value.item(), *p.grad.tolist()])
    header = list(settings[0]) + names + ["t" + n for n in names] + ["value"] + ["g_" + n for n in names]
    write(folder, loss.__name__, header, rows)


def main():
    folder = Path(sys.argv[1])
    random.seed(21)
    corner_names, rotated_names = ["x1", "y1", "x2", "y2"], ["x", "y", "w", "h", "angle"]
    plain = [{}]
    for loss, settings in [
            (log_iou, plain), (eiou, plain), (siou, plain), (wiou, plain), (mpdiou_enclosing, plain),
            (powerful_iou, plain),
            (alpha_iou, [{"alpha": a} for a in (1, 2, 3, 2.5)]),
            (focal_eiou, [{"gamma": g} for g in (0, 0.5, 1)]),
            (mpdiou, [{"width": w, "height": h} for w, h in ((640, 640), (320, 240), (1, 1))]),
            (nwd, [{"scale": s} for s in (12.8, 2, 64)]),
            (inner_iou, [{"ratio": r} for r in (0.7, 1.2, 1)]),
            (focaler_iou, [{"low": low, "high": high} for low, high in ((0, 0.95), (0.3, 0.7))]),
            (powerful_iou_v2, [{"lambda": f} for f in (1.3, 1.9)]),
            (shape_iou, [{"scale": s} for s in (0, 0.5, 1)])]:
        record(folder, loss, corner_names, upright, settings)
    for loss, settings in [(gwd, [{"tau": 1}, {"tau": 2}]), (kld, [{"tau": 1}, {"tau": 2}]), (probiou, plain),
                           (kfiou, [{"beta": 1 / 9}, {"beta": 5}])]:
        record(folder, loss, rotated_names, rotated, settings)
    record(folder, wiou_v3, corner_names, upright, [{"alpha": 1.9, "delta": 3, "mean": m} for m in (1, 0.4, 0.15)])


if __name__ == "__main__":
    main()
