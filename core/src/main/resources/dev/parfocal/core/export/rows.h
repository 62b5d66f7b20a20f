@FUNCTIONS@
@STATE_TYPE@
/*
 * The loss of one row of @BINS@ logits. Writes its gradient: the derivatives by the logits, times weight and scale.
 * @GIVEN_RANGES@; a weight of 0 makes value and gradient 0.
 */
PF_FUNCTION float @NAME@(const float *row@GIVEN_PARAMETERS@, float weight@STATE_PARAMETERS@, float scale, float *gradient)
{
@ELEMENT@
}

/*
 * A batch of rows: logits and gradient are [rows, @BINS@], what is given and the weights are [rows]; weights may be NULL. Writes the
 * gradient, and returns the sum of the losses divided by the normalizer.
 */
PF_FUNCTION double @NAME@_rows(size_t rows, const float *logits@GIVEN_POINTERS@, const float *weights@STATE_POINTER@, double normalizer, float *gradient)
{
    const float scale = (float)(1.0 / normalizer);
    pf_sum sum = pf_sum_of(@TILE@, @TILES@);
    for (size_t i = 0; i < rows; i++) {
        pf_add(&sum, @NAME@(&logits[i * @BINS@]@GIVEN_AT@, weights ? weights[i] : 1.0f@STATE_VALUES@, scale, &gradient[i * @BINS@]));
    }
    return pf_total(&sum) / normalizer;
}

/* What the recipe divides the sum over a batch by, positives being rows whose weight is not 0: @NORMALIZER@. */
PF_FUNCTION double @NAME@_normalizer(size_t rows, const float *weights)
{
    const double elements = (double)rows;
    double positives = 0.0;
    double quality = 0.0;
    for (size_t i = 0; i < rows; i++) {
        const float weight = weights ? weights[i] : 1.0f;
        positives += weight == 0.0f ? 0.0 : 1.0;
        quality += (double)weight;
    }
    (void)elements;
    (void)positives;
    (void)quality;
    return @DIVISOR@;
}
@STATE_FUNCTIONS@
