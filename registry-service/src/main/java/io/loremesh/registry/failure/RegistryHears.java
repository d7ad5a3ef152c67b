package io.loremesh.registry.failure;

import io.loremesh.events.ConsumerPulse;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Not live once a consumer has died: only a restart brings it back. */
@Liveness
@ApplicationScoped
class RegistryHears implements HealthCheck {
    private final KafkaClientService clients;

    RegistryHears(KafkaClientService clients) {
        this.clients = clients;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> dead = clients.getConsumerChannels().stream()
                .filter(channel -> clients.getConsumer(channel) != null
                        && !ConsumerPulse.beats(clients.getConsumer(channel).unwrap()))
                .sorted()
                .toList();
        var health = HealthCheckResponse.named("registry hears its topics").status(dead.isEmpty());
        dead.forEach(channel -> health.withData(channel, "its consumer polls no more; restart the registry"));
        return health.build();
    }
}
