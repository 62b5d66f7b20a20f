#define ANCHORS 400

static void *read(size_t count)
{
    float *numbers = malloc((count + 1) * sizeof(float));
    if (fread(numbers, sizeof(float), count, stdin) != count) {
        exit(1);
    }
    return numbers;
}

static void write(const float *gradient, const float *values, size_t numbers, size_t elements, double total)
{
    fwrite(gradient, sizeof(float), numbers, stdout);
    fwrite(values, sizeof(float), elements, stdout);
    fwrite(&total, sizeof(double), 1, stdout);
}

