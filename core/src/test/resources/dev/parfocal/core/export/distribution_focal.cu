// The loss distribution_focal, exported by Parfocal golden. Change the loss's text, and export again.
//
// Parameters: bins = 17.
// The text:
//
//     # Distribution focal loss: the side of a box as a distribution over bins, pushed to the two bins around the target.
//     # Li and others: Generalized Focal Loss, NeurIPS 2020, eq. 6. arXiv 2006.04388.
//     #
//     # The target y is a distance in bins: pixels divided by the stride of the level. A target beyond the last bin counts as
//     # the last bin, one below 0 as 0. At a whole number it is the softmax cross-entropy of that bin. The expectation of the
//     # row decodes it. Each side of a box is a row; rows are weighted by the box's detached class score.
//     loss distribution_focal(s[bins]; y)
//
//     param bins = 17 in [2, 1024] integer "number of bins: regMax + 1"
//     normalize by quality
//     weight 0.25
//     example ([0, 0, 0]; 1.5) = 1.098612 "an even distribution over 3 bins costs log 3"
//     example ([0, 0, 0]; 2) = 1.098612
//
//     t = min(max(y, 0), bins - 1)
//     i = min(floor(t), bins - 2)
//     -((i + 1 - t) * log_softmax(s, i) + (t - i) * log_softmax(s, i + 1))

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

PF_FUNCTION void parfocal_distribution_focal_top(float x0, float x1, float x2, float bin_, float *largest, float *best)
{
    *largest = x1 < x0 ? x0 : x1;
    *best = x1 < x0 ? bin_ : x2;
}

PF_FUNCTION void parfocal_distribution_focal_exponential(float x0, float x1, float x2, float x3, float bin_, float *e, float *others)
{
    const float t0 = -pf_abs(x1 - x0);
    const float t1 = pf_fma(t0, 0x1.715476p0f, 0x1.8p23f);
    const float t2 = t1 - 0x1.8p23f;
    const float t3 = pf_fma(t2, -0x1.7f7d1cp-20f, pf_fma(t2, -0x1.62e4p-1f, t0));
    const float t4 = pf_mul(t3, t3);
    const float t5 = pf_fma(pf_fma(0x1.123996p-7f, t4, 0x1.555492p-3f), t3, pf_fma(pf_fma(0x1.6d7a56p-10f, t4, 0x1.5554cp-5f), t4, 0.5f));
    const float t6 = pf_mul(1.0f + pf_fma(t4, t5, t3), pf_float((pf_bits(t1) << 23) + 0x3f800000u));
    const float t7 = t0 < -88.0f ? 0.0f : t6;
    *e = t7;
    *others = x3 + (x2 == bin_ ? 0.0f : t7);
}

PF_FUNCTION void parfocal_distribution_focal_finish(float x0, float *log_of_sum, float *inverse)
{
    const float t0 = 1.0f + x0;
    const float t1 = t0 == 0.0f ? 0.0f : (t0 < 0x1.0p24f ? pf_div(x0 - (t0 - 1.0f), t0) : 0.0f);
    const unsigned int n2 = pf_bits(t0 < 0x1.0p-126f ? pf_mul(t0, 0x1.0p23f) : t0) + 0x4afb0du;
    const float t3 = (pf_float(pf_shift_right(n2, 23) + 0x4b3fff81u) - 0x1.8p23f) + (t0 < 0x1.0p-126f ? -23.0f : 0.0f);
    const float t4 = pf_float((n2 & 0x7fffffu) + 0x3f3504f3u) - 1.0f;
    const float t5 = pf_mul(t4, t4);
    const float t6 = pf_fma(pf_fma(0x1.07d6a8p-3f, t5, 0x1.226d1ap-3f), t5, 0x1.99a5aap-3f);
    const float t7 = pf_fma(pf_fma(-0x1.41fe3ap-4f, t5, -0x1.0cdf74p-3f), t5, -0x1.54788ep-3f);
    const float t8 = pf_fma(pf_fma(t7, t5, -0x1.000222p-2f), t4, pf_fma(t6, t5, 0x1.55554ap-2f));
    const float t9 = pf_fma(t5, pf_fma(t4, t8, -0.5f), pf_mul(t3, 0x1.7f7d1cp-20f));
    const float t10 = 0.0f < t0 ? pf_fma(t3, 0x1.62e4p-1f, t4 + t9) : pf_float(0x7fc00000u);
    const float t11 = t0 == pf_float(0x7f800000u) ? t0 : (t0 == 0.0f ? pf_float(0xff800000u) : t10);
    *log_of_sum = x0 == 0.0f ? x0 : (t11 + t1);
    *inverse = pf_div(1.0f, t0);
}

