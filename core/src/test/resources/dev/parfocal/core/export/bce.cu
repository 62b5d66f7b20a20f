// The loss bce, exported by Parfocal golden. Change the loss's text, and export again.
//
// It has no parameters.
// The text:
//
//     # Binary cross-entropy: every class of every anchor is a yes-or-no question.
//     # Good: Rational Decisions, Journal of the Royal Statistical Society B 14(1), 1952.
//     #
//     # Targets may be soft: the loss is smallest where the probability equals the target. On dense detectors nearly every
//     # element is background and outweighs the objects, which is what the focal losses mend.
//     loss bce(logit; target in [0, 1])
//
//     normalize by elements
//     prior 0.01
//     example (0; 1) = 0.693147 "an even guess costs log 2"
//
//     p = sigmoid(logit)
//     -(target * log(p) + (1 - target) * log(1 - p))

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

PF_FUNCTION void parfocal_bce_whole(float logit, float target, float weight, float scale, float *gradient, float *value)
{
    const float t0 = -pf_abs(logit);
    const float t1 = t0 < -88.0f ? -88.0f : t0;
    const float t2 = pf_fma(t1, 0x1.715476p0f, 0x1.8p23f);
    const float t3 = t2 - 0x1.8p23f;
    const float t4 = pf_fma(t3, -0x1.7f7d1cp-20f, pf_fma(t3, -0x1.62e4p-1f, t1));
    const float t5 = pf_mul(t4, t4);
    const float t6 = pf_fma(pf_fma(0x1.123996p-7f, t5, 0x1.555492p-3f), t4, pf_fma(pf_fma(0x1.6d7a56p-10f, t5, 0x1.5554cp-5f), t5, 0.5f));
    const float t7 = pf_fma(t5, t6, t4);
    const float t8 = pf_float((pf_bits(t2) << 23) + 0x3f800000u);
    const float t9 = pf_mul(1.0f + t7, t8);
    const float t10 = pf_div(1.0f, 1.0f + t9);
    const float t11 = pf_mul(pf_fma(t7, t10, t10), t8);
    const float t12 = logit < 0.0f ? t11 : t10;
    const float t13 = 1.0f - target;
    const float t14 = pf_mul(t9, t9);
    const float t15 = pf_fma(pf_fma(-0x1.b1630ep-9f, t14, -0x1.d78a7ep-5f), t14, -0x1.3a596cp-3f);
    const float t16 = pf_fma(pf_fma(t15, t14, -0x1.ff249ep-3f), t14, -0x1.ffffd2p-2f);
    const float t17 = pf_fma(pf_fma(0x1.4a23ap-6f, t14, 0x1.b50ae6p-4f), t14, 0x1.93510ap-3f);
    const float t18 = pf_fma(t14, pf_fma(pf_fma(t17, t14, 0x1.554dd4p-2f), t9, t16), t9);
    const float t19 = (logit < 0.0f ? (-logit) : 0.0f) + t18;
    const float t20 = logit < 0.0f ? t10 : t11;
    const float t21 = (0.0f < logit ? logit : 0.0f) + t18;
    const float t22 = target == 1.0f ? t19 : (pf_mul(target, t19) + pf_mul(t13, t21));
    const float t23 = target == 1.0f ? (-t20) : (pf_mul(t12, t13) - pf_mul(target, t20));
    const float t24 = weight == 0.0f ? 0.0f : pf_mul(target == 0.0f ? t12 : t23, weight);
    const float t25 = weight == 0.0f ? 0.0f : pf_mul(target == 0.0f ? t21 : t22, weight);
    *gradient = pf_mul(t24, scale);
    *value = t25;
}

PF_FUNCTION void parfocal_bce_background(float logit, float weight, float scale, float *gradient, float *value)
{
    const float t0 = -pf_abs(logit);
    const float t1 = t0 < -88.0f ? -88.0f : t0;
    const float t2 = pf_fma(t1, 0x1.715476p0f, 0x1.8p23f);
    const float t3 = t2 - 0x1.8p23f;
    const float t4 = pf_fma(t3, -0x1.7f7d1cp-20f, pf_fma(t3, -0x1.62e4p-1f, t1));
    const float t5 = pf_mul(t4, t4);
    const float t6 = pf_fma(pf_fma(0x1.123996p-7f, t5, 0x1.555492p-3f), t4, pf_fma(pf_fma(0x1.6d7a56p-10f, t5, 0x1.5554cp-5f), t5, 0.5f));
    const float t7 = pf_fma(t5, t6, t4);
    const float t8 = pf_float((pf_bits(t2) << 23) + 0x3f800000u);
    const float t9 = pf_mul(1.0f + t7, t8);
    const float t10 = pf_div(1.0f, 1.0f + t9);
    const float t11 = pf_mul(t9, t9);
    const float t12 = pf_fma(pf_fma(-0x1.b1630ep-9f, t11, -0x1.d78a7ep-5f), t11, -0x1.3a596cp-3f);
    const float t13 = pf_fma(pf_fma(t12, t11, -0x1.ff249ep-3f), t11, -0x1.ffffd2p-2f);
    const float t14 = pf_fma(pf_fma(0x1.4a23ap-6f, t11, 0x1.b50ae6p-4f), t11, 0x1.93510ap-3f);
    const float t15 = pf_fma(t11, pf_fma(pf_fma(t14, t11, 0x1.554dd4p-2f), t9, t13), t9);
    const float t16 = pf_mul(logit < 0.0f ? pf_mul(pf_fma(t7, t10, t10), t8) : t10, weight);
    const float t17 = weight == 0.0f ? 0.0f : pf_mul((0.0f < logit ? logit : 0.0f) + t15, weight);
    *gradient = pf_mul(weight == 0.0f ? 0.0f : t16, scale);
    *value = t17;
}


