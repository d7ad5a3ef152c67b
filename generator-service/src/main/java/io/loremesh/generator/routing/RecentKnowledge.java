package io.loremesh.generator.routing;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Begins to read the knowledge topic a while before now: what came between the registry's last ledger line and this
 * process's first poll must not be missed, and reading an event twice changes nothing.
 */
@ApplicationScoped
@Identifier("recent-knowledge") class RecentKnowledge implements KafkaConsumerRebalanceListener {
    private static final Duration WHILE = Duration.ofMinutes(10);

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        long from = Instant.now().minus(WHILE).toEpochMilli();
        consumer.offsetsForTimes(partitions.stream().collect(Collectors.toMap(partition -> partition, p -> from)))
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        consumer.seek(partition, offset.offset());
                    }
                });
    }
}
