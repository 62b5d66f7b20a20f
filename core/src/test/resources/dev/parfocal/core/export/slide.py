# The loss slide, exported by Parfocal golden. Change the loss's text, and export again.
#
# Parameters: mean = 0.5.
# The text:
#
#     # Slide loss: cross-entropy that weighs examples near the mean quality, which are hard to tell.
#     # Yu, Huang, Chen, Su, Liu, Xia: YOLO-FaceV2, Pattern Recognition 155, 2024, eq. 6. arXiv 2208.02133.
#     #
#     # Up to a tenth below the mean quality of the positives an example weighs 1, from there to the mean exp(1 - mean), and
#     # above it exp(1 - quality). The mean is kept between batches, and is not taken below 0.2, as in the authors' code.
#     loss slide(logit; target in [0, 1])
#
#     state mean = 0.5 in [0.2, 1] "running mean of the positives' quality" momentum 0.02 of target where target > 0
#     normalize by positives
#     prior 0.01
#     example (0; 0) = 0.693147
#     example (0; 0.45) = 1.142807 "just below the mean"
#     example (0; 1) = 0.693147
#
#     p = sigmoid(logit)
#     cross_entropy = -(target * log(p) + (1 - target) * log(1 - p))
#     above = target < mean ? exp(1 - mean) : exp(1 - target)
#     factor = target <= mean - 0.1 ? 1 : above
#     factor * cross_entropy

"""Slide loss: cross-entropy that weighs examples near the mean quality, which are hard to tell.

    loss slide(logit; target in [0, 1])

    state mean = 0.5 in [0.2, 1] "running mean of the positives' quality" momentum 0.02 of target where target > 0
    normalize by positives
    prior 0.01
    example (0; 0) = 0.693147
    example (0; 0.45) = 1.142807 "just below the mean"
    example (0; 1) = 0.693147

    p = sigmoid(logit)
    cross_entropy = -(target * log(p) + (1 - target) * log(1 - p))
    above = target < mean ? exp(1 - mean) : exp(1 - target)
    factor = target <= mean - 0.1 ? 1 : above
    factor * cross_entropy

Yu, Huang, Chen, Su, Liu, Xia: YOLO-FaceV2, Pattern Recognition 155, 2024, eq. 6. arXiv 2208.02133.

Value and gradient are computed together, by the derivative of this formula in a form that does not
overflow or cancel: in double for double, else in float32, and the loss is float32 then.
"""
import torch

PARAMETERS = {}


def _either(condition, yes, no, like):
    return torch.where(condition, torch.full((), yes, dtype=like.dtype, device=like.device), no)


def _softplus(x):
    return torch.clamp(x, min=0) + torch.log1p(torch.exp(-torch.abs(x)))


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



def _element(logit, target, mean):
    """The loss of each element, and its derivative by what is predicted."""
    p = torch.sigmoid(logit)
    t1 = 1 - target
    factor = torch.where(target <= mean - 0.1, 1, torch.where(target < mean, torch.exp(1 - mean), torch.exp(t1)))
    t2 = _softplus(-logit)
    t3 = torch.sigmoid(-logit)
    t4 = _softplus(logit)
    t5 = target == 1
    t6 = target == 0
    t7 = torch.where(t6, t4, torch.where(t5, t2, factor * (target * t2 + t1 * t4)))
    t8 = torch.where(t6, p, torch.where(t5, -t3, factor * (p * t1 - target * t3)))
    return t7, t8


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
            raise RuntimeError("Slide has no second derivative: call backward without create_graph")
        product = torch.where(upstream == 0, 0.0, upstream * gradient)
        return (None, product.to(ctx.dtype)) + (None,) * ctx.given


class Slide(torch.nn.Module):
    """Slide loss: cross-entropy that weighs examples near the mean quality, which are hard to tell.

    The buffer state_mean is kept between batches: running mean of the positives' quality. It moves in training mode.
    reduction: "recipe" for the sum divided by the normalizer of the loss's recipe
        (the number of positives, at least 1), "sum", "mean", or "none" for the loss of each element.
    """

    def __init__(self, *, reduction="recipe"):
        super().__init__()
        if reduction not in ("recipe", "sum", "mean", "none"):
            raise ValueError(f"reduction is recipe, sum, mean or none, not {reduction!r}")
        self.reduction = reduction
        self.register_buffer("state_mean", torch.tensor(0.5, dtype=torch.float32))

    def _values(self, logit, target):
        return _Function.apply(_element, logit, target, self.state_mean)

    @torch.no_grad()
    def _move(self, logit, target, weight):
        """Moves each state towards its mean over the elements whose weight is not 0."""
        logit, target, mean = _numbers((logit, target, self.state_mean), logit)
        counted = torch.ones_like(logit) if weight is None else (weight != 0).to(logit.dtype).expand_as(logit)
        total = torch.where(counted == 0, 0.0, torch.where(0 < target, target, 0)).sum()
        count = torch.where(counted == 0, 0.0, _either(0 < target, 1, 0, logit)).sum()
        moved_mean = mean + 0.02 * (torch.clamp(total / count, 0.2, 1) - mean)
        self.state_mean.copy_(torch.where(torch.isnan(moved_mean), mean, moved_mean))

    def forward(self, logit, target, *, weight=None, normalizer=None):
        """The loss where every logit has targets.

        logit: [..., classes]. target: of the same shape, [0, 1]. weight: a factor of each logit, of a shape that broadcasts. normalizer: a
        number to divide the sum by in place of the recipe's, a mean over several processes, say.
        """
        value = self._values(logit, target)
        result = self._reduced(value, weight, normalizer, _at_least_1(((target != 0)).sum()))
        if self.training:
            self._move(logit, target, weight)
        return result

    def sparse(self, logit, labels, quality=None, *, weight=None, normalizer=None):
        """The loss where each anchor has one class at most.

        logit: [..., classes]. labels: [...], a class from 0, or -1 for background, or -2 for an anchor that counts for
        nothing. quality: [...], what is given at the anchor's class; 1 if missing. Everywhere else 0 is given.
        """
        labels = labels.long()
        anchors = _numbers((torch.ones_like(labels) if quality is None else quality,), logit)[0]
        at_label = torch.zeros_like(logit, dtype=anchors.dtype)
        place = torch.clamp(labels, min=0).unsqueeze(-1)
        chosen = (labels >= 0).unsqueeze(-1)
        target = at_label.scatter(-1, place, torch.where(chosen, anchors.unsqueeze(-1), 0.0))
        counted = (labels != -2).unsqueeze(-1).expand_as(logit).to(anchors.dtype)
        weight = counted if weight is None else weight * counted
        value = self._values(logit, target)
        result = self._reduced(value, weight, normalizer, _at_least_1(chosen.sum()))
        if self.training:
            self._move(logit, target, weight)
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
