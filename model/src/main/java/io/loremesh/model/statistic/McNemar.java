package io.loremesh.model.statistic;

/** Whether two models differ on the same questions (McNemar 1947, exact binomial form). */
public final class McNemar {

    private McNemar() {}

    /**
     * The two-sided exact p: how likely a split at least this uneven is if neither model were better.
     *
     * @param onlyFirst questions that only the first model answers right
     * @param onlySecond questions that only the second model answers right
     * @return from 0 to 1; 1 where the models never differ
     */
    public static double exact(int onlyFirst, int onlySecond) {
        if (onlyFirst < 0 || onlySecond < 0) {
            throw new IllegalArgumentException(
                    "McNemar's counts must not be negative, are %d and %d".formatted(onlyFirst, onlySecond));
        }
        int n = onlyFirst + onlySecond;
        double logTerm = -n * Math.log(2); // log C(n, 0) / 2^n; logs, since 2^-n underflows beyond n = 1074
        double tail = 0;
        for (int i = 0; i <= Math.min(onlyFirst, onlySecond); i++) {
            tail += Math.exp(logTerm);
            logTerm += Math.log(n - i) - Math.log(i + 1);
        }
        return Math.min(1, 2 * tail);
    }
}
