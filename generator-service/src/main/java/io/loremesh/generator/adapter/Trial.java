package io.loremesh.generator.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A version that the registry tries before it makes it active.
 *
 * @param move sequence of the move of {@code canary} that began it
 * @param version `models/{model}/versions/{version}`
 * @param share of the requests that name no version, above 0 and up to 1
 * @param shadow it is asked beside the active version, and nobody is shown what it says
 */
public record Trial(long move, String version, double share, boolean shadow) {
    private static final double UNIT = 0x1p-53;

    public Trial {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "a trial of %s has a share of %s; it lies above 0 and up to 1".formatted(version, share));
        }
    }

    /**
     * Whether a request belongs to the share. The same key is always told the same, by every replica; another trial
     * draws others, so that it is not the same users who try everything.
     *
     * @param key what a conversation and its retries have in common
     */
    public boolean draws(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((move + "\n" + key).getBytes(UTF_8));
            return (ByteBuffer.wrap(hash).getLong() >>> 11) * UNIT < share;
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
