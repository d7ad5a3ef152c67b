package io.loremesh.generator.adapter;

/** Bytes that are not those that their digest names. Nothing of them is kept. */
public final class ArtifactCorruptException extends RuntimeException {
    ArtifactCorruptException(String expected, String actual) {
        super("Artifact " + expected + " arrived as " + actual
                + "; check the registry's artifact store, then load again");
    }
}
