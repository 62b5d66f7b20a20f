"""Records roi_align.json: torchvision's RoIAlign (its version in Python) and its choice of pyramid levels.

Run beside torch and torchvision: python roi_align.py > ../resources/dev/parfocal/training/roi/roi_align.json
Maps, boxes and upstream gradients are formulas of the index, which RoiAlignTest.java repeats.
"""
import json
import sys

import torch

try:
    import torchvision_cpu  # noqa: F401  gives torchvision its operators where its binary part is missing
except ImportError:
    pass
from torchvision.ops import poolers
from torchvision.ops.roi_align import _roi_align

BOXES = [[3, 5, 61, 47], [0, 0, 80, 64], [20.5, 11.25, 21, 11.75], [70, 50, 80, 64]]
SIDES = [1, 60, 111.9, 112, 113, 223, 224, 300, 447, 448, 900]
BATCH = [[[0, 0, 160, 120], [30, 20, 100, 90]], [[10, 10, 150, 140], [5, 100, 25, 130], [60, 0, 223, 159]]]


def wave(*shape, step):
    count = torch.Size(shape).numel()
    return torch.sin(torch.arange(count, dtype=torch.float64) * step).to(torch.float32).reshape(shape)


def numbers(tensor):
    return [float(f"{x:.8g}") for x in tensor.detach().flatten().double().tolist()]


def aligned(flag):
    features = wave(1, 2, 8, 10, step=0.7).requires_grad_()
    rois = torch.tensor([[0, *box] for box in BOXES])
    pooled = _roi_align(features, rois, 1 / 8, 7, 7, 2, flag)
    pooled.backward(wave(*pooled.shape, step=0.3))
    return {"aligned": flag, "values": numbers(pooled), "gradients": numbers(features.grad)}


def levels():
    mapper = poolers.LevelMapper(2, 5)
    return mapper([torch.tensor([[10.0, 20.0, 10.0 + side, 20.0 + side] for side in SIDES])]).tolist()


def pyramid():
    maps = {"0": wave(2, 1, 40, 56, step=0.11), "1": wave(2, 1, 20, 28, step=0.13)}
    pool = poolers.MultiScaleRoIAlign(["0", "1"], output_size=7, sampling_ratio=2)
    return numbers(pool(maps, [torch.tensor(boxes, dtype=torch.float32) for boxes in BATCH], [(160, 224)] * 2))


json.dump({"single": [aligned(False), aligned(True)], "levels": levels(), "pyramid": pyramid()}, sys.stdout)
print()
