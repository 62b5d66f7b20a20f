"""Golden values of networks alone: torchvision's ResNet with bottlenecks, and NanoDet-g and YOLOX in small, written in plain
PyTorch after their papers and the names of their published weights.

    python networks.py FOLDER

Writes resnet_bottleneck.json, nanodet.json and yolox.json. Each is run on batch statistics. The gradients are those of
the sum of all outputs times the noise "upstream" (formula_weights.py).
"""
import sys

import torch
import torchvision
from torch import nn
from torch.nn import functional

import formula_weights
import golden

RULES = [
    {"match": r"(bn\d?|downsample\.1)\.weight$", "centre": 0.9, "spread": 0.2},
    {"match": r"(bn\d?|downsample\.1)\.bias$", "centre": 0.0, "spread": 0.1},
    {"match": r"running_mean$", "centre": 0.0, "spread": 0.1},
    {"match": r"running_var$", "centre": 1.0, "spread": 0.3},
    {"match": r"\.bias$", "centre": 0.0, "spread": 0.05},
    {"match": r"\.weight$", "gain": 1.2},
]


class ConvModule(nn.Module):
    """Convolution, batch normalisation, non-linearity."""

    def __init__(self, before, after, kernel, stride, activation, eps=1e-5, momentum=0.1):
        super().__init__()
        self.conv = nn.Conv2d(before, after, kernel, stride, kernel // 2, bias=False)
        self.bn = nn.BatchNorm2d(after, eps=eps, momentum=momentum)
        self.activation = activation

    def forward(self, x):
        return self.activation(self.bn(self.conv(x)))


def leaky(before, after, kernel=3, stride=1):
    return ConvModule(before, after, kernel, stride, lambda x: functional.leaky_relu(x, 0.1))


def silu(before, after, kernel=1, stride=1):
    return ConvModule(before, after, kernel, stride, functional.silu, 1e-3, 0.03)


class TinyResBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.in_conv = leaky(channels, channels // 2)
        self.mid_conv = leaky(channels // 2, channels // 2)

    def forward(self, x):
        x = self.in_conv(x)
        return torch.cat((self.mid_conv(x), x), 1)


class CspBlock(nn.Module):
    def __init__(self, channels, depth, stride):
        super().__init__()
        self.in_conv = leaky(channels, channels, stride=stride)
        self.res_blocks = nn.Sequential(*[TinyResBlock(channels) for _ in range(depth)])
        self.res_out_conv = leaky(channels, channels)

    def forward(self, x):
        x = self.in_conv(x)
        return torch.cat((self.res_out_conv(self.res_blocks(x)), x), 1)


class NanoDet(nn.Module):
    def __init__(self, width, depths, neck, classes, bins):
        super().__init__()
        self.backbone = nn.Module()
        blocks = [CspBlock(width << i, depth, 1 if i == 0 else 2) for i, depth in enumerate(depths)]
        self.backbone.stages = nn.ModuleList([leaky(3, width, stride=2), nn.MaxPool2d(3, 2, 1), *blocks])
        self.fpn = nn.Module()
        self.fpn.lateral_convs = nn.ModuleList(
            [ConvModule(width << i, neck, 1, 1, lambda x: x) for i in (2, 3, 4)])
        self.head = nn.Module()
        self.head.cls_convs = nn.ModuleList([nn.ModuleList([leaky(neck, neck)]) for _ in range(3)])
        self.head.gfl_cls = nn.ModuleList([nn.Conv2d(neck, classes + 4 * bins, 1) for _ in range(3)])

    def forward(self, x):
        maps = []
        for stage in self.backbone.stages:
            x = stage(x)
            maps.append(x)
        sums = [conv(m) for conv, m in zip(self.fpn.lateral_convs, maps[3:])]

        def resized(x, like):
            return functional.interpolate(x, like.shape[2:], mode="bilinear", align_corners=False)

        for i in (1, 0):
            sums[i] = sums[i] + resized(sums[i + 1], sums[i])
        for i in (1, 2):
            sums[i] = sums[i] + resized(sums[i - 1], sums[i])
        return [self.head.gfl_cls[i](self.head.cls_convs[i][0](s)) for i, s in enumerate(sums)]


class Bottleneck(nn.Module):
    def __init__(self, channels, shortcut):
        super().__init__()
        self.conv1, self.conv2, self.shortcut = silu(channels, channels), silu(channels, channels, 3), shortcut

    def forward(self, x):
        y = self.conv2(self.conv1(x))
        return y + x if self.shortcut else y


class CspLayer(nn.Module):
    def __init__(self, before, after, depth, shortcut):
        super().__init__()
        hidden = after // 2
        self.conv1, self.conv2, self.conv3 = silu(before, hidden), silu(before, hidden), silu(2 * hidden, after)
        self.m = nn.Sequential(*[Bottleneck(hidden, shortcut) for _ in range(depth)])

    def forward(self, x):
        return self.conv3(torch.cat((self.m(self.conv1(x)), self.conv2(x)), 1))


class Pooling(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1, self.conv2 = silu(channels, channels // 2), silu(2 * channels, channels)

    def forward(self, x):
        x = self.conv1(x)
        return self.conv2(torch.cat([x] + [functional.max_pool2d(x, k, 1, k // 2) for k in (5, 9, 13)], 1))


class Darknet(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.stem = nn.Module()
        self.stem.conv = silu(12, width, 3)
        self.dark2 = nn.Sequential(silu(width, 2 * width, 3, 2), CspLayer(2 * width, 2 * width, depth, True))
        self.dark3 = nn.Sequential(silu(2 * width, 4 * width, 3, 2), CspLayer(4 * width, 4 * width, 3 * depth, True))
        self.dark4 = nn.Sequential(silu(4 * width, 8 * width, 3, 2), CspLayer(8 * width, 8 * width, 3 * depth, True))
        self.dark5 = nn.Sequential(
            silu(8 * width, 16 * width, 3, 2), Pooling(16 * width), CspLayer(16 * width, 16 * width, depth, False))

    def forward(self, x):
        x = torch.cat((x[..., ::2, ::2], x[..., 1::2, ::2], x[..., ::2, 1::2], x[..., 1::2, 1::2]), 1)
        c3 = self.dark3(self.dark2(self.stem.conv(x)))
        c4 = self.dark4(c3)
        return c3, c4, self.dark5(c4)


class Yolox(nn.Module):
    def __init__(self, width, depth, hidden, classes):
        super().__init__()
        c3, c4, c5 = 4 * width, 8 * width, 16 * width
        neck = self.backbone = nn.Module()
        neck.backbone = Darknet(width, depth)
        neck.lateral_conv0, neck.C3_p4 = silu(c5, c4), CspLayer(2 * c4, c4, depth, False)
        neck.reduce_conv1, neck.C3_p3 = silu(c4, c3), CspLayer(2 * c3, c3, depth, False)
        neck.bu_conv2, neck.C3_n3 = silu(c3, c3, 3, 2), CspLayer(2 * c3, c4, depth, False)
        neck.bu_conv1, neck.C3_n4 = silu(c4, c4, 3, 2), CspLayer(2 * c4, c5, depth, False)
        head = self.head = nn.Module()
        head.stems = nn.ModuleList([silu(c, hidden) for c in (c3, c4, c5)])
        for name in ("cls_convs", "reg_convs"):
            towers = [nn.Sequential(silu(hidden, hidden, 3), silu(hidden, hidden, 3)) for _ in range(3)]
            setattr(head, name, nn.ModuleList(towers))
        for name, outputs in (("cls_preds", classes), ("reg_preds", 4), ("obj_preds", 1)):
            setattr(head, name, nn.ModuleList([nn.Conv2d(hidden, outputs, 1) for _ in range(3)]))

    def forward(self, x):
        neck, head = self.backbone, self.head
        c3, c4, c5 = neck.backbone(x)
        top = neck.lateral_conv0(c5)
        middle = neck.reduce_conv1(neck.C3_p4(torch.cat((functional.interpolate(top, c4.shape[2:]), c4), 1)))
        fine = neck.C3_p3(torch.cat((functional.interpolate(middle, c3.shape[2:]), c3), 1))
        again = neck.C3_n3(torch.cat((neck.bu_conv2(fine), middle), 1))
        coarse = neck.C3_n4(torch.cat((neck.bu_conv1(again), top), 1))
        outputs = []
        for i, level in enumerate((fine, again, coarse)):
            stem = head.stems[i](level)
            box = head.reg_convs[i](stem)
            outputs.append(torch.cat((head.cls_preds[i](head.cls_convs[i](stem)), head.reg_preds[i](box), head.obj_preds[i](box)), 1))
        return outputs


class Body(nn.Module):
    """torchvision's ResNet without its classifier."""

    def __init__(self, depths):
        super().__init__()
        self.body = torchvision.models.resnet.ResNet(torchvision.models.resnet.Bottleneck, depths)
        del self.body.fc

    def forward(self, x):
        body = self.body
        x = body.maxpool(body.relu(body.bn1(body.conv1(x))))
        maps = []
        for stage in (body.layer1, body.layer2, body.layer3, body.layer4):
            x = stage(x)
            maps.append(x)
        return maps


NETWORKS = {
    "resnet_bottleneck": (Body([2, 1, 1, 1]), 64, 96, [
        "body.conv1.weight", "body.bn1.weight", "body.layer1.0.downsample.0.weight", "body.layer1.1.conv2.weight",
        "body.layer2.0.conv2.weight", "body.layer3.0.downsample.1.bias", "body.layer4.0.conv3.weight"]),
    "nanodet": (NanoDet(8, [1, 2, 1, 1], 24, 3, 8), 72, 96, [
        "backbone.stages.0.conv.weight", "backbone.stages.2.res_blocks.0.mid_conv.conv.weight",
        "backbone.stages.4.in_conv.bn.weight", "fpn.lateral_convs.0.conv.weight", "fpn.lateral_convs.2.bn.bias",
        "head.cls_convs.1.0.conv.weight", "head.gfl_cls.2.bias"]),
    "yolox": (Yolox(8, 1, 16, 3), 64, 96, [
        "backbone.backbone.stem.conv.conv.weight", "backbone.backbone.dark3.1.m.2.conv2.conv.weight",
        "backbone.backbone.dark5.1.conv2.bn.weight", "backbone.C3_p4.conv1.conv.weight", "backbone.C3_n4.conv3.bn.bias",
        "backbone.reduce_conv1.conv.weight", "head.stems.0.conv.weight", "head.reg_convs.1.1.conv.weight",
        "head.cls_preds.2.bias", "head.obj_preds.0.weight"]),
}


def main(folder):
    for name, (model, height, width, gradients) in NETWORKS.items():
        start = golden.head(model, RULES, f"networks.py, {name}", 2, height, width)
        model.train()
        model.double()
        outputs = model(torch.stack(formula_weights.images(2, height, width)).double() - 0.5)
        start_at = 0
        total = 0.0
        upstream = formula_weights.noise("upstream", sum(o.numel() for o in outputs))
        for output in outputs:
            part = torch.from_numpy(upstream[start_at:start_at + output.numel()]).reshape(output.shape)
            total = total + (output * part).sum()
            start_at += output.numel()
        total.backward()
        statistics = next(n for n in model.state_dict() if n.endswith("running_var"))
        golden.write(folder, name, start | {
            "outputs": [golden.samples(o) for o in outputs],
            "gradients": golden.gradients(model, gradients),
            "statistics": {statistics: golden.samples(model.state_dict()[statistics])},
        })


if __name__ == "__main__":
    main(sys.argv[1])
