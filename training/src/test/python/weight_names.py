"""Writes weight-names.json: names and shapes of the weights of published detectors, as their libraries give them.

    PYTHONPATH=FOLDER_OF_torchvision_cpu python weight_names.py weight-names.json

Needs PyTorch, torchvision (with operators: torchvision_cpu declares them for a PyTorch without) and transformers.
"""
import importlib.util
import json
import sys
import tempfile

if importlib.util.find_spec("torchvision_cpu"):
    import torchvision_cpu  # noqa: F401
from safetensors import safe_open
from torchvision.models import resnet18
from torchvision.models.detection import FCOS, FasterRCNN, retinanet_resnet50_fpn_v2
from torchvision.models.detection.backbone_utils import resnet_fpn_backbone
from torchvision.models.detection.retinanet import RetinaNet
from torchvision.ops.feature_pyramid_network import LastLevelP6P7
from transformers import RTDetrConfig, RTDetrForObjectDetection, RTDetrResNetConfig


def shapes(module):
    return {name: list(tensor.shape) for name, tensor in module.state_dict().items()}


def pyramid(name):
    return resnet_fpn_backbone(
        backbone_name=name, weights=None, returned_layers=[2, 3, 4], extra_blocks=LastLevelP6P7(256, 256))


def rt_detr():
    """The names in its file, which are not those of its modules."""
    backbone = RTDetrResNetConfig(
        layer_type="basic", hidden_sizes=[32, 64, 96, 128], depths=[2, 2, 2, 2], embedding_size=32,
        out_features=["stage2", "stage3", "stage4"])
    model = RTDetrForObjectDetection(RTDetrConfig(
        backbone_config=backbone, d_model=64, decoder_layers=2, num_queries=30, encoder_hidden_dim=64,
        encoder_in_channels=[64, 96, 128], decoder_in_channels=[64, 64, 64], num_labels=80))
    with tempfile.TemporaryDirectory() as folder:
        model.save_pretrained(folder)
        with safe_open(folder + "/model.safetensors", "pt") as file:
            return {"file": {n: file.get_slice(n).get_shape() for n in file.keys()}, "modules": shapes(model)}


detr = rt_detr()
table = {
    "resnet18": shapes(resnet18(weights=None)),
    "retinanet": shapes(RetinaNet(pyramid("resnet18"), 91)),
    "retinanet_v2": shapes(retinanet_resnet50_fpn_v2(weights=None, weights_backbone=None)),
    "fcos": shapes(FCOS(pyramid("resnet34"), 91)),
    "faster_rcnn": shapes(FasterRCNN(resnet_fpn_backbone(backbone_name="resnet18", weights=None), 91)),
    "rt_detr_file": detr["file"],
    "rt_detr": detr["modules"],
}
with open(sys.argv[1], "w") as out:
    lines = ",\n".join(f'"{name}": {json.dumps(tensors, separators=(",", ":"))}' for name, tensors in table.items())
    out.write("{\n" + lines + "\n}\n")
