package io.loremesh.generator.adapter;

/** A version that this generator does not hold. */
public final class VersionNotLoadedException extends RuntimeException {
    VersionNotLoadedException(String name) {
        super("Version " + name + " is not loaded here; call LoadVersion first");
    }
}
