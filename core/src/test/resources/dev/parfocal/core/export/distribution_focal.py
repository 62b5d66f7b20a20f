# The loss distribution_focal, exported by Parfocal golden. Change the loss's text, and export again.
#
# Parameters: bins = 17.
# The text:
#
#     # Distribution focal loss: the side of a box as a distribution over bins, pushed to the two bins around the target.
#     # Li and others: Generalized Focal Loss, NeurIPS 2020, eq. 6. arXiv 2006.04388.
#     #
#     # The target y is a distance in bins: pixels divided by the stride of the level. A target beyond the last bin counts as
#     # the last bin, one below 0 as 0. At a whole number it is the softmax cross-entropy of that bin. The expectation of the
#     # row decodes it. Each side of a box is a row; rows are weighted by the box's detached class score.
#     loss distribution_focal(s[bins]; y)
#
#     param bins = 17 in [2, 1024] integer "number of bins: regMax + 1"
#     normalize by quality
#     weight 0.25
#     example ([0, 0, 0]; 1.5) = 1.098612 "an even distribution over 3 bins costs log 3"
#     example ([0, 0, 0]; 2) = 1.098612
#
#     t = min(max(y, 0), bins - 1)
#     i = min(floor(t), bins - 2)
#     -((i + 1 - t) * log_softmax(s, i) + (t - i) * log_softmax(s, i + 1))

"""Distribution focal loss: the side of a box as a distribution over bins, pushed to the two bins around the target.

    loss distribution_focal(s[bins]; y)

    param bins = 17 in [2, 1024] integer "number of bins: regMax + 1"
    normalize by quality
    weight 0.25
    example ([0, 0, 0]; 1.5) = 1.098612 "an even distribution over 3 bins costs log 3"
    example ([0, 0, 0]; 2) = 1.098612

    t = min(max(y, 0), bins - 1)
    i = min(floor(t), bins - 2)
    -((i + 1 - t) * log_softmax(s, i) + (t - i) * log_softmax(s, i + 1))

Li and others: Generalized Focal Loss, NeurIPS 2020, eq. 6. arXiv 2006.04388.

Value and gradient are computed together, by the derivative of this formula in a form that does not
overflow or cancel: in double for double, else in float32, and the loss is float32 then.
"""
import torch

PARAMETERS = {"bins": 17}


def _full(number, like):
    if isinstance(number, torch.Tensor):
        return number.expand_as(like)
    return torch.full_like(like, number)


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



def _element(s, y):
    """The loss of each row of logits, and its derivatives by them."""
    bins = torch.arange(17, device=s.device)
    largest, best = torch.max(s, -1, keepdim=True)
    e = torch.exp(s - largest)
    others = torch.where(bins == best, 0.0, e).sum(-1, keepdim=True)
    inverse = 1 / (1 + others)
    softmax = e * inverse
    t1 = torch.clamp(torch.floor(torch.clamp(torch.clamp(y, min=0), max=16)), max=15)
    _at0 = torch.clamp(_full(t1, s[..., 0]), 0, bins.numel() - 1).long().unsqueeze(-1)
    _log_p0 = torch.clamp(s.gather(-1, _at0) - largest - torch.log1p(others), min=-3.4028234663852886e38).squeeze(-1)
    _at1 = torch.clamp(_full(1 + t1, s[..., 0]), 0, bins.numel() - 1).long().unsqueeze(-1)
    _log_p1 = torch.clamp(s.gather(-1, _at1) - largest - torch.log1p(others), min=-3.4028234663852886e38).squeeze(-1)
    t2 = torch.clamp(torch.clamp(y, min=0), max=16) - t1
    t3 = torch.clamp(torch.clamp(y, min=0), max=16) - (1 + t1)
    _pull0 = t3
    _pull1 = -t2
    value = -(t2 * _log_p1 - t3 * _log_p0)
    own = torch.zeros_like(softmax)
    push = torch.zeros_like(largest)
    own = own.scatter_add(-1, _at0, _pull0.unsqueeze(-1))
    push = push - _pull0.unsqueeze(-1)
    own = own.scatter_add(-1, _at1, _pull1.unsqueeze(-1))
    push = push - _pull1.unsqueeze(-1)
    rest = torch.where(bins == best, others * inverse, 1 - softmax)
    return value, own * rest + softmax * (push + own)


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
            raise RuntimeError("DistributionFocal has no second derivative: call backward without create_graph")
        upstream = upstream.unsqueeze(-1)
        product = torch.where(upstream == 0, 0.0, upstream * gradient)
        return (None, product.to(ctx.dtype)) + (None,) * ctx.given


class DistributionFocal(torch.nn.Module):
    """Distribution focal loss: the side of a box as a distribution over bins, pushed to the two bins around the target.

    reduction: "recipe" for the sum divided by the normalizer of the loss's recipe
        (the sum of the positives' qualities, at least 1), "sum", "mean", or "none" for the loss of each element.
    """

    def __init__(self, *, reduction="recipe"):
        super().__init__()
        if reduction not in ("recipe", "sum", "mean", "none"):
            raise ValueError(f"reduction is recipe, sum, mean or none, not {reduction!r}")
        self.reduction = reduction

    def _values(self, s, y):
        return _Function.apply(_element, s, y)

    def forward(self, s, y, *, weight=None, normalizer=None):
        """The loss of rows.

        s: [..., 17]. y: [...], any number. weight: [...], a factor of each row. normalizer: a number to divide the sum by
        in place of the recipe's.
        """
        if s.shape[-1] != 17:
            raise ValueError(f"DistributionFocal was exported for rows of 17 logits, not {s.shape[-1]}")
        value = self._values(s, y)
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
