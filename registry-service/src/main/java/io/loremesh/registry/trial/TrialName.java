package io.loremesh.registry.trial;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code models/{model}/trials/{move}}.
 *
 * @param move sequence of the move of `canary` that began the trial
 */
record TrialName(String model, long move) {
    private static final Pattern FORM = Pattern.compile("models/([a-z0-9-]{1,63})/trials/([1-9][0-9]{0,17})");

    /** Errors: INVALID. */
    static TrialName parse(String name) {
        Matcher match = FORM.matcher(name);
        if (!match.matches()) {
            throw new RegistryException(
                    Kind.INVALID, "\"%s\" names no trial; write `models/{model}/trials/{number}`", name);
        }
        return new TrialName(match.group(1), Long.parseLong(match.group(2)));
    }

    @Override
    public String toString() {
        return "models/%s/trials/%d".formatted(model, move);
    }
}
