package io.loremesh.registry.artifact;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Name of bytes by their content.
 *
 * @param hex SHA-256, 64 lower-case hex digits: nothing else ever reaches a path
 */
public record ContentDigest(String hex) {
    private static final String ALGORITHM = "sha256:";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public ContentDigest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("\"%.80s\" is not 64 lower-case hex digits".formatted(hex));
        }
    }

    /** Reads {@code sha256:…}. Errors: INVALID. */
    public static ContentDigest parse(String digest) {
        String hex = digest.startsWith(ALGORITHM) ? digest.substring(ALGORITHM.length()) : "";
        if (!HEX.matcher(hex).matches()) {
            throw new RegistryException(
                    Kind.INVALID, "digest \"%.80s\" is not `sha256:` and 64 lower-case hex digits", digest);
        }
        return new ContentDigest(hex);
    }

    public static ContentDigest of(byte[] bytes) {
        MessageDigest hash = newHash();
        hash.update(bytes);
        return of(hash);
    }

    static ContentDigest of(MessageDigest hash) {
        return new ContentDigest(HexFormat.of().formatHex(hash.digest()));
    }

    static MessageDigest newHash() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return ALGORITHM + hex;
    }
}
