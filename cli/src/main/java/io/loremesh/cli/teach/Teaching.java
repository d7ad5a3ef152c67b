package io.loremesh.cli.teach;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.teach.Reading.Refusal;
import io.loremesh.cli.teach.Reading.Told;
import io.loremesh.cli.terminal.ProgressBar;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.knowledge.Succession;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.FactHistory;
import io.loremesh.proto.registry.v1.GetFactHistoryRequest;
import io.loremesh.proto.retriever.v1.GetIndexStatusRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Tells lessons and follows them until the mesh holds them: the retriever's index has passed each, and the registry has
 * each fact with its answer. As long as either gets on there is no limit of time. What became a dead letter is told
 * with its reason.
 */
final class Teaching {
    private static final Duration POLL = Duration.ofMillis(25);
    private static final int PLAIN_LINES = 10;

    private final KnowledgePublisher publisher;
    private final MeshClients clients;
    private final DeadLetterReader letters;
    private final Terminal terminal;
    private final Duration patience;

    /**
     * What became of the lessons.
     *
     * @param held how many the mesh holds
     * @param notHeld the others, with the reason
     * @param seconds until the index held the last; null where nobody waited, or not all came there
     */
    record Outcome(int held, List<Refusal> notHeld, Double seconds) {
        static final Outcome NOTHING = new Outcome(0, List.of(), null);
    }

    /** @param patience how long the readers may stand still before it is said that they do */
    Teaching(
            KnowledgePublisher publisher,
            MeshClients clients,
            DeadLetterReader letters,
            Terminal terminal,
            Duration patience) {
        this.publisher = publisher;
        this.clients = clients;
        this.letters = letters;
        this.terminal = terminal;
        this.patience = patience;
    }

    /** Returns when Kafka has them. */
    Outcome send(List<Told> lessons) throws InterruptedException {
        publisher.send(lessons.stream().map(Told::lesson).toList());
        return new Outcome(lessons.size(), List.of(), null);
    }

    /** Returns when the mesh holds them, or its readers have stood still for too long. */
    Outcome teach(List<Told> lessons) throws InterruptedException {
        long begin = System.nanoTime();
        List<RecordMetadata> places =
                publisher.send(lessons.stream().map(Told::lesson).toList());
        Map<RecordMetadata, Told> toIndex = new LinkedHashMap<>();
        for (int i = 0; i < places.size(); i++) {
            toIndex.put(places.get(i), lessons.get(i));
        }
        var bar = new ProgressBar(terminal, lessons.size() < 100 ? 0 : PLAIN_LINES);
        var notHeld = new ArrayList<Refusal>();
        Map<RecordMetadata, Told> notIndexed = new LinkedHashMap<>(toIndex);
        follow(notIndexed, bar, "in the index", this::indexed);
        Double seconds = notIndexed.isEmpty() ? (System.nanoTime() - begin) / 1e9 : null;
        drop(
                notIndexed,
                notHeld,
                "the retriever has stood still before it for %d s; its log tells why".formatted(patience.toSeconds()));
        Map<RecordMetadata, Told> toRecord = new LinkedHashMap<>(toIndex);
        toRecord.values().removeIf(told -> !isHeldByRegistry(told.lesson()));
        letters.read();
        toRecord.keySet().removeIf(place -> reason(place) != null);
        follow(toRecord, bar, "in the ledger", this::recorded);
        bar.end();
        Map<RecordMetadata, Told> dead = new LinkedHashMap<>(toIndex);
        letters.read();
        dead.keySet().removeIf(place -> reason(place) == null);
        dead.forEach((place, told) -> notHeld.add(new Refusal(told.place(), "not taken: " + reason(place))));
        dead.keySet().forEach(toRecord::remove);
        toRecord.values()
                .removeIf(told -> notHeld.stream().anyMatch(one -> one.place().equals(told.place())));
        drop(
                toRecord,
                notHeld,
                "the registry does not hold it after %d s; its log tells why".formatted(patience.toSeconds()));
        return new Outcome(lessons.size() - notHeld.size(), notHeld, notHeld.isEmpty() ? seconds : null);
    }

    private static void drop(Map<RecordMetadata, Told> left, List<Refusal> notHeld, String reason) {
        left.values().forEach(told -> notHeld.add(new Refusal(told.place(), reason)));
    }

    private interface Step {
        /** Takes away what has arrived; whether anything has moved. */
        boolean take(Map<RecordMetadata, Told> waiting);
    }

    /** Waits until nothing is left, or nothing has moved for as long as patience lasts. */
    private void follow(Map<RecordMetadata, Told> waiting, ProgressBar bar, String where, Step step) {
        int all = waiting.size();
        long moved = System.nanoTime();
        while (!waiting.isEmpty()) {
            if (step.take(waiting)) {
                moved = System.nanoTime();
                bar.show(all - waiting.size(), all, "%d of %d %s".formatted(all - waiting.size(), all, where));
            } else if (System.nanoTime() - moved > patience.toNanos()) {
                return;
            } else {
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    private boolean indexed(Map<RecordMetadata, Told> waiting) {
        Map<Integer, Long> read = clients.retriever()
                .getIndexStatus(GetIndexStatusRequest.getDefaultInstance())
                .getNextOffsetsMap();
        return waiting.keySet().removeIf(place -> read.getOrDefault(place.partition(), 0L) > place.offset());
    }

    /** The ledger applies in the order of the topic, so the first that is missing tells that all behind it are. */
    private boolean recorded(Map<RecordMetadata, Told> waiting) {
        letters.read();
        boolean moved = waiting.keySet().removeIf(place -> reason(place) != null);
        var entries = waiting.entrySet().iterator();
        while (entries.hasNext()
                && isRecorded((Fact) entries.next().getValue().lesson().payload())) {
            entries.remove();
            moved = true;
        }
        return moved;
    }

    private boolean isRecorded(Fact fact) {
        try {
            FactHistory history = clients.registry()
                    .facts()
                    .getFactHistory(GetFactHistoryRequest.newBuilder()
                            .setName(fact.getName())
                            .build());
            return history.getRevisionsList().stream()
                    .anyMatch(revision -> !revision.getRetracted()
                            && revision.getFact().getAnswer().equals(fact.getAnswer()));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /**
     * A fact of another time waits, or is overtaken by a later event; its place in the order is the mesh's to decide.
     */
    private static boolean isHeldByRegistry(Lesson lesson) {
        return lesson.payload() instanceof Fact fact
                && lesson.told().isEmpty()
                && Succession.holds(fact, Instant.now());
    }

    private String reason(RecordMetadata place) {
        return letters.reason("%s/%d/%d".formatted(place.topic(), place.partition(), place.offset()));
    }
}
