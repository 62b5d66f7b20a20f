/* What the loss keeps between batches: constants to the gradient, moved on after each batch of a training. */
typedef struct {
@FIELDS@
} @TYPE@;

/* What it is before the first batch. */
PF_FUNCTION @TYPE@ @NAME@_start(void)
{
    @TYPE@ state;
@STARTS@
    return state;
}

