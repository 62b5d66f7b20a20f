"""Golden values of Hugging Face transformers' RTDetrForObjectDetection in a small form of 1.4 million parameters.

    python rt_detr.py FOLDER

Writes rt_detr.json and rt_detr_denoising.json. Needs transformers (5.18 was used) with torchvision and scipy. Batch norm uses its
running statistics. The first is without denoising, and has the detections too; the second has denoising queries without noise,
which is random.
"""
import sys

try:
    import torchvision_cpu  # noqa: F401  gives torchvision its operators where its binary part is missing
except ImportError:
    pass
import torch
import transformers
from transformers import RTDetrConfig, RTDetrForObjectDetection, RTDetrImageProcessor, RTDetrResNetConfig

import formula_weights
import golden

CLASSES, HEIGHT, WIDTH = 3, 128, 160
RULES = [
    {"match": r"running_var$", "centre": 1.0, "spread": 0.2},
    {"match": r"running_mean$", "centre": 0.0, "spread": 0.1},
    {"match": r"(norm|normalization|layer_norm|input_proj\.\d\.1|enc_output\.1)\.weight$", "centre": 1.0, "spread": 0.1},
    {"match": r"sampling_offsets\.bias$", "centre": 0.0, "spread": 3.0},
    {"match": r"(class_embed\.\d|enc_score_head)\.bias$", "centre": -2.0, "spread": 0.3},
    {"match": r"bias$", "centre": 0.0, "spread": 0.1},
    {"match": r"weight$", "gain": 1.0},
]
TRUTH = [
    {"boxes": [[10.0, 12.0, 52.0, 60.0], [60.0, 20.0, 148.0, 110.0], [30.0, 75.0, 55.0, 100.0]], "labels": [0, 2, 1]},
    {"boxes": [[3.0, 2.0, 155.0, 124.0], [70.0, 8.0, 104.0, 40.0]], "labels": [1, 0]},
]
GRADIENTS = [
    "model.backbone.model.embedder.embedder.0.convolution.weight",
    "model.backbone.model.encoder.stages.1.layers.0.shortcut.1.convolution.weight",
    "model.backbone.model.encoder.stages.3.layers.0.layer.1.convolution.weight",
    "model.encoder_input_proj.1.0.weight", "model.encoder.aifi.0.layers.0.self_attn.q_proj.weight",
    "model.encoder.aifi.0.layers.0.mlp.fc1.weight", "model.encoder.fpn_blocks.0.conv1.conv.weight",
    "model.encoder.pan_blocks.1.bottlenecks.2.conv2.conv.weight", "model.decoder_input_proj.0.0.weight",
    "model.enc_output.0.weight", "model.enc_score_head.bias", "model.enc_bbox_head.layers.2.weight",
    "model.decoder.layers.0.encoder_attn.sampling_offsets.weight", "model.decoder.layers.0.encoder_attn.value_proj.weight",
    "model.decoder.layers.1.encoder_attn.attention_weights.weight", "model.decoder.layers.1.self_attn.v_proj.weight",
    "model.decoder.query_pos_head.layers.0.weight", "model.decoder.class_embed.0.weight",
    "model.decoder.bbox_embed.1.layers.2.bias",
]


def build(denoising):
    # With a scale of 0 the reference leaves boxes as they are instead of turning them into logits.
    backbone = RTDetrResNetConfig(
        layer_type="basic", embedding_size=32, hidden_sizes=[32, 64, 96, 128], depths=[1, 1, 1, 1],
        out_features=["stage2", "stage3", "stage4"])
    return RTDetrForObjectDetection(RTDetrConfig(
        backbone_config=backbone, freeze_backbone_batch_norms=False, num_labels=CLASSES, num_denoising=denoising, label_noise_ratio=0.0, box_noise_scale=1e-9, num_queries=30,
        d_model=64, encoder_hidden_dim=64, encoder_in_channels=[64, 96, 128], encoder_ffn_dim=128,
        decoder_in_channels=[64] * 3, decoder_ffn_dim=128, decoder_layers=2))


def labels():
    size = torch.tensor([WIDTH, HEIGHT, WIDTH, HEIGHT])
    for image in TRUTH:
        low, high = torch.tensor(image["boxes"]).split(2, 1)
        yield {"class_labels": torch.tensor(image["labels"]), "boxes": torch.cat([(low + high) / 2, high - low], 1) / size}


def denoising(folder):
    model = build(30)
    start = golden.head(
        model, RULES, f"transformers {transformers.__version__} RTDetrForObjectDetection, denoising", 2, HEIGHT, WIDTH)
    images, truth = torch.stack(formula_weights.images(2, HEIGHT, WIDTH)), list(labels())
    model.train()
    for module in model.modules():
        if "BatchNorm" in type(module).__name__:
            module.eval()
    outputs = model(images, labels=truth)
    outputs.loss.backward()
    losses = {name: float(value.detach()) for name, value in outputs.loss_dict.items()}
    print(losses)
    golden.write(folder, "rt_detr_denoising", start | {
        "truth": TRUTH, "losses": losses,
        "gradients": golden.gradients(model, ["model.denoising_class_embed.weight", *GRADIENTS]),
    })


def main(folder):
    denoising(folder)
    model = build(0)
    start = golden.head(
        model, RULES, f"transformers {transformers.__version__} RTDetrForObjectDetection, small", 2, HEIGHT, WIDTH)
    images, truth = torch.stack(formula_weights.images(2, HEIGHT, WIDTH)), list(labels())
    model.eval()
    seen = {}
    model.model.encoder.register_forward_hook(lambda _, inputs, outputs: seen.update(pyramid=outputs.last_hidden_state))
    outputs = model(images, labels=truth)
    outputs.loss.backward()
    with torch.no_grad():
        golden.stable(model, lambda: dict(zip(("losses", "boxes"), (
            torch.stack(list((found := model(images, labels=truth)).loss_dict.values())), found.pred_boxes))))
    losses = {name: float(value.detach()) for name, value in outputs.loss_dict.items()}
    print(losses)
    found = RTDetrImageProcessor().post_process_object_detection(outputs, threshold=0.05, target_sizes=[(HEIGHT, WIDTH)] * 2)
    golden.write(folder, "rt_detr", start | {
        "truth": TRUTH,
        "detections": [{key: golden.numbers(values) for key, values in each.items()} for each in found],
        "pyramid": [golden.samples(level) for level in seen["pyramid"]],
        "encoder": {"logits": golden.samples(outputs.enc_topk_logits), "boxes": golden.samples(outputs.enc_topk_bboxes)},
        "decoder": [{"logits": golden.samples(outputs.logits if i else outputs.auxiliary_outputs[i]["logits"]),
                     "boxes": golden.samples(outputs.pred_boxes if i else outputs.auxiliary_outputs[i]["pred_boxes"])}
                    for i in range(2)],
        "losses": losses,
        "gradients": golden.gradients(model, GRADIENTS),
    })


if __name__ == "__main__":
    main(sys.argv[1])
