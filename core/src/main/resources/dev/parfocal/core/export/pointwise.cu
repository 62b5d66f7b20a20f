@FUNCTIONS@

/*
 * The loss of one logit. Writes its gradient: the derivative by the logit, times weight and scale.
 * @GIVEN_RANGES@; a weight of 0 makes value and gradient 0.
 */
PF_FUNCTION float @NAME@(float @LOGIT@@GIVEN_PARAMETERS@@CLASS_PARAMETERS@, float weight, float scale, float *gradient)
{
    float value;
@ELEMENT@
    return value;
}

template <typename Number>
static __device__ void @NAME@_dense(long long anchors, long long classes, const Number *logits@GIVEN_POINTERS@@CLASS_POINTERS@, const float *weights, float scale, Number *gradient, double *partial)
{
    double sum = 0.0;
    const long long step = (long long)gridDim.x * blockDim.x;
    for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < anchors * classes; i += step) {
        float slope;
        sum += (double)@NAME@(pf_load(logits, i)@GIVEN_AT@@CLASS_AT@, weights ? weights[i] : 1.0f, scale, &slope);
        pf_store(gradient, i, slope);
    }
    pf_reduce(sum, partial);
}

template <typename Number>
static __device__ void @NAME@_sparse(long long anchors, long long classes, const Number *logits, const int *labels, const float *quality@CLASS_POINTERS@, const float *weights, float scale, Number *gradient, double *partial)
{
    double sum = 0.0;
    const long long step = (long long)gridDim.x * blockDim.x;
    for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < anchors * classes; i += step) {
        const long long anchor = i / classes;
        const bool is_label = labels[anchor] >= 0 && labels[anchor] == i % classes;
        float slope = 0.0f;
        if (labels[anchor] != -2) {
            sum += (double)@NAME@(pf_load(logits, i)@GIVEN_SPARSE@@CLASS_AT@, weights ? weights[i] : 1.0f, scale, &slope);
        }
        pf_store(gradient, i, slope);
    }
    (void)quality;
    pf_reduce(sum, partial);
}

/*
 * A batch in which every logit has targets: logits, gradient, what is given and the weights are [anchors, classes]; weights may
 * be NULL@CLASS_SHAPES@. Writes the gradient, and to partial, [blocks], each block's sum of the losses. The recipe divides the
 * sum by @NORMALIZER@; scale is 1 over that.
 */
extern "C" __global__ void @NAME@_dense_float32(long long anchors, long long classes, const float *logits@GIVEN_POINTERS@@CLASS_POINTERS@, const float *weights, float scale, float *gradient, double *partial)
{
    @NAME@_dense(anchors, classes, logits@GIVEN_NAMES_AFTER@@CLASS_NAMES@, weights, scale, gradient, partial);
}

extern "C" __global__ void @NAME@_dense_bfloat16(long long anchors, long long classes, const pf_bfloat16 *logits@GIVEN_POINTERS@@CLASS_POINTERS@, const float *weights, float scale, pf_bfloat16 *gradient, double *partial)
{
    @NAME@_dense(anchors, classes, logits@GIVEN_NAMES_AFTER@@CLASS_NAMES@, weights, scale, gradient, partial);
}

/*
 * A batch in which each anchor has one class at most: labels are [anchors], a class from 0, or -1 for background, or -2 for an
 * anchor that counts for nothing; quality is [anchors], what is given at the anchor's class, where an input named label is 1.
 * Everywhere else what is given is 0.
 */
extern "C" __global__ void @NAME@_sparse_float32(long long anchors, long long classes, const float *logits, const int *labels, const float *quality@CLASS_POINTERS@, const float *weights, float scale, float *gradient, double *partial)
{
    @NAME@_sparse(anchors, classes, logits, labels, quality@CLASS_NAMES@, weights, scale, gradient, partial);
}

extern "C" __global__ void @NAME@_sparse_bfloat16(long long anchors, long long classes, const pf_bfloat16 *logits, const int *labels, const float *quality@CLASS_POINTERS@, const float *weights, float scale, pf_bfloat16 *gradient, double *partial)
{
    @NAME@_sparse(anchors, classes, logits, labels, quality@CLASS_NAMES@, weights, scale, gradient, partial);
}
