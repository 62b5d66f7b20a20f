# The loss iou, exported by Parfocal golden. Change the loss's text, and export again.
#
# It has no parameters.
# The text:
#
#     # IoU loss: one minus the overlap of two boxes, the linear form.
#     # Yu, Jiang, Wang, Cao, Huang: UnitBox, ACM Multimedia 2016. arXiv 1608.01471. (There in the form -log IoU.)
#     #
#     # Boxes are corners (x1, y1, x2, y2) in any unit. A box whose corners are swapped or equal is empty: it has no area and
#     # overlaps nothing. Boxes that do not overlap have loss 1 and no gradient; giou has one.
#     loss iou(x1, y1, x2, y2; tx1, ty1, tx2, ty2)
#
#     normalize by quality
#     weight 2
#     example (0, 0, 2, 2; 1, 1, 3, 3) = 0.857143
#     example (0, 0, 0, 0; 0, 0, 0, 0) = 1 "two empty boxes do not overlap"
#
#     w = max(x2 - x1, 0)
#     h = max(y2 - y1, 0)
#     tw = max(tx2 - tx1, 0)
#     th = max(ty2 - ty1, 0)
#     intersection = max(min(x2, tx2) - max(x1, tx1), 0) * max(min(y2, ty2) - max(y1, ty1), 0)
#     union = w * h + tw * th - intersection
#     iou = intersection / max(union, 1e-12)
#     1 - iou

"""IoU loss: one minus the overlap of two boxes, the linear form.

    loss iou(x1, y1, x2, y2; tx1, ty1, tx2, ty2)

    normalize by quality
    weight 2
    example (0, 0, 2, 2; 1, 1, 3, 3) = 0.857143
    example (0, 0, 0, 0; 0, 0, 0, 0) = 1 "two empty boxes do not overlap"

    w = max(x2 - x1, 0)
    h = max(y2 - y1, 0)
    tw = max(tx2 - tx1, 0)
    th = max(ty2 - ty1, 0)
    intersection = max(min(x2, tx2) - max(x1, tx1), 0) * max(min(y2, ty2) - max(y1, ty1), 0)
    union = w * h + tw * th - intersection
    iou = intersection / max(union, 1e-12)
    1 - iou

Yu, Jiang, Wang, Cao, Huang: UnitBox, ACM Multimedia 2016. arXiv 1608.01471. (There in the form -log IoU.)

Value and gradient are computed together, by the derivative of this formula in a form that does not
overflow or cancel: in double for double, else in float32, and the loss is float32 then.
"""
import torch

PARAMETERS = {}


def _either(condition, yes, no, like):
    return torch.where(condition, torch.full((), yes, dtype=like.dtype, device=like.device), no)


def _numbers(tensors, like):
    """The tensors in the type that is computed in: double as double, all else in float32."""
    dtype = torch.float64 if like.dtype == torch.float64 else torch.float32
    return [
        tensor.to(like.device, dtype) if isinstance(tensor, torch.Tensor)
        else torch.full((), tensor, dtype=dtype, device=like.device)
        for tensor in tensors
    ]


def _at_least_1(count):
    return torch.clamp(count, min=1)


def _checked(name, value, low, high, per_class):
    if value is None:
        return PARAMETERS[name]
    if isinstance(value, torch.Tensor) and value.dim() > 0 and not per_class:
        raise ValueError(f"{name} is one number for all classes, not a tensor of shape {tuple(value.shape)}")
    least, most = (value.min(), value.max()) if isinstance(value, torch.Tensor) else (value, value)
    if not (least >= low and most <= high):
        raise ValueError(f"{name} must be in [{low}, {high}], not {value}")
    return value



