// The loss iou, exported by Parfocal golden. Change the loss's text, and export again.
//
// It has no parameters.
// The text:
//
//     # IoU loss: one minus the overlap of two boxes, the linear form.
//     # Yu, Jiang, Wang, Cao, Huang: UnitBox, ACM Multimedia 2016. arXiv 1608.01471. (There in the form -log IoU.)
//     #
//     # Boxes are corners (x1, y1, x2, y2) in any unit. A box whose corners are swapped or equal is empty: it has no area and
//     # overlaps nothing. Boxes that do not overlap have loss 1 and no gradient; giou has one.
//     loss iou(x1, y1, x2, y2; tx1, ty1, tx2, ty2)
//
//     normalize by quality
//     weight 2
//     example (0, 0, 2, 2; 1, 1, 3, 3) = 0.857143
//     example (0, 0, 0, 0; 0, 0, 0, 0) = 1 "two empty boxes do not overlap"
//
//     w = max(x2 - x1, 0)
//     h = max(y2 - y1, 0)
//     tw = max(tx2 - tx1, 0)
//     th = max(ty2 - ty1, 0)
//     intersection = max(min(x2, tx2) - max(x1, tx1), 0) * max(min(y2, ty2) - max(y1, ty1), 0)
//     union = w * h + tw * th - intersection
//     iou = intersection / max(union, 1e-12)
//     1 - iou

#ifndef PARFOCAL_PRELUDE
#define PARFOCAL_PRELUDE

#define PF_FUNCTION static __device__ __forceinline__

PF_FUNCTION unsigned int pf_bits(float x)
{
    return __float_as_uint(x);
}

PF_FUNCTION float pf_float(unsigned int bits)
{
    return __uint_as_float(bits);
}

/* Products, quotients and roots that are rounded once, whatever the compiler's options for speed; do not compile with -ftz=true. */
PF_FUNCTION float pf_mul(float a, float b)
{
    return __fmul_rn(a, b);
}

PF_FUNCTION float pf_div(float a, float b)
{
    return __fdiv_rn(a, b);
}

PF_FUNCTION float pf_fma(float a, float b, float c)
{
    return __fmaf_rn(a, b, c);
}

PF_FUNCTION float pf_sqrt(float x)
{
    return __fsqrt_rn(x);
}

PF_FUNCTION float pf_abs(float x)
{
    return pf_float(pf_bits(x) & 0x7fffffffu);
}

/* Shifts right by 1 to 31 bits; the sign stays. */
PF_FUNCTION unsigned int pf_shift_right(unsigned int x, int by)
{
    return (x >> by) | ((0u - (x >> 31)) << (32 - by));
}

/* A bin's number as an index. */
PF_FUNCTION int pf_index(float bin)
{
    return bin > 0.0f ? (int)bin : 0;
}

/* The upper half of a float: the memory of __nv_bfloat16. */
struct pf_bfloat16 {
    unsigned short bits;
};

PF_FUNCTION float pf_load(const float *numbers, long long i)
{
    return numbers[i];
}

PF_FUNCTION float pf_load(const pf_bfloat16 *numbers, long long i)
{
    return pf_float((unsigned int)numbers[i].bits << 16);
}

PF_FUNCTION void pf_store(float *numbers, long long i, float x)
{
    numbers[i] = x;
}

/* Rounds to the nearest, halves to even. */
PF_FUNCTION void pf_store(pf_bfloat16 *numbers, long long i, float x)
{
    const unsigned int bits = pf_bits(x);
    const unsigned int rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
    numbers[i].bits = (unsigned short)(x != x ? 0x7fc0u : rounded);
}

/* Adds up a block's sums in a fixed order; the block has a power of two of threads, at most 1024. */
static __device__ void pf_reduce(double sum, double *partial)
{
    __shared__ double shared[1024];
    shared[threadIdx.x] = sum;
    __syncthreads();
    for (unsigned int half = blockDim.x / 2; half > 0; half /= 2) {
        if (threadIdx.x < half) {
            shared[threadIdx.x] += shared[threadIdx.x + half];
        }
        __syncthreads();
    }
    if (threadIdx.x == 0) {
        partial[blockIdx.x] = shared[0];
    }
}

#endif

