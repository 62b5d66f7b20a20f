    {
        double sum = 0.0;
        double count = 0.0;
        for (size_t i = 0; i < @ELEMENTS@; i++) {
            float term;
            if ((!weights || weights[i] != 0.0f) && @COUNTS@) {
                @NAME@_sum_@NUMBER@(@SUM_INPUTS@, &term);
                sum += (double)term;
                @NAME@_count_@NUMBER@(@COUNT_INPUTS@, &term);
                count += (double)term;
            }
        }
        state->@STATE@ = pf_next(before.@STATE@, sum / count, @MOMENTUM@, @LEAST@, @MOST@);
    }
