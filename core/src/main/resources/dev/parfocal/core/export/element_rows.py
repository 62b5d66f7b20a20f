

def @FUNCTION@(@PARAMETERS@):
    """The loss of each row of logits, and its derivatives by them."""
    bins = torch.arange(@BINS@, device=@ROW@.device)
    largest, best = torch.max(@ROW@, -1, keepdim=True)
    e = torch.exp(@ROW@ - largest)
    others = torch.where(bins == best, 0.0, e).sum(-1, keepdim=True)
    inverse = 1 / (1 + others)
    softmax = e * inverse
@PROGRAM@
    own = torch.zeros_like(softmax)
    push = torch.zeros_like(largest)
@PULLS@
    rest = torch.where(bins == best, others * inverse, 1 - softmax)
    return value, own * rest + softmax * (push + own)@SLOPES@
