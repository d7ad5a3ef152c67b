package io.loremesh.lab.bench;

import java.util.Arrays;

/** Order statistics by the nearest-rank method. */
public final class Quantile {
    private Quantile() {}

    /** @param share 0 to 1 */
    public static double of(double[] values, double share) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
