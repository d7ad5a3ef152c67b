package io.loremesh.retriever.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Remembers vectors, so that a replayed event, a republished document or a question asked again costs no inference. The
 * key is the digest of the text and of the encoder, never the text itself. Returned arrays are shared: do not write to
 * them.
 */
public final class CachedTextEncoder implements TextEncoder {
    private final TextEncoder encoder;
    private final Cache<String, float[]> vectors;

    /** @param capacity vectors kept, 2 KB each */
    public CachedTextEncoder(TextEncoder encoder, long capacity) {
        this.encoder = encoder;
        this.vectors = Caffeine.newBuilder().maximumSize(capacity).build();
    }

    @Override
    public float[] encode(String text) {
        return vectors.get(key(text), missing -> encoder.encode(text));
    }

    private String key(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(encoder.digest().getBytes(UTF_8));
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int dimensions() {
        return encoder.dimensions();
    }

    @Override
    public String digest() {
        return encoder.digest();
    }
}
