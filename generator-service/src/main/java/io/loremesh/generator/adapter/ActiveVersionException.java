package io.loremesh.generator.adapter;

/** The version that answers cannot be let go. */
public final class ActiveVersionException extends RuntimeException {
    ActiveVersionException(String name) {
        super("Version " + name + " answers now; move the alias active to another version first");
    }
}