PF_FUNCTION void parfocal_iou_program(float x1, float y1, float x2, float y2, float tx1, float ty1, float tx2, float ty2, float weight, float scale, float *gradient_x1, float *gradient_y1, float *gradient_x2, float *gradient_y2, float *value)
{
    const float t0 = x2 - x1;
    const float t1 = t0 < 0.0f ? 0.0f : t0;
    const float t2 = y2 - y1;
    const float t3 = t2 < 0.0f ? 0.0f : t2;
    const float t4 = tx2 - tx1;
    const float t5 = ty2 - ty1;
    const float t6 = (tx2 < x2 ? tx2 : x2) - (x1 < tx1 ? tx1 : x1);
    const float t7 = t6 < 0.0f ? 0.0f : t6;
    const float t8 = (ty2 < y2 ? ty2 : y2) - (y1 < ty1 ? ty1 : y1);
    const float t9 = t8 < 0.0f ? 0.0f : t8;
    const float t10 = pf_mul(t1, t3) + pf_mul(t4 < 0.0f ? 0.0f : t4, t5 < 0.0f ? 0.0f : t5);
    const float t11 = pf_fma(-t7, t9, t10);
    const float t12 = t11 < 0x1.197998p-40f ? 0x1.197998p-40f : t11;
    const float t13 = pf_div(pf_mul(t7, t9), t12);
    const float t14 = 0x1.197998p-40f < t11 ? 1.0f : 0.0f;
    const float t15 = 0.0f < t8 ? 1.0f : 0.0f;
    const float t16 = 0.0f < t6 ? 1.0f : 0.0f;
    const float t17 = pf_div(1.0f, t12);
    const float t18 = pf_fma(t14, t13, 1.0f);
    const float t19 = pf_mul(pf_mul(t15, y1 < ty1 ? 0.0f : (ty1 < y1 ? 1.0f : 0.5f)), t7);
    const float t20 = pf_mul(pf_mul(t15, ty2 < y2 ? 0.0f : (y2 < ty2 ? 1.0f : 0.5f)), t7);
    const float t21 = pf_mul(pf_mul(t16, x1 < tx1 ? 0.0f : (tx1 < x1 ? 1.0f : 0.5f)), t9);
    const float t22 = pf_mul(pf_mul(t16, tx2 < x2 ? 0.0f : (x2 < tx2 ? 1.0f : 0.5f)), t9);
    const float t23 = pf_mul(pf_mul(pf_mul(t14, 0.0f < t2 ? 1.0f : 0.0f), t1), t13);
    const float t24 = pf_mul(pf_mul(pf_mul(t14, 0.0f < t0 ? 1.0f : 0.0f), t3), t13);
    const float t25 = weight == 0.0f ? 0.0f : pf_mul(-pf_mul(t17, t24 - pf_mul(t21, t18)), weight);
    const float t26 = weight == 0.0f ? 0.0f : pf_mul(-pf_mul(t17, t23 - pf_mul(t19, t18)), weight);
    const float t27 = weight == 0.0f ? 0.0f : pf_mul(pf_mul(t17, t24 - pf_mul(t22, t18)), weight);
    const float t28 = weight == 0.0f ? 0.0f : pf_mul(pf_mul(t17, t23 - pf_mul(t20, t18)), weight);
    *gradient_x1 = pf_mul(t25, scale);
    *gradient_y1 = pf_mul(t26, scale);
    *gradient_x2 = pf_mul(t27, scale);
    *gradient_y2 = pf_mul(t28, scale);
    *value = weight == 0.0f ? 0.0f : pf_mul(1.0f - t13, weight);
}


/*
 * The loss of one box: predicted are x1, y1, x2, y2, target are tx1, ty1, tx2, ty2. Writes the gradient of the predicted numbers:
 * the derivatives, times weight and scale. A weight of 0 makes value and gradient 0.
 */
PF_FUNCTION float parfocal_iou(const float *predicted, const float *target, float weight, float scale, float *gradient)
{
    float value;
    parfocal_iou_program(predicted[0], predicted[1], predicted[2], predicted[3], target[0], target[1], target[2], target[3], weight, scale, &gradient[0], &gradient[1], &gradient[2], &gradient[3], &value);
    return value;
}

template <typename Number>
static __device__ void parfocal_iou_boxes(long long boxes, const Number *predictions, const float *targets, const float *weights, float scale, Number *gradients, double *partial)
{
    double sum = 0.0;
    const long long step = (long long)gridDim.x * blockDim.x;
    for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < boxes; i += step) {
        float predicted[4], gradient[4];
        for (int j = 0; j < 4; j++) {
            predicted[j] = pf_load(predictions, i * 4 + j);
        }
        sum += (double)parfocal_iou(predicted, &targets[i * 4], weights ? weights[i] : 1.0f, scale, gradient);
        for (int j = 0; j < 4; j++) {
            pf_store(gradients, i * 4 + j, gradient[j]);
        }
    }
    pf_reduce(sum, partial);
}

/*
 * A batch of boxes: predictions and gradients are [boxes, 4], targets are [boxes, 4], the weights are [boxes] and
 * may be NULL. Writes the gradients, and to partial, [blocks], each block's sum of the losses. The recipe divides the sum by
 * the sum of the positives' qualities, at least 1, positives being boxes whose weight is not 0; scale is 1 over that.
 */
extern "C" __global__ void parfocal_iou_boxes_float32(long long boxes, const float *predictions, const float *targets, const float *weights, float scale, float *gradients, double *partial)
{
    parfocal_iou_boxes(boxes, predictions, targets, weights, scale, gradients, partial);
}

extern "C" __global__ void parfocal_iou_boxes_bfloat16(long long boxes, const pf_bfloat16 *predictions, const float *targets, const float *weights, float scale, pf_bfloat16 *gradients, double *partial)
{
    parfocal_iou_boxes(boxes, predictions, targets, weights, scale, gradients, partial);
}
