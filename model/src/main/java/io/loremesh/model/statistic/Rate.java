package io.loremesh.model.statistic;

/**
 * A share of cases with its 95 % Wilson score interval (Wilson 1927), which stays honest for few cases and for shares
 * near 0 and 1.
 *
 * @param hits cases that count
 * @param n all cases; 0 is no measurement: the value is NaN and the interval everything
 */
public record Rate(int hits, int n) {

    private static final double Z = 1.959963984540054;

    public Rate {
        if (hits < 0 || hits > n) {
            throw new IllegalArgumentException("%d hits of %d cases; hits must be from 0 to n".formatted(hits, n));
        }
    }

    public boolean measured() {
        return n > 0;
    }

    public double value() {
        return measured() ? (double) hits / n : Double.NaN;
    }

    /** The lower end of the interval. */
    public double low() {
        return hits == 0 ? 0 : centre() - spread();
    }

    /** The upper end of the interval. */
    public double high() {
        return hits == n ? 1 : centre() + spread();
    }

    public Rate plus(Rate other) {
        return new Rate(hits + other.hits, n + other.n);
    }

    private double centre() {
        return (value() + Z * Z / (2 * n)) / (1 + Z * Z / n);
    }

    private double spread() {
        double p = value();
        return Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4.0 * n * n));
    }
}