PF_FUNCTION void parfocal_distribution_focal_gradient(float x0, float x1, float x2, float bin_, float *gradient)
{
    (void)bin_;
    *gradient = pf_mul(pf_mul(x0, x1), x2);
}

PF_FUNCTION void parfocal_distribution_focal_indices(float y, float *index_0, float *index_1)
{
    const float t0 = y < 0.0f ? 0.0f : y;
    const float t1 = 16.0f < t0 ? 16.0f : t0;
    const float t2 = pf_abs(t1);
    const float t3 = (t2 + 0x1.0p23f) - 0x1.0p23f;
    const float t4 = t1 < 0.0f ? (-t3) : t3;
    const float t5 = t2 < 0x1.0p23f ? (t1 < t4 ? (t4 - 1.0f) : t4) : t1;
    const float t6 = 15.0f < t5 ? 15.0f : t5;
    const float t7 = 1.0f + t6;
    const float t8 = pf_abs(t6);
    const float t9 = (t8 + 0x1.0p23f) - 0x1.0p23f;
    const float t10 = t6 < 0.0f ? (-t9) : t9;
    const float t11 = t8 < 0x1.0p23f ? (t6 < t10 ? (t10 - 1.0f) : t10) : t6;
    const float t12 = t11 < 0.0f ? 0.0f : t11;
    const float t13 = pf_abs(t7);
    const float t14 = (t13 + 0x1.0p23f) - 0x1.0p23f;
    const float t15 = t7 < 0.0f ? (-t14) : t14;
    const float t16 = t13 < 0x1.0p23f ? (t7 < t15 ? (t15 - 1.0f) : t15) : t7;
    const float t17 = t16 < 0.0f ? 0.0f : t16;
    *index_0 = 16.0f < t12 ? 16.0f : t12;
    *index_1 = 16.0f < t17 ? 16.0f : t17;
}

PF_FUNCTION void parfocal_distribution_focal_pick(float x0, float x1, float x2, float *log_p)
{
    const float t0 = (x0 - x1) - x2;
    *log_p = t0 < -0x1.fffffep127f ? -0x1.fffffep127f : t0;
}

PF_FUNCTION void parfocal_distribution_focal_picked(float x0, float x1, float x2, float x3, float x4, float x5, float x6, float x7, float x8, float x9, float *gradient)
{
    const float t0 = -pf_abs(x1 - x0);
    const float t1 = pf_fma(t0, 0x1.715476p0f, 0x1.8p23f);
    const float t2 = t1 - 0x1.8p23f;
    const float t3 = pf_fma(t2, -0x1.7f7d1cp-20f, pf_fma(t2, -0x1.62e4p-1f, t0));
    const float t4 = pf_mul(t3, t3);
    const float t5 = pf_fma(pf_fma(0x1.123996p-7f, t4, 0x1.555492p-3f), t3, pf_fma(pf_fma(0x1.6d7a56p-10f, t4, 0x1.5554cp-5f), t4, 0.5f));
    const float t6 = pf_mul(1.0f + pf_fma(t4, t5, t3), pf_float((pf_bits(t1) << 23) + 0x3f800000u));
    const float t7 = t0 < -88.0f ? 0.0f : t6;
    const float t8 = (0.0f + (x6 == x6 ? x7 : 0.0f)) + (x8 == x6 ? x9 : 0.0f);
    const float t9 = pf_mul(t8, x2 == x6 ? pf_mul(x3, x4) : pf_fma(-t7, x4, 1.0f));
    *gradient = t9 + pf_mul(pf_mul(t7, x4), x5 + t8);
}

