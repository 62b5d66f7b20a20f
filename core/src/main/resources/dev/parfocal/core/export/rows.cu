@FUNCTIONS@

/*
 * The loss of one row of @BINS@ logits. Writes its gradient: the derivatives by the logits, times weight and scale.
 * @GIVEN_RANGES@; a weight of 0 makes value and gradient 0.
 */
static __device__ float @NAME@(const float *row@GIVEN_PARAMETERS@, float weight, float scale, float *gradient)
{
@ELEMENT@
}

template <typename Number>
static __device__ void @NAME@_rows(long long rows, const Number *logits@GIVEN_POINTERS@, const float *weights, float scale, Number *gradient, double *partial)
{
    double sum = 0.0;
    const long long step = (long long)gridDim.x * blockDim.x;
    for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < rows; i += step) {
        float row[@BINS@];
        for (int j = 0; j < @BINS@; j++) {
            row[j] = pf_load(logits, i * @BINS@ + j);
        }
        sum += (double)@NAME@(row@GIVEN_AT@, weights ? weights[i] : 1.0f, scale, row);
        for (int j = 0; j < @BINS@; j++) {
            pf_store(gradient, i * @BINS@ + j, row[j]);
        }
    }
    pf_reduce(sum, partial);
}

/*
 * A batch of rows, a thread for each: logits and gradient are [rows, @BINS@], what is given and the weights are [rows]; weights may
 * be NULL. Writes the gradient, and to partial, [blocks], each block's sum of the losses. The recipe divides the sum by
 * @NORMALIZER@, positives being rows whose weight is not 0; scale is 1 over that.
 */
extern "C" __global__ void @NAME@_rows_float32(long long rows, const float *logits@GIVEN_POINTERS@, const float *weights, float scale, float *gradient, double *partial)
{
    @NAME@_rows(rows, logits@GIVEN_NAMES_AFTER@, weights, scale, gradient, partial);
}

extern "C" __global__ void @NAME@_rows_bfloat16(long long rows, const pf_bfloat16 *logits@GIVEN_POINTERS@, const float *weights, float scale, pf_bfloat16 *gradient, double *partial)
{
    @NAME@_rows(rows, logits@GIVEN_NAMES_AFTER@, weights, scale, gradient, partial);
}
