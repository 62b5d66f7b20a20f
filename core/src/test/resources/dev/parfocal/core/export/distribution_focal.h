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

#ifndef PARFOCAL_DISTRIBUTION_FOCAL_H
#define PARFOCAL_DISTRIBUTION_FOCAL_H

#ifndef PARFOCAL_PRELUDE
#define PARFOCAL_PRELUDE

#include <float.h>
#include <stddef.h>

#if defined(__FAST_MATH__) || defined(_M_FP_FAST)
#error "compile without -ffast-math and /fp:fast: they change the bits of what is computed here"
#endif
#if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD != 0
#error "float must be computed as float: on 32-bit x86 compile with -msse2 -mfpmath=sse"
#endif
#if defined(__FP_FAST_FMAF) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 12 && !defined(__STRICT_ANSI__)
#error "compile with -std=c99: in its own dialects this compiler joins products and sums"
#endif
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#elif defined(_MSC_VER)
#pragma fp_contract(off)
#endif

#define PF_FUNCTION static inline

/* The bits of a float. */
PF_FUNCTION unsigned int pf_bits(float x)
{
    union { float number; unsigned int bits; } both;
    both.number = x;
    return both.bits;
}

/* The float with these bits. */
PF_FUNCTION float pf_float(unsigned int bits)
{
    union { float number; unsigned int bits; } both;
    both.bits = bits;
    return both.number;
}

/* A product that is rounded before anything is added to it. */
PF_FUNCTION float pf_mul(float a, float b)
{
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12
    return __builtin_assoc_barrier(a * b);
#else
    return a * b;
#endif
}

PF_FUNCTION float pf_div(float a, float b)
{
    return a / b;
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

/*
 * a * b + c, rounded once. Without an instruction for it: the product is exact in double, the sum is rounded to odd, and so
 * the last rounding sees all that it must.
 */
PF_FUNCTION float pf_fma(float a, float b, float c)
{
#if defined(__FP_FAST_FMAF)
    return __builtin_fmaf(a, b, c);
#else
    union { double number; unsigned long long bits; } sum;
    const double product = (double)a * (double)b;
    const double added = (double)c;
    sum.number = product + added;
    const double part = sum.number - product;
    const double error = (product - (sum.number - part)) + (added - part);
    if ((error < 0.0 || error > 0.0) && (sum.bits & 1u) == 0u) {
        sum.bits += (error > 0.0) == (sum.number > 0.0) ? 1u : 0xffffffffffffffffu;
    }
    return (float)sum.number;
#endif
}

/* The square root, rounded once. */
PF_FUNCTION float pf_sqrt(float x)
{
#if defined(__NO_MATH_ERRNO__) && (defined(__SSE2__) || defined(__aarch64__))
    return __builtin_sqrtf(x);
#else
    if (!(x > 0.0f) || x > FLT_MAX) {
        return x < 0.0f ? pf_float(0x7fc00000u) : x;
    }
    union { double number; unsigned long long bits; } root;
    const double square = (double)x;
    root.number = square;
    root.bits = (root.bits >> 1) + 0x1ff7a3bea91d9b1bu;
    for (int i = 0; i < 4; i++) {
        root.number = 0.5 * (root.number + square / root.number);
    }
    return (float)root.number;
#endif
}

/* A bin's number as an index. */
PF_FUNCTION int pf_index(float bin)
{
    return bin > 0.0f ? (int)bin : 0;
}

/* The order in which Parfocal adds up the values of a batch: so the sum has the same bits, too. */
typedef struct {
    int tile;
    int tiles;
    int elements;
    int full;
    float lanes[16];
    double chunk;
    double total;
} pf_sum;

PF_FUNCTION pf_sum pf_sum_of(int tile, int tiles)
{
    pf_sum sum = {0, 0, 0, 0, {0.0f}, 0.0, 0.0};
    sum.tile = tile;
    sum.tiles = tiles;
    return sum;
}

PF_FUNCTION void pf_close_tile(pf_sum *sum)
{
    double tile = 0.0;
    for (int lane = 0; lane < 16; lane++) {
        tile += (double)sum->lanes[lane];
        sum->lanes[lane] = 0.0f;
    }
    sum->chunk += tile;
    sum->elements = 0;
    if (++sum->full == sum->tiles) {
        sum->total += sum->chunk;
        sum->chunk = 0.0;
        sum->full = 0;
    }
}

PF_FUNCTION void pf_add(pf_sum *sum, float value)
{
    sum->lanes[sum->elements & 15] += value;
    if (++sum->elements == sum->tile) {
        pf_close_tile(sum);
    }
}

PF_FUNCTION double pf_total(pf_sum *sum)
{
    if (sum->elements > 0) {
        pf_close_tile(sum);
    }
    return sum->total + sum->chunk;
}

/* A state after a batch with a mean; NaN, of a batch in which nothing counts, leaves it as it is. */
PF_FUNCTION double pf_next(double state, double mean, double momentum, double least, double most)
{
    const double held = mean < least ? least : mean > most ? most : mean;
    const double moved = state + momentum * (held - state);
    return moved == moved ? moved : state;
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
PF_FUNCTION float parfocal_distribution_focal(const float *row, float y, float weight, float scale, float *gradient)
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

/*
 * A batch of rows: logits and gradient are [rows, 17], what is given and the weights are [rows]; weights may be NULL. Writes the
 * gradient, and returns the sum of the losses divided by the normalizer.
 */
PF_FUNCTION double parfocal_distribution_focal_rows(size_t rows, const float *logits, const float *y, const float *weights, double normalizer, float *gradient)
{
    const float scale = (float)(1.0 / normalizer);
    pf_sum sum = pf_sum_of(512, 4);
    for (size_t i = 0; i < rows; i++) {
        pf_add(&sum, parfocal_distribution_focal(&logits[i * 17], y[i], weights ? weights[i] : 1.0f, scale, &gradient[i * 17]));
    }
    return pf_total(&sum) / normalizer;
}

/* What the recipe divides the sum over a batch by, positives being rows whose weight is not 0: the sum of the positives' qualities, at least 1. */
PF_FUNCTION double parfocal_distribution_focal_normalizer(size_t rows, const float *weights)
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
    return quality > 1.0 ? quality : 1.0;
}


#endif
