package io.loremesh.registry.evaluation;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code models/{model}/versions/{version}/evaluations/{evaluation}}. */
record EvaluationName(String version, long id) {
    private static final Pattern NAME =
            Pattern.compile("(models/[a-z0-9-]{1,63}/versions/[1-9][0-9]{0,8})/evaluations/([1-9][0-9]{0,17})");

    /** Errors: INVALID. */
    static EvaluationName parse(String name) {
        Matcher match = NAME.matcher(name);
        if (!match.matches()) {
            throw new RegistryException(
                    Kind.INVALID,
                    "\"%s\" names no evaluation; write `models/{model}/versions/{version}/evaluations/{evaluation}`",
                    name);
        }
        return new EvaluationName(match.group(1), Long.parseLong(match.group(2)));
    }

    @Override
    public String toString() {
        return version + "/evaluations/" + id;
    }
}