def _element(predicted, target):
    """The loss of each box, and its derivative by what is predicted."""
    x1, y1, x2, y2 = predicted.unbind(-1)
    tx1, ty1, tx2, ty2 = target.unbind(-1)
    t1 = x2 - x1
    w = torch.clamp(t1, min=0)
    t2 = y2 - y1
    h = torch.clamp(t2, min=0)
    t3 = torch.minimum(x2, tx2) - torch.maximum(x1, tx1)
    t4 = torch.clamp(t3, min=0)
    t5 = torch.minimum(y2, ty2) - torch.maximum(y1, ty1)
    t6 = torch.clamp(t5, min=0)
    intersection = t4 * t6
    union = w * h + torch.clamp(tx2 - tx1, min=0) * torch.clamp(ty2 - ty1, min=0) - intersection
    t7 = torch.clamp(union, min=1e-12)
    iou = intersection / t7
    t8 = _either(1e-12 < union, 1, 0, x1)
    t9 = _either(0 < t5, 1, 0, x1)
    t10 = _either(0 < t3, 1, 0, x1)
    t11 = 1 + t8 * iou
    t12 = t8 * _either(0 < t2, 1, 0, x1) * w * iou
    t13 = t12 - t9 * torch.where(ty2 < y2, 0, _either(y2 < ty2, 1, 0.5, x1)) * t4 * t11
    t14 = t12 - t9 * torch.where(y1 < ty1, 0, _either(ty1 < y1, 1, 0.5, x1)) * t4 * t11
    t15 = t8 * _either(0 < t1, 1, 0, x1) * h * iou
    t16 = t15 - t10 * torch.where(tx2 < x2, 0, _either(x2 < tx2, 1, 0.5, x1)) * t6 * t11
    t17 = t15 - t10 * torch.where(x1 < tx1, 0, _either(tx1 < x1, 1, 0.5, x1)) * t6 * t11
    return 1 - iou, torch.stack((-(1 / t7 * t17), -(1 / t7 * t14), 1 / t7 * t16, 1 / t7 * t13), -1)


class _Function(torch.autograd.Function):
    """The loss of each element; its gradient is computed beside it, and waits for the backward pass."""

    @staticmethod
    def forward(ctx, element, predicted, *given):
        value, gradient = element(*_numbers((predicted, *given), predicted))
        ctx.save_for_backward(gradient)
        ctx.dtype = predicted.dtype
        ctx.given = len(given)
        return value

    @staticmethod
    def backward(ctx, upstream):
        (gradient,) = ctx.saved_tensors
        if torch.is_grad_enabled():
            raise RuntimeError("Iou has no second derivative: call backward without create_graph")
        upstream = upstream.unsqueeze(-1)
        product = torch.where(upstream == 0, 0.0, upstream * gradient)
        return (None, product.to(ctx.dtype)) + (None,) * ctx.given


class Iou(torch.nn.Module):
    """IoU loss: one minus the overlap of two boxes, the linear form.

    reduction: "recipe" for the sum divided by the normalizer of the loss's recipe
        (the sum of the positives' qualities, at least 1), "sum", "mean", or "none" for the loss of each element.
    """

    def __init__(self, *, reduction="recipe"):
        super().__init__()
        if reduction not in ("recipe", "sum", "mean", "none"):
            raise ValueError(f"reduction is recipe, sum, mean or none, not {reduction!r}")
        self.reduction = reduction

    def _values(self, predicted, target):
        return _Function.apply(_element, predicted, target)

    def forward(self, predicted, target, *, weight=None, normalizer=None):
        """The loss of boxes.

        predicted: [..., 4], the numbers x1, y1, x2, y2. target: [..., 4], the numbers tx1, ty1, tx2, ty2.
        weight: [...], a factor of each box. normalizer: a number to divide the sum by in place of the recipe's.
        """
        value = self._values(predicted, target)
        result = self._reduced(value, weight, normalizer, max(value.numel(), 1) if weight is None else _at_least_1(weight.sum()))
        return result

    def _reduced(self, value, weight, normalizer, recipe):
        if weight is not None:
            value = torch.where(weight == 0, 0.0, value * weight)
        if self.reduction == "none":
            return value
        if self.reduction == "mean":
            return value.mean()
        if self.reduction == "sum" and normalizer is None:
            return value.sum()
        return value.sum() / (recipe if normalizer is None else normalizer)
