@FUNCTIONS@
@STATE_TYPE@
/*
 * The loss of one logit. Writes its gradient: the derivative by the logit, times weight and scale.
 * @GIVEN_RANGES@; a weight of 0 makes value and gradient 0.
 */
PF_FUNCTION float @NAME@(float @LOGIT@@GIVEN_PARAMETERS@@CLASS_PARAMETERS@, float weight@STATE_PARAMETERS@, float scale, float *gradient)
{
    float value;
@ELEMENT@
    return value;
}

/*
 * A batch in which every logit has targets: logits, gradient, what is given and the weights are [anchors, classes]; weights may
 * be NULL@CLASS_SHAPES@. Writes the gradient, and returns the sum of the losses divided by the normalizer.
 */
PF_FUNCTION double @NAME@_dense(size_t anchors, size_t classes, const float *logits@GIVEN_POINTERS@@CLASS_POINTERS@, const float *weights@STATE_POINTER@, double normalizer, float *gradient)
{
    const float scale = (float)(1.0 / normalizer);
    pf_sum sum = pf_sum_of(@TILE@, @TILES@);
    for (size_t i = 0; i < anchors * classes; i++) {
        pf_add(&sum, @NAME@(logits[i]@GIVEN_AT@@CLASS_AT@, weights ? weights[i] : 1.0f@STATE_VALUES@, scale, &gradient[i]));
    }
    return pf_total(&sum) / normalizer;
}

/* What the recipe divides the sum over such a batch by: @NORMALIZER@. */
PF_FUNCTION double @NAME@_dense_normalizer(size_t anchors, size_t classes@GIVEN_POINTERS@)
{
    double elements = 0.0;
    double positives = 0.0;
    double quality = 0.0;
    for (size_t i = 0; i < anchors * classes; i++) {
        elements += 1.0;
        if (@IS_SET@) {
            positives += 1.0;
            quality += @QUALITY@;
        }
    }
    (void)elements;
    (void)positives;
    (void)quality;
    return @DIVISOR@;
}

/*
 * A batch in which each anchor has one class at most: labels are [anchors], a class from 0, or -1 for background, or -2 for an
 * anchor that counts for nothing; quality is [anchors], what is given at the anchor's class, where an input named label is 1.
 * Everywhere else what is given is 0.
 */
PF_FUNCTION double @NAME@_sparse(size_t anchors, size_t classes, const float *logits, const int *labels, const float *quality@CLASS_POINTERS@, const float *weights@STATE_POINTER@, double normalizer, float *gradient)
{
    const float scale = (float)(1.0 / normalizer);
    pf_sum sum = pf_sum_of(@TILE@, @TILES@);
    for (size_t i = 0; i < anchors * classes; i++) {
        const size_t anchor = i / classes;
        const int is_label = labels[anchor] >= 0 && (size_t)labels[anchor] == i % classes;
        float value = 0.0f;
        (void)quality;
        (void)is_label;
        gradient[i] = 0.0f;
        if (labels[anchor] != -2) {
            value = @NAME@(logits[i]@GIVEN_SPARSE@@CLASS_AT@, weights ? weights[i] : 1.0f@STATE_VALUES@, scale, &gradient[i]);
        }
        pf_add(&sum, value);
    }
    return pf_total(&sum) / normalizer;
}

/* What the recipe divides the sum over such a batch by. */
PF_FUNCTION double @NAME@_sparse_normalizer(size_t anchors, size_t classes, const int *labels, const float *qualities)
{
    double elements = 0.0;
    double positives = 0.0;
    double quality = 0.0;
    for (size_t anchor = 0; anchor < anchors; anchor++) {
        elements += labels[anchor] == -2 ? 0.0 : (double)classes;
        if (labels[anchor] >= 0) {
            positives += 1.0;
            quality += (double)qualities[anchor];
        }
    }
    (void)elements;
    (void)positives;
    (void)quality;
    return @DIVISOR@;
}
@STATE_FUNCTIONS@
