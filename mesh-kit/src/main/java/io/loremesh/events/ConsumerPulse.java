package io.loremesh.events;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/**
 * Whether the thread behind a Kafka consumer still polls, as it does every second, also while Kafka or the work on its
 * messages waits. One that does not is dead, whatever it died of.
 */
public final class ConsumerPulse {
    /** Far above what any poll takes. */
    private static final double LONGEST_PAUSE = Duration.ofMinutes(1).toSeconds();

    private ConsumerPulse() {}

    /** Safe to ask from any thread. */
    public static boolean beats(Consumer<?, ?> consumer) {
        return consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("last-poll-seconds-ago"))
                .map(Metric::metricValue)
                .allMatch(seconds -> !(seconds instanceof Number number) || number.doubleValue() < LONGEST_PAUSE);
    }
}
