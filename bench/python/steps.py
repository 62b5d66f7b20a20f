"""Times training steps in PyTorch from Python as they are usually written: forward, losses, backward, clipping by norm, AdamW
and an average of weights. Images and boxes are drawn by chance outside the time: nothing is read from disk, which is to Python's
advantage.
"""
import argparse
import copy
import statistics
import time

import torch
from torch import nn

WARM_UP = 10


def boxes(count, width, height):
    """Corners of boxes with sides of 40 to 60 pixels, [count, 4]."""
    corners = torch.rand(count, 2) * torch.tensor([width - 70.0, height - 60.0])
    return torch.cat([corners, corners + 40 + 20 * torch.rand(count, 2)], -1)


def parser():
    """The options that all detectors have."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--layout", choices=["contiguous", "channels-last"], default="channels-last")
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--threads", type=int, default=2)
    return parser


def measure(name, detector, losses, batch, width, height, options):
    """Prints the median time of a step.

    losses: from the detector, images and their truth to a list of losses
    """
    layout = torch.channels_last if options.layout == "channels-last" else torch.contiguous_format
    torch.manual_seed(0)
    torch.set_num_threads(options.threads)
    detector = detector().to(memory_format=layout).train()
    average = copy.deepcopy(detector)
    optimizer = torch.optim.AdamW([p for p in detector.parameters() if p.requires_grad], 2e-3, weight_decay=0.05, foreach=True)
    seconds = []
    for _ in range(options.steps):
        images = torch.rand(batch, 3, height, width).contiguous(memory_format=layout)
        truth = draw(batch, width, height)
        start = time.perf_counter()
        total = sum(losses(detector, images, truth))
        optimizer.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_(detector.parameters(), 10.0)
        optimizer.step()
        with torch.no_grad():
            for mean, now in zip(average.state_dict().values(), detector.state_dict().values()):
                mean.lerp_(now, 0.01) if mean.dtype.is_floating_point else mean.copy_(now)
        seconds.append(time.perf_counter() - start)
    parameters = sum(p.numel() for p in detector.parameters())
    median = 1000 * statistics.median(seconds[WARM_UP:])
    print(f"{name}\t{options.layout}\t{torch.__version__}\t{parameters}\t{median:.1f}")


def draw(batch, width, height, objects=13, classes=3):
    """Boxes and labels of each image."""
    return [(boxes(objects, width, height), torch.randint(0, classes, (objects,))) for _ in range(batch)]
