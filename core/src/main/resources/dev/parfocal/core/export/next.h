
/* Moves the state on after such a batch, towards means over the elements whose weight is not 0. */
PF_FUNCTION void @NAME@_@BATCH@_next(@TYPE@ *state, @PARAMETERS@, const float *weights)
{
    const @TYPE@ before = *state;
@MEANS@
}