/*
 * The loss of one logit. Writes its gradient: the derivative by the logit, times weight and scale.
 * target is [0, 1]; a weight of 0 makes value and gradient 0.
 */
PF_FUNCTION float parfocal_bce(float logit, float target, float weight, float scale, float *gradient)
{
    float value;
    if (pf_bits(target) == 0u) {
        parfocal_bce_background(logit, weight, scale, gradient, &value);
    } else {
        parfocal_bce_whole(logit, target, weight, scale, gradient, &value);
    }
    return value;
}

template <typename Number>
static __device__ void parfocal_bce_dense(long long anchors, long long classes, const Number *logits, const float *target, const float *weights, float scale, Number *gradient, double *partial)
{
    double sum = 0.0;
    const long long step = (long long)gridDim.x * blockDim.x;
    for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < anchors * classes; i += step) {
        float slope;
        sum += (double)parfocal_bce(pf_load(logits, i), target[i], weights ? weights[i] : 1.0f, scale, &slope);
        pf_store(gradient, i, slope);
    }
    pf_reduce(sum, partial);
}

template <typename Number>
static __device__ void parfocal_bce_sparse(long long anchors, long long classes, const Number *logits, const int *labels, const float *quality, const float *weights, float scale, Number *gradient, double *partial)
{
    double sum = 0.0;
    const long long step = (long long)gridDim.x * blockDim.x;
    for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < anchors * classes; i += step) {
        const long long anchor = i / classes;
        const bool is_label = labels[anchor] >= 0 && labels[anchor] == i % classes;
        float slope = 0.0f;
        if (labels[anchor] != -2) {
            sum += (double)parfocal_bce(pf_load(logits, i), is_label ? quality[anchor] : 0.0f, weights ? weights[i] : 1.0f, scale, &slope);
        }
        pf_store(gradient, i, slope);
    }
    (void)quality;
    pf_reduce(sum, partial);
}

/*
 * A batch in which every logit has targets: logits, gradient, what is given and the weights are [anchors, classes]; weights may
 * be NULL. Writes the gradient, and to partial, [blocks], each block's sum of the losses. The recipe divides the
 * sum by the number of elements, at least 1; scale is 1 over that.
 */
extern "C" __global__ void parfocal_bce_dense_float32(long long anchors, long long classes, const float *logits, const float *target, const float *weights, float scale, float *gradient, double *partial)
{
    parfocal_bce_dense(anchors, classes, logits, target, weights, scale, gradient, partial);
}

extern "C" __global__ void parfocal_bce_dense_bfloat16(long long anchors, long long classes, const pf_bfloat16 *logits, const float *target, const float *weights, float scale, pf_bfloat16 *gradient, double *partial)
{
    parfocal_bce_dense(anchors, classes, logits, target, weights, scale, gradient, partial);
}

/*
 * A batch in which each anchor has one class at most: labels are [anchors], a class from 0, or -1 for background, or -2 for an
 * anchor that counts for nothing; quality is [anchors], what is given at the anchor's class, where an input named label is 1.
 * Everywhere else what is given is 0.
 */
extern "C" __global__ void parfocal_bce_sparse_float32(long long anchors, long long classes, const float *logits, const int *labels, const float *quality, const float *weights, float scale, float *gradient, double *partial)
{
    parfocal_bce_sparse(anchors, classes, logits, labels, quality, weights, scale, gradient, partial);
}

extern "C" __global__ void parfocal_bce_sparse_bfloat16(long long anchors, long long classes, const pf_bfloat16 *logits, const int *labels, const float *quality, const float *weights, float scale, pf_bfloat16 *gradient, double *partial)
{
    parfocal_bce_sparse(anchors, classes, logits, labels, quality, weights, scale, gradient, partial);
}
