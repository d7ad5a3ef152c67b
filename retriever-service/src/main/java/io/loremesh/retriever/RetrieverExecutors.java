package io.loremesh.retriever;

import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that Lucene and ONNX Runtime run on: platform threads, bounded in number and in what may wait for them,
 * so that a flood is refused and not queued without end. One thread ingests, since changes are made one after the other
 * anyway.
 */
@Singleton
class RetrieverExecutors {
    private final ExecutorService search;
    private final ExecutorService ingest;

    RetrieverExecutors(RetrieverConfig config) {
        search = bounded("search-", config.search().threads(), config.search().queue());
        ingest = bounded("ingest-", 1, config.ingest().queue());
    }

    private static ExecutorService bounded(String name, int threads, int queue) {
        return new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                Thread.ofPlatform().name(name, 0).factory());
    }

    ExecutorService search() {
        return search;
    }

    ExecutorService ingest() {
        return ingest;
    }

    /** Returns once every call in progress is done: closing native code under a call crashes the JVM. */
    void drain() {
        ingest.close();
        search.close();
    }
}
