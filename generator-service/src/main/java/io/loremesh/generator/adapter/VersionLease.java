package io.loremesh.generator.adapter;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A request's hold on its version, from its start to its last token: a promotion changes the next answer, never this
 * one. Close it once, at the end.
 */
public final class VersionLease implements AutoCloseable {
    private final ServedVersion version;
    private final AtomicInteger holders;

    VersionLease(ServedVersion version, AtomicInteger holders) {
        this.version = version;
        this.holders = holders;
        holders.incrementAndGet();
    }

    public ServedVersion version() {
        return version;
    }

    @Override
    public void close() {
        holders.decrementAndGet();
    }
}
