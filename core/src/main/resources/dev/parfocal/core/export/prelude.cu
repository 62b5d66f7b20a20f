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
