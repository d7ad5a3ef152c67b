package io.loremesh.cli.model;

/**
 * A base in the store.
 *
 * @param name what commands call it
 * @param digest of its checkpoint, {@code sha256:…}: what names it everywhere else
 * @param source where it was taken from
 * @param license as its files tell; "unknown" where they do not
 * @param parameters weights, one for each number
 * @param bytes of its weights as they are stored
 * @param servingBytes that a generator needs for weights in fp32 and its cache
 * @param addedAt ISO-8601
 */
public record StoredModel(
        String name,
        String digest,
        String source,
        String license,
        String architecture,
        long parameters,
        long bytes,
        long servingBytes,
        String addedAt) {

    /** What a person should know before it is started. */
    public String servedWith() {
        return "Serving %s (%s); its generator needs %,d MiB of memory".formatted(name, digest, servingBytes >> 20);
    }
}
