package io.loremesh.retriever;

import io.loremesh.retriever.embedding.CachedTextEncoder;
import io.loremesh.retriever.embedding.OnnxTextEncoder;
import io.loremesh.retriever.embedding.TextEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The encoder of the service, opened once for all plain tests: opening it costs more than most of them. */
public final class RealEncoder {
    private static final TextEncoder ENCODER = open();

    private RealEncoder() {}

    private static TextEncoder open() {
        try {
            return new CachedTextEncoder(OnnxTextEncoder.open(Path.of("target", "encoder"), 1), 1_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TextEncoder get() {
        return ENCODER;
    }
}
