package io.loremesh.generator.answer;

import io.loremesh.generator.base.ServedBase;
import io.loremesh.generator.inference.InferenceEngine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Shows the engine's load. */
@ApplicationScoped
class EngineMetrics {
    void register(@Observes StartupEvent started, ServedBase base, MeterRegistry metrics) {
        if (base.available()) {
            InferenceEngine engine = base.get().engine();
            Gauge.builder("loremesh.inference.queue", engine, InferenceEngine::queueDepth)
                    .description("Requests that wait for a row of the batch")
                    .register(metrics);
            Gauge.builder("loremesh.inference.running", engine, InferenceEngine::running)
                    .description("Sequences in the batch")
                    .register(metrics);
            FunctionCounter.builder("loremesh.inference.tokens", engine, InferenceEngine::tokens)
                    .description("Tokens run, prompts included")
                    .register(metrics);
        }
    }
}
