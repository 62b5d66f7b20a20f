"""A training step of torchvision's own RetinaNet on a ResNet-18. Prints name, layout, version, parameters and milliseconds.
Needs Python, PyTorch and torchvision, nothing of Parfocal does.

    python retinanet_step.py [--layout contiguous]
"""
from torchvision.models.detection import RetinaNet
from torchvision.models.detection.backbone_utils import resnet_fpn_backbone
from torchvision.ops.feature_pyramid_network import LastLevelP6P7

from steps import measure, parser

BATCH, CLASSES, WIDTH, HEIGHT = 4, 3, 320, 256


def detector():
    backbone = resnet_fpn_backbone(
        backbone_name="resnet18", weights=None, trainable_layers=5, returned_layers=[2, 3, 4], extra_blocks=LastLevelP6P7(256, 256)
    )
    return RetinaNet(backbone, CLASSES, min_size=HEIGHT, max_size=WIDTH)


def losses(detector, images, truth):
    targets = [{"boxes": boxes, "labels": labels} for boxes, labels in truth]
    return detector(list(images), targets).values()


if __name__ == "__main__":
    measure("retinanet", detector, losses, BATCH, WIDTH, HEIGHT, parser().parse_args())
