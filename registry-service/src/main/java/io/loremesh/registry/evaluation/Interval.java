package io.loremesh.registry.evaluation;

/** A 95 % confidence interval. */
public record Interval(double low, double high) {
    private static final double Z = 1.959963984540054;

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval from %s to %s is none".formatted(low, high));
        }
    }

    /**
     * Of a rate: Wilson's score interval (1927), which stays within 0 and 1 and holds for small n.
     *
     * @param rate 0 to 1
     * @param n items, at least 1
     */
    public static Interval wilson(double rate, int n) {
        double z2 = Z * Z;
        double centre = (rate + z2 / (2 * n)) / (1 + z2 / n);
        double half = Z / (1 + z2 / n) * Math.sqrt(rate * (1 - rate) / n + z2 / (4.0 * n * n));
        // Where all or none count the bound is the end itself; rounding would miss it by a hair.
        return new Interval(rate == 0 ? 0 : centre - half, rate == 1 ? 1 : centre + half);
    }

    /** Of the difference a − b of two rates: Newcombe's method 10 (1998), from their Wilson intervals. */
    public static Interval difference(double a, int na, double b, int nb) {
        Interval ia = wilson(a, na);
        Interval ib = wilson(b, nb);
        double difference = a - b;
        return new Interval(
                difference - Math.hypot(a - ia.low, ib.high - b), difference + Math.hypot(ia.high - a, b - ib.low));
    }

    /** Of a mean of at least one figure, by the normal approximation. */
    public static Interval mean(double[] figures) {
        double mean = java.util.Arrays.stream(figures).average().orElseThrow();
        double squares = java.util.Arrays.stream(figures)
                .map(figure -> (figure - mean) * (figure - mean))
                .sum();
        double half = figures.length < 2 ? 0 : Z * Math.sqrt(squares / (figures.length - 1) / figures.length);
        return new Interval(mean - half, mean + half);
    }

    /**
     * Of a quantile: the figures whose ranks bound it with 95 %, by the normal approximation of the binomial.
     *
     * @param sorted ascending, at least one
     */
    public static Interval quantile(double[] sorted, double quantile) {
        double rank = quantile * sorted.length;
        double half = Z * Math.sqrt(sorted.length * quantile * (1 - quantile));
        int low = (int) Math.floor(rank - half) - 1;
        int high = (int) Math.ceil(rank + half) - 1;
        return new Interval(
                sorted[Math.clamp(low, 0, sorted.length - 1)], sorted[Math.clamp(high, 0, sorted.length - 1)]);
    }
}
