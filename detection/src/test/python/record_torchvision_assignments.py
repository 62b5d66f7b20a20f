"""Records what torchvision's detectors make of random scenes: anchors, matches, and the proposals that they keep.

    python record_torchvision_assignments.py torchvision.json

Recorded with torchvision 0.29.1 and PyTorch 2.13.0. Boxes are float32, written so that they read back to the same bits.
"""

import json
import random
import sys
from types import SimpleNamespace

import torch
from torchvision.models.detection import fcos, retinanet, rpn
from torchvision.models.detection._utils import BalancedPositiveNegativeSampler, Matcher
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.image_list import ImageList
from torchvision.ops import box_iou

STRIDES = (8, 16, 32, 64, 128)
GENERATORS = {
    "retinanet": retinanet._default_anchorgen(),
    "rpn": AnchorGenerator(((32,), (64,), (128,), (256,), (512,)), ((0.5, 1.0, 2.0),) * 5),
    "fcos": AnchorGenerator(((8,), (16,), (32,), (64,), (128,)), ((1.0,),) * 5),
}


def maps(width, height):
    return [(-(-height // s), -(-width // s)) for s in STRIDES]


def anchors(name, width, height):
    images = ImageList(torch.zeros(1, 3, height, width), [(height, width)])
    return GENERATORS[name](images, [torch.zeros(1, 1, *grid) for grid in maps(width, height)])[0]


def objects(rng, count, width, height, grid=None):
    boxes = []
    for _ in range(count):
        w, h = rng.uniform(4, width * 0.8), rng.uniform(4, height * 0.8)
        x, y = rng.uniform(0, width - w), rng.uniform(0, height - h)
        box = [x, y, x + w, y + h]
        boxes.append([round(v / grid) * float(grid) for v in box] if grid else box)
    boxes = [b for b in boxes if b[2] > b[0] and b[3] > b[1]]
    return torch.tensor(boxes, dtype=torch.float32)


def sparse(matches):
    """The matches that are not -1, as pairs of prior and match."""
    return [[i, m] for i, m in enumerate(matches.tolist()) if m != -1]


def anchor_cases():
    for name in GENERATORS:
        for width, height in ((70, 50), (129, 64)):
            boxes = anchors(name, width, height)
            yield {"name": name, "width": width, "height": height, "boxes": [int(v) for v in boxes.flatten()]}


def matcher_cases(rng):
    settings = [("retinanet", 0.5, 0.4, True), ("rpn", 0.7, 0.3, True), ("retinanet", 0.5, 0.5, False)]
    for name, foreground, background, low in settings:
        for grid in (None, 8, None, 4):
            width, height = rng.choice([(256, 192), (200, 136)])
            truth = objects(rng, 10, width, height, grid)
            if grid:
                truth = torch.cat([truth, truth[:2]])
            matches = Matcher(foreground, background, low)(box_iou(truth, anchors(name, width, height)))
            yield {"anchors": name, "width": width, "height": height, "foreground": foreground,
                   "background": background, "low": low, "objects": truth.flatten().tolist(), "matches": sparse(matches)}


def proposal_matches(rng):
    """Matches of proposals, many of them close to an object, as a RoI head sees them."""
    for _ in range(3):
        truth = objects(rng, 8, 200, 150)
        near = truth.repeat(12, 1) + torch.tensor([[rng.gauss(0, 9) for _ in range(4)] for _ in range(96)])
        near = torch.cat([near, objects(rng, 60, 200, 150), truth])
        near = near[(near[:, 2] > near[:, 0]) & (near[:, 3] > near[:, 1])]
        matches = Matcher(0.5, 0.5, False)(box_iou(truth, near))
        yield {"foreground": 0.5, "background": 0.5, "low": False, "boxes": near.flatten().tolist(),
               "objects": truth.flatten().tolist(), "matches": sparse(matches)}


def fcos_cases(rng):
    for grid in (None, None, 8, None):
        width, height = rng.choice([(320, 256), (300, 200)])
        truth = objects(rng, 15, width, height, grid)
        seen = []
        detector = SimpleNamespace(
            center_sampling_radius=1.5,
            head=SimpleNamespace(compute_loss=lambda targets, outputs, priors, matched: seen.extend(matched)))
        fcos.FCOS.compute_loss(detector, [{"boxes": truth}], {}, [anchors("fcos", width, height)],
                               [h * w for h, w in maps(width, height)])
        yield {"width": width, "height": height, "objects": truth.flatten().tolist(), "matches": sparse(seen[0])}


def rpn_cases(rng):
    for per_level, kept, overlap in ((40, 30, 0.7), (1000, 1000, 0.5), (25, 100, 0.3)):
        counts = [150, 60, 12]
        boxes = torch.cat([objects(rng, n, 120, 90) for n in counts])
        boxes = boxes + torch.tensor([[rng.gauss(0, 12) for _ in range(4)] for _ in range(len(boxes))])
        boxes[::17, 2] = boxes[::17, 0]
        logits = torch.tensor([rng.gauss(0, 3) for _ in range(len(boxes))])
        network = SimpleNamespace(
            min_size=1e-3, score_thresh=0.0, nms_thresh=overlap,
            pre_nms_top_n=lambda: per_level, post_nms_top_n=lambda: kept)
        network._get_top_n_idx = lambda *given: rpn.RegionProposalNetwork._get_top_n_idx(network, *given)
        proposals, scores = rpn.RegionProposalNetwork.filter_proposals(
            network, boxes[None], logits[None], [(90, 120)], counts)
        yield {"perLevel": per_level, "kept": kept, "overlap": overlap, "width": 120, "height": 90, "counts": counts,
               "boxes": boxes.flatten().tolist(), "logits": logits.tolist(),
               "proposals": proposals[0].flatten().tolist(), "scores": scores[0].tolist()}


def sampler_cases():
    for size, fraction in ((256, 0.5), (512, 0.25), (10, 0.33), (1000000, 1.0), (7, 0.0)):
        for positives, negatives in ((0, 500), (3, 400), (300, 40), (200, 900), (40, 0)):
            labels = torch.tensor([1] * positives + [0] * negatives + [-1] * 20)
            chosen, background = BalancedPositiveNegativeSampler(size, fraction)([labels])
            yield {"size": size, "fraction": fraction, "positives": positives, "negatives": negatives,
                   "chosen": int(chosen[0].sum()), "background": int(background[0].sum())}


def main(file):
    torch.manual_seed(0)
    rng = random.Random(20)
    cases = {
        "anchors": list(anchor_cases()),
        "matcher": list(matcher_cases(rng)),
        "proposals": list(proposal_matches(rng)),
        "fcos": list(fcos_cases(rng)),
        "rpn": list(rpn_cases(rng)),
        "sampler": list(sampler_cases()),
    }
    with open(file, "w", encoding="utf-8") as out:
        json.dump(cases, out, separators=(",", ":"))
        out.write("\n")


main(sys.argv[1])
