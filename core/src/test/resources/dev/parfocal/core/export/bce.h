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

#ifndef PARFOCAL_BCE_H
#define PARFOCAL_BCE_H

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

/*
 * A batch in which every logit has targets: logits, gradient, what is given and the weights are [anchors, classes]; weights may
 * be NULL. Writes the gradient, and returns the sum of the losses divided by the normalizer.
 */
PF_FUNCTION double parfocal_bce_dense(size_t anchors, size_t classes, const float *logits, const float *target, const float *weights, double normalizer, float *gradient)
{
    const float scale = (float)(1.0 / normalizer);
    pf_sum sum = pf_sum_of(2048, 16);
    for (size_t i = 0; i < anchors * classes; i++) {
        pf_add(&sum, parfocal_bce(logits[i], target[i], weights ? weights[i] : 1.0f, scale, &gradient[i]));
    }
    return pf_total(&sum) / normalizer;
}

/* What the recipe divides the sum over such a batch by: the number of elements, at least 1. */
PF_FUNCTION double parfocal_bce_dense_normalizer(size_t anchors, size_t classes, const float *target)
{
    double elements = 0.0;
    double positives = 0.0;
    double quality = 0.0;
    for (size_t i = 0; i < anchors * classes; i++) {
        elements += 1.0;
        if (pf_bits(target[i]) != 0u) {
            positives += 1.0;
            quality += (double)target[i];
        }
    }
    (void)elements;
    (void)positives;
    (void)quality;
    return elements > 1.0 ? elements : 1.0;
}

/*
 * A batch in which each anchor has one class at most: labels are [anchors], a class from 0, or -1 for background, or -2 for an
 * anchor that counts for nothing; quality is [anchors], what is given at the anchor's class, where an input named label is 1.
 * Everywhere else what is given is 0.
 */
PF_FUNCTION double parfocal_bce_sparse(size_t anchors, size_t classes, const float *logits, const int *labels, const float *quality, const float *weights, double normalizer, float *gradient)
{
    const float scale = (float)(1.0 / normalizer);
    pf_sum sum = pf_sum_of(2048, 16);
    for (size_t i = 0; i < anchors * classes; i++) {
        const size_t anchor = i / classes;
        const int is_label = labels[anchor] >= 0 && (size_t)labels[anchor] == i % classes;
        float value = 0.0f;
        (void)quality;
        (void)is_label;
        gradient[i] = 0.0f;
        if (labels[anchor] != -2) {
            value = parfocal_bce(logits[i], is_label ? quality[anchor] : 0.0f, weights ? weights[i] : 1.0f, scale, &gradient[i]);
        }
        pf_add(&sum, value);
    }
    return pf_total(&sum) / normalizer;
}

/* What the recipe divides the sum over such a batch by. */
PF_FUNCTION double parfocal_bce_sparse_normalizer(size_t anchors, size_t classes, const int *labels, const float *qualities)
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
    return elements > 1.0 ? elements : 1.0;
}


#endif
