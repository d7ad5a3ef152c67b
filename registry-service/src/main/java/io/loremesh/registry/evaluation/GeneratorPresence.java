package io.loremesh.registry.evaluation;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Shows whether the generator is there. Its absence does not make the registry unready: everything but an evaluation
 * works, and the generator itself needs the registry to start.
 */
@Readiness
@ApplicationScoped
public class GeneratorPresence implements AsyncHealthCheck {
    private final GeneratorClient generator;

    GeneratorPresence(GeneratorClient generator) {
        this.generator = generator;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return generator.isPresent().map(present -> HealthCheckResponse.named("generator")
                .up()
                .withData("generator", present ? "there" : "away: evaluations wait until it is back")
                .build());
    }
}
