def test_a_rate_is_the_count_over_the_denominator_of_the_same_day(haus):
    pass
