package io.loremesh.generator.base;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the base model is loaded; neighbours that are away degrade answers, not readiness. */
@Readiness
@ApplicationScoped
class BaseReadiness implements HealthCheck {
    private final ServedBase base;

    BaseReadiness(ServedBase base) {
        this.base = base;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("base model").status(base.available());
        try {
            LoadedBase loaded = base.get();
            return response.withData("model", loaded.name())
                    .withData("digest", loaded.checkpoint().digest())
                    .build();
        } catch (BaseUnavailableException unavailable) {
            return response.withData("problem", unavailable.getMessage()).build();
        }
    }
}
