@ORIGIN@

@DOCUMENTATION@
import torch

PARAMETERS = @PARAMETERS@


@HELPERS@def _numbers(tensors, like):
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

@ELEMENT@

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
            raise RuntimeError("@CLASS@ has no second derivative: call backward without create_graph")
@UPSTREAM@        product = torch.where(upstream == 0, 0.0, upstream * gradient)
        return (None, product.to(ctx.dtype)) + (None,) * ctx.given


class @CLASS@(torch.nn.Module):
    """@SUMMARY@

@ARGUMENTS@    reduction: "recipe" for the sum divided by the normalizer of the loss's recipe
        (@NORMALIZER@), "sum", "mean", or "none" for the loss of each element.
    """

    def __init__(self@KEYWORDS@, reduction="recipe"):
        super().__init__()
        if reduction not in ("recipe", "sum", "mean", "none"):
            raise ValueError(f"reduction is recipe, sum, mean or none, not {reduction!r}")
        self.reduction = reduction
@CONSTRUCTOR@

@FORWARD@

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
