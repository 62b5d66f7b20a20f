def _full(number, like):
    if isinstance(number, torch.Tensor):
        return number.expand_as(like)
    return torch.full_like(like, number)


def _either(condition, yes, no, like):
    return torch.where(condition, torch.full((), yes, dtype=like.dtype, device=like.device), no)


def _sign(x):
    return torch.where(x > 0, 1.0, torch.where(x < 0, -1.0, x))


def _sin(x):
    return torch.sin(torch.clamp(x, -65536, 65536))


def _cos(x):
    return torch.cos(torch.clamp(x, -65536, 65536))


def _softplus(x):
    return torch.clamp(x, min=0) + torch.log1p(torch.exp(-torch.abs(x)))


def _of_class(values, label):
    if isinstance(values, torch.Tensor) and values.dim() > 0:
        return values[label.long()]
    return values
