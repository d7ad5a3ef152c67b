package io.loremesh.retriever;

import io.loremesh.retriever.index.KnowledgeConsumer;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Live while the consumer's thread runs, with or without Kafka. Ready once everything has been applied that the topic
 * held when it was first reached; from then on a lost Kafka is told as data and does not take searches away, while an
 * index that takes no changes does.
 */
final class RetrieverHealth {
    private static final String CONSUMER = "knowledge-consumer";

    @Produces
    @Liveness
    HealthCheck consumerRuns(KnowledgeConsumer consumer) {
        return () ->
                HealthCheckResponse.named(CONSUMER).status(consumer.alive()).build();
    }

    @Produces
    @Readiness
    HealthCheck indexIsCurrent(KnowledgeConsumer consumer) {
        return () -> {
            var response = HealthCheckResponse.named("index").status(consumer.caughtUp());
            if (!consumer.trouble().isEmpty()) {
                response.withData(CONSUMER, consumer.trouble());
            }
            return response.build();
        };
    }
}
