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

#ifndef PARFOCAL_IOU_H
#define PARFOCAL_IOU_H

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
PF_FUNCTION float parfocal_iou(const float predicted[4], const float target[4], float weight, float scale, float gradient[4])
{
    float value;
    parfocal_iou_program(predicted[0], predicted[1], predicted[2], predicted[3], target[0], target[1], target[2], target[3], weight, scale, &gradient[0], &gradient[1], &gradient[2], &gradient[3], &value);
    return value;
}

/*
 * A batch of boxes: predicted and gradient are [boxes, 4], target is [boxes, 4], the weights are [boxes] and may
 * be NULL. Writes the gradient, and returns the sum of the losses divided by the normalizer.
 */
PF_FUNCTION double parfocal_iou_boxes(size_t boxes, const float *predicted, const float *target, const float *weights, double normalizer, float *gradient)
{
    const float scale = (float)(1.0 / normalizer);
    pf_sum sum = pf_sum_of(512, 4);
    for (size_t i = 0; i < boxes; i++) {
        pf_add(&sum, parfocal_iou(&predicted[i * 4], &target[i * 4], weights ? weights[i] : 1.0f, scale, &gradient[i * 4]));
    }
    return pf_total(&sum) / normalizer;
}

/* What the recipe divides the sum over a batch by, positives being boxes whose weight is not 0: the sum of the positives' qualities, at least 1. */
PF_FUNCTION double parfocal_iou_normalizer(size_t boxes, const float *weights)
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
    return quality > 1.0 ? quality : 1.0;
}


#endif
