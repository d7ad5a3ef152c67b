package io.loremesh.generator.adapter;

/** Bytes that did not arrive in time. Nothing of them is kept. */
public final class ArtifactDelayedException extends RuntimeException {
    ArtifactDelayedException(String digest, String fact) {
        super("Artifact " + digest + " did not arrive: " + fact
                + "; see whether the registry is well, then load again");
    }
}
