package io.loremesh.retriever;

import io.loremesh.retriever.embedding.OnnxTextEncoder;
import io.loremesh.retriever.index.KnowledgeConsumer;
import io.loremesh.retriever.index.KnowledgeFlow;
import io.loremesh.retriever.index.PassageIndex;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Opens the parts before the first call and closes them after the last: consumer, calls, index, encoder. */
@Singleton
class RetrieverLifecycle {
    private final OnnxTextEncoder encoder;
    private final PassageIndex index;
    private final KnowledgeFlow flow;
    private final KnowledgeConsumer consumer;
    private final RetrieverExecutors executors;

    RetrieverLifecycle(
            OnnxTextEncoder encoder,
            PassageIndex index,
            KnowledgeFlow flow,
            KnowledgeConsumer consumer,
            RetrieverExecutors executors) {
        this.encoder = encoder;
        this.index = index;
        this.flow = flow;
        this.consumer = consumer;
        this.executors = executors;
    }

    void start(@Observes StartupEvent started) {
        encoder.encode("warm"); // the first inference of a session is ten times as slow as the next
        consumer.start();
    }

    void stop(@Observes ShutdownEvent stopping) throws IOException, InterruptedException {
        consumer.close();
        executors.drain();
        flow.commit();
        index.close();
        encoder.close();
    }
}
