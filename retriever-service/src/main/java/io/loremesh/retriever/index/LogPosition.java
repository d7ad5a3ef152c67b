package io.loremesh.retriever.index;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a Kafka topic was read into an index.
 *
 * @param topicId identifies the topic across a deletion and re-creation under the same name; empty before the first
 *     read
 * @param nextOffsets next offset to apply, by partition
 * @param lastUpdate time of the last event applied
 */
public record LogPosition(String topicId, Map<Integer, Long> nextOffsets, Optional<Instant> lastUpdate) {
    private static final String TOPIC = "kafka.topic.id";
    private static final String OFFSET = "kafka.next.offset.";
    private static final String UPDATED = "last.update";

    public LogPosition {
        Objects.requireNonNull(topicId);
        nextOffsets = Collections.unmodifiableMap(new TreeMap<>(nextOffsets));
        Objects.requireNonNull(lastUpdate);
    }

    /** Where a topic begins. */
    public static LogPosition start(String topicId) {
        return new LogPosition(topicId, Map.of(), Optional.empty());
    }

    /** After an event. */
    public LogPosition after(int partition, long offset, Instant time) {
        return new LogPosition(topicId, advanced(partition, offset), Optional.of(time));
    }

    /** After a message that was no event of ours. */
    public LogPosition skipping(int partition, long offset) {
        return new LogPosition(topicId, advanced(partition, offset), lastUpdate);
    }

    /** After a change that did not come from the topic. */
    public LogPosition updatedAt(Instant time) {
        return new LogPosition(topicId, nextOffsets, Optional.of(time));
    }

    private Map<Integer, Long> advanced(int partition, long offset) {
        Map<Integer, Long> offsets = new TreeMap<>(nextOffsets);
        offsets.put(partition, offset + 1);
        return offsets;
    }

    /** As the user data of a commit. */
    Map<String, String> toCommitData() {
        Map<String, String> data = new TreeMap<>();
        data.put(TOPIC, topicId);
        nextOffsets.forEach((partition, offset) -> data.put(OFFSET + partition, Long.toString(offset)));
        lastUpdate.ifPresent(time -> data.put(UPDATED, time.toString()));
        return data;
    }

    static LogPosition ofCommitData(Map<String, String> data) {
        Map<Integer, Long> offsets = new TreeMap<>();
        data.forEach((key, value) -> {
            if (key.startsWith(OFFSET)) {
                offsets.put(Integer.valueOf(key.substring(OFFSET.length())), Long.valueOf(value));
            }
        });
        return new LogPosition(
                data.getOrDefault(TOPIC, ""),
                offsets,
                Optional.ofNullable(data.get(UPDATED)).map(Instant::parse));
    }
}
