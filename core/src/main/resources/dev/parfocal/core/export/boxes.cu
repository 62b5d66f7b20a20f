@FUNCTIONS@

/*
 * The loss of one box: predicted are @PREDICTED_NAMES@, target are @GIVEN_NAMES@. Writes the gradient of the predicted numbers:
 * the derivatives, times weight and scale. A weight of 0 makes value and gradient 0.
 */
PF_FUNCTION float @NAME@(const float *predicted, const float *target, float weight, float scale, float *gradient)
{
    float value;
@ELEMENT@
    return value;
}

template <typename Number>
static __device__ void @NAME@_boxes(long long boxes, const Number *predictions, const float *targets, const float *weights, float scale, Number *gradients, double *partial)
{
    double sum = 0.0;
    const long long step = (long long)gridDim.x * blockDim.x;
    for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < boxes; i += step) {
        float predicted[@WIDTH@], gradient[@WIDTH@];
        for (int j = 0; j < @WIDTH@; j++) {
            predicted[j] = pf_load(predictions, i * @WIDTH@ + j);
        }
        sum += (double)@NAME@(predicted, &targets[i * @TARGET_WIDTH@], weights ? weights[i] : 1.0f, scale, gradient);
        for (int j = 0; j < @WIDTH@; j++) {
            pf_store(gradients, i * @WIDTH@ + j, gradient[j]);
        }
    }
    pf_reduce(sum, partial);
}

/*
 * A batch of boxes: predictions and gradients are [boxes, @WIDTH@], targets are [boxes, @TARGET_WIDTH@], the weights are [boxes] and
 * may be NULL. Writes the gradients, and to partial, [blocks], each block's sum of the losses. The recipe divides the sum by
 * @NORMALIZER@, positives being boxes whose weight is not 0; scale is 1 over that.
 */
extern "C" __global__ void @NAME@_boxes_float32(long long boxes, const float *predictions, const float *targets, const float *weights, float scale, float *gradients, double *partial)
{
    @NAME@_boxes(boxes, predictions, targets, weights, scale, gradients, partial);
}

extern "C" __global__ void @NAME@_boxes_bfloat16(long long boxes, const pf_bfloat16 *predictions, const float *targets, const float *weights, float scale, pf_bfloat16 *gradients, double *partial)
{
    @NAME@_boxes(boxes, predictions, targets, weights, scale, gradients, partial);
}
