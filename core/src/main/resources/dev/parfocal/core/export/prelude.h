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
