package io.loremesh.cli.model;

import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;

/** A base in words. */
final class ModelText {
    private static final double MIB = 1 << 20;
    private static final double MILLION = 1e6;

    private ModelText() {}

    static void print(StoredModel model, Terminal terminal) {
        new Table("", "")
                .row("name", model.name())
                .row("digest", model.digest())
                .row("architecture", model.architecture())
                .row("parameters", millions(model))
                .row("on disk", mebibytes(model.bytes()))
                .row("memory to serve", mebibytes(model.servingBytes()) + " (weights in fp32 and cache)")
                .row("license", model.license())
                .row("source", model.source())
                .row("added", model.addedAt())
                .print(terminal);
    }

    static String millions(StoredModel model) {
        return "%.1f M".formatted(model.parameters() / MILLION);
    }

    static String mebibytes(long bytes) {
        return "%,.0f MiB".formatted(bytes / MIB);
    }
}
