package io.loremesh.registry.trial;

/** Which of n times, in order, stand for what is reported of them. */
final class LatencyRanks {
    private static final double Z = 1.959963984540054;
    private static final double TAIL = 0.95;

    private LatencyRanks() {}

    /**
     * Fractions for PostgreSQL's {@code percentile_disc}: the median, the 95th percentile, and the ranks that bound the
     * latter with 95 % by the normal approximation of the binomial, as {@code Interval.quantile} has them.
     *
     * @param n at least 1
     */
    static Double[] of(int n) {
        double half = Z * Math.sqrt(n * TAIL * (1 - TAIL));
        return new Double[] {
            fraction(Math.ceil(n * 0.5), n),
            fraction(Math.ceil(n * TAIL), n),
            fraction(Math.floor(n * TAIL - half), n),
            fraction(Math.ceil(n * TAIL + half), n)
        };
    }

    /** Between two ranks, where rounding cannot make it another's. */
    private static double fraction(double rank, int n) {
        return (Math.clamp(rank, 1, n) - 0.5) / n;
    }
}
