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


def _kl_divergence(given, row, temperature):
    """The divergence of the softmax of rows from that of given ones, and its derivatives by the rows."""
    bins = torch.arange(row.shape[-1], device=row.device)
    sides = []
    for logits in (row, given):
        largest, best = torch.max(logits, -1, keepdim=True)
        distance = torch.clamp((largest - logits) / temperature, max=3.4028234663852886e38)
        e = torch.exp(-distance)
        others = torch.where(bins == best, 0.0, e).sum(-1, keepdim=True)
        sides.append((distance, bins == best, e / (1 + others), others))
    (q_distance, q_best, q, q_others), (p_distance, p_best, p, p_others) = sides
    log = p_distance - q_distance - (torch.log1p(q_others) - torch.log1p(p_others))
    rest = (p_others - q_others) / ((1 + q_others) * (1 + p_others))
    difference = torch.where(q_best & p_best, rest, q - p)
    series = torch.zeros_like(log)
    for coefficient in (1 / 362880, 1 / 40320, 1 / 5040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2):
        series = coefficient + log * series
    near = 0.5 if log.dtype == torch.float32 else 0.05
    term = torch.where(torch.abs(log) < near, p * (log * log * series), difference - p * log)
    return term.sum(-1), difference / temperature
