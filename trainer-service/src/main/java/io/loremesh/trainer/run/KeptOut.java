package io.loremesh.trainer.run;

import java.util.List;

/**
 * A fact that the model's policy keeps out of training.
 *
 * @param fact {@code facts/{fact}}: what it says may be the very thing that is not to be told
 * @param reasons why, a sentence each
 */
public record KeptOut(String fact, List<String> reasons) {
    public KeptOut {
        reasons = List.copyOf(reasons);
    }

    @Override
    public String toString() {
        return "%s: %s".formatted(fact, String.join(", ", reasons));
    }
}
