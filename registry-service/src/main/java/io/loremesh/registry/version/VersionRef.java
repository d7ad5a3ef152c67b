package io.loremesh.registry.version;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request calls a version. {@link Versions#resolve} finds the version itself. */
public sealed interface VersionRef {
    String model();

    /** {@code models/{model}}: the base without an adapter. */
    record Bare(String model) implements VersionRef {}

    /** {@code models/{model}/versions/{number}}. */
    record Numbered(String model, int number) implements VersionRef {}

    /** {@code models/{model}/versions/{alias}}. */
    record Aliased(String model, String alias) implements VersionRef {}

    /** Lower-case letters, digits and hyphens, 1 to 63. */
    Pattern ID = Pattern.compile("[a-z0-9-]{1,63}");

    /** Begins with a letter, so that no alias reads like a version's number. */
    Pattern ALIAS = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    Pattern NAME =
            Pattern.compile("models/([a-z0-9-]{1,63})(?:/versions/(?:([1-9][0-9]{0,8})|([a-z][a-z0-9-]{0,62})))?");

    /** Reads a resource name. Errors: INVALID. */
    static VersionRef parse(String name) {
        Matcher match = NAME.matcher(name);
        if (!match.matches()) {
            throw new RegistryException(
                    Kind.INVALID,
                    "\"%s\" names no version; write `models/{model}/versions/{number or alias}`, or `models/{model}`",
                    name);
        }
        if (match.group(2) != null) {
            return new Numbered(match.group(1), Integer.parseInt(match.group(2)));
        }
        return match.group(3) != null ? new Aliased(match.group(1), match.group(3)) : new Bare(match.group(1));
    }

    /** Reads {@code models/{model}}. Errors: INVALID. */
    static String model(String name) {
        String id = name.startsWith("models/") ? name.substring("models/".length()) : "";
        if (!ID.matcher(id).matches()) {
            throw new RegistryException(Kind.INVALID, "\"%s\" names no model; write `models/{model}`", name);
        }
        return id;
    }
}
