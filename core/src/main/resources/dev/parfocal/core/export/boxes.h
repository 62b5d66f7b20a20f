@FUNCTIONS@
@STATE_TYPE@
/*
 * The loss of one box: predicted are @PREDICTED_NAMES@, target are @GIVEN_NAMES@. Writes the gradient of the predicted numbers:
 * the derivatives, times weight and scale. A weight of 0 makes value and gradient 0.
 */
PF_FUNCTION float @NAME@(const float predicted[@WIDTH@], const float target[@TARGET_WIDTH@], float weight@STATE_PARAMETERS@, float scale, float gradient[@WIDTH@])
{
    float value;
@ELEMENT@
    return value;
}

/*
 * A batch of boxes: predicted and gradient are [boxes, @WIDTH@], target is [boxes, @TARGET_WIDTH@], the weights are [boxes] and may
 * be NULL. Writes the gradient, and returns the sum of the losses divided by the normalizer.
 */
PF_FUNCTION double @NAME@_boxes(size_t boxes, const float *predicted, const float *target, const float *weights@STATE_POINTER@, double normalizer, float *gradient)
{
    const float scale = (float)(1.0 / normalizer);
    pf_sum sum = pf_sum_of(@TILE@, @TILES@);
    for (size_t i = 0; i < boxes; i++) {
        pf_add(&sum, @NAME@(&predicted[i * @WIDTH@], &target[i * @TARGET_WIDTH@], weights ? weights[i] : 1.0f@STATE_VALUES@, scale, &gradient[i * @WIDTH@]));
    }
    return pf_total(&sum) / normalizer;
}

/* What the recipe divides the sum over a batch by, positives being boxes whose weight is not 0: @NORMALIZER@. */
PF_FUNCTION double @NAME@_normalizer(size_t boxes, const float *weights)
{
    const double elements = (double)boxes;
    double positives = 0.0;
    double quality = 0.0;
    for (size_t i = 0; i < boxes; i++) {
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
