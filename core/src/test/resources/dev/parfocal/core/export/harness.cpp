#define ANCHORS 400

template <typename Number = float>
static const Number *read(size_t count)
{
    static_assert(sizeof(Number) == 4, "all numbers have 4 bytes");
    Number *numbers = static_cast<Number *>(std::malloc((count + 1) * 4));
    if (std::fread(numbers, 4, count, stdin) != count) {
        std::exit(1);
    }
    return numbers;
}

static pf_bfloat16 *upper_halves(const float *numbers, size_t count)
{
    pf_bfloat16 *halves = static_cast<pf_bfloat16 *>(std::malloc((count + 1) * 2));
    for (size_t i = 0; i < count; i++) {
        halves[i].bits = static_cast<unsigned short>(pf_bits(numbers[i]) >> 16);
    }
    return halves;
}

static void write(const float *gradient, size_t count, double total)
{
    std::fwrite(gradient, 4, count, stdout);
    std::fwrite(&total, 8, 1, stdout);
}

static void write(const pf_bfloat16 *gradient, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const float number = pf_load(gradient, (long long)i);
        std::fwrite(&number, 4, 1, stdout);
    }
}

