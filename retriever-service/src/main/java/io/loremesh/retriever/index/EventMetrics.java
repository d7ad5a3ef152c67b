package io.loremesh.retriever.index;

import io.loremesh.events.EventType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What the consumer did, for {@code /q/metrics}. */
public final class EventMetrics {
    private final MeterRegistry registry;
    private final Timer searchable;

    public EventMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.searchable = Timer.builder("loremesh.retriever.event.searchable")
                .description("From an event's publishing to its being found by searches")
                .serviceLevelObjectives(
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5))
                .register(registry);
    }

    void heard(EventType type, KnowledgeFlow.Outcome outcome) {
        String told = outcome.name().toLowerCase(Locale.ROOT);
        registry.counter("loremesh.retriever.events", "type", type.type(), "outcome", told)
                .increment();
    }

    void deadLettered() {
        registry.counter("loremesh.retriever.events", "type", "unknown", "outcome", "dead-lettered")
                .increment();
    }

    void searchable(Instant published) {
        searchable.record(Duration.between(published, Instant.now()));
    }
}
