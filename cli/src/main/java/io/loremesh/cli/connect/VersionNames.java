package io.loremesh.cli.connect;

import java.util.regex.Pattern;

/** Versions as people write them. */
public final class VersionNames {
    private static final Pattern NUMBER = Pattern.compile("v?(\\d+)");

    private VersionNames() {}

    /**
     * The resource name of a version: {@code 3} and {@code v3} count within the model, {@code base} is the bare base
     * model, another word is an alias, and a whole name stays as it is.
     */
    public static String resolve(String model, String text) {
        if (text.startsWith("models/")) {
            return text;
        }
        if (text.equals("base")) {
            return model;
        }
        var number = NUMBER.matcher(text);
        return model + "/versions/" + (number.matches() ? number.group(1) : text);
    }

    /** The short form: {@code v3}, or {@code base} for a name without a version. */
    public static String brief(String name) {
        int at = name.lastIndexOf("/versions/");
        return at < 0 ? "base" : "v" + name.substring(at + "/versions/".length());
    }
}