PF_FUNCTION void parfocal_distribution_focal_program(float log_p_0, float log_p_1, float y, float weight, float scale, float *pull_0, float *pull_1, float *value)
{
    const float t0 = y < 0.0f ? 0.0f : y;
    const float t1 = 16.0f < t0 ? 16.0f : t0;
    const float t2 = pf_abs(t1);
    const float t3 = (t2 + 0x1.0p23f) - 0x1.0p23f;
    const float t4 = t1 < 0.0f ? (-t3) : t3;
    const float t5 = t2 < 0x1.0p23f ? (t1 < t4 ? (t4 - 1.0f) : t4) : t1;
    const float t6 = 15.0f < t5 ? 15.0f : t5;
    const float t7 = t1 - t6;
    const float t8 = t1 - (1.0f + t6);
    const float t9 = weight == 0.0f ? 0.0f : pf_mul(-(pf_mul(t7, log_p_1) - pf_mul(t8, log_p_0)), weight);
    *pull_0 = pf_mul(weight == 0.0f ? 0.0f : pf_mul(t8, weight), scale);
    *pull_1 = pf_mul(weight == 0.0f ? 0.0f : pf_mul(-t7, weight), scale);
    *value = t9;
}


/*
 * The loss of one row of 17 logits. Writes its gradient: the derivatives by the logits, times weight and scale.
 * y is any number; a weight of 0 makes value and gradient 0.
 */
static __device__ float parfocal_distribution_focal(const float *row, float y, float weight, float scale, float *gradient)
{
    float e[17];
    float log_p[2], pull[2], value;
    float index[2], picked[2];
    float largest = row[0], best = 0.0f, others = 0.0f, log_of_sum, inverse, factor = 0.0f;
    for (int j = 1; j < 17; j++) {
        parfocal_distribution_focal_top(row[j], largest, best, (float)j, &largest, &best);
    }
    for (int j = 0; j < 17; j++) {
        parfocal_distribution_focal_exponential(row[j], largest, best, others, (float)j, &e[j], &others);
    }
    parfocal_distribution_focal_finish(others, &log_of_sum, &inverse);
    parfocal_distribution_focal_indices(y, &index[0], &index[1]);
    parfocal_distribution_focal_pick(row[pf_index(index[0])], largest, log_of_sum, &log_p[0]);
    parfocal_distribution_focal_pick(row[pf_index(index[1])], largest, log_of_sum, &log_p[1]);
    parfocal_distribution_focal_program(log_p[0], log_p[1], y, weight, scale, &pull[0], &pull[1], &value);
    factor += -pull[0];
    factor += -pull[1];
    parfocal_distribution_focal_picked(row[pf_index(index[0])], largest, best, others, inverse, factor, index[0], pull[0], index[1], pull[1], &picked[0]);
    parfocal_distribution_focal_picked(row[pf_index(index[1])], largest, best, others, inverse, factor, index[1], pull[1], index[0], pull[0], &picked[1]);
    for (int j = 0; j < 17; j++) {
        parfocal_distribution_focal_gradient(e[j], inverse, factor, (float)j, &gradient[j]);
    }
    gradient[pf_index(index[0])] = picked[0];
    gradient[pf_index(index[1])] = picked[1];
    return value;
}

template <typename Number>
static __device__ void parfocal_distribution_focal_rows(long long rows, const Number *logits, const float *y, const float *weights, float scale, Number *gradient, double *partial)
{
    double sum = 0.0;
    const long long step = (long long)gridDim.x * blockDim.x;
    for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < rows; i += step) {
        float row[17];
        for (int j = 0; j < 17; j++) {
            row[j] = pf_load(logits, i * 17 + j);
        }
        sum += (double)parfocal_distribution_focal(row, y[i], weights ? weights[i] : 1.0f, scale, row);
        for (int j = 0; j < 17; j++) {
            pf_store(gradient, i * 17 + j, row[j]);
        }
    }
    pf_reduce(sum, partial);
}

/*
 * A batch of rows, a thread for each: logits and gradient are [rows, 17], what is given and the weights are [rows]; weights may
 * be NULL. Writes the gradient, and to partial, [blocks], each block's sum of the losses. The recipe divides the sum by
 * the sum of the positives' qualities, at least 1, positives being rows whose weight is not 0; scale is 1 over that.
 */
extern "C" __global__ void parfocal_distribution_focal_rows_float32(long long rows, const float *logits, const float *y, const float *weights, float scale, float *gradient, double *partial)
{
    parfocal_distribution_focal_rows(rows, logits, y, weights, scale, gradient, partial);
}

extern "C" __global__ void parfocal_distribution_focal_rows_bfloat16(long long rows, const pf_bfloat16 *logits, const float *y, const float *weights, float scale, pf_bfloat16 *gradient, double *partial)
{
    parfocal_distribution_focal_rows(rows, logits, y, weights, scale, gradient, partial);
}
