package io.loremesh.lab.bench.registry;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.Waiting;
import io.loremesh.cli.teach.KnowledgePublisher;
import io.loremesh.cli.teach.Lesson;
import io.loremesh.events.Topics;
import io.loremesh.lab.bench.Quantile;
import io.loremesh.lab.report.Row;
import io.loremesh.proto.registry.v1.GetFactHistoryRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many events about new facts a second come from Kafka to the ledger, from the first that is sent to the last that
 * is recorded.
 */
record FactEvents(MeshClients clients, MeshAddress address) {
    private static final int ROUNDS = 3;
    private static final int EVENTS = 5_000;
    /** Each partition brings its events in order: when the last of all are there, so are the others. */
    private static final int LAST = 50;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    Row measure() throws InterruptedException {
        double[] rates = new double[ROUNDS];
        try (var publisher = new KnowledgePublisher(address, "/mesh/bench")) {
            publisher.warmUp(Topics.KNOWLEDGE);
            for (int round = 0; round < ROUNDS; round++) {
                List<Lesson> lessons = lessons(round * EVENTS);
                long begin = System.nanoTime();
                publisher.publish(lessons);
                for (Lesson last : lessons.subList(EVENTS - LAST, EVENTS)) {
                    Waiting.until("the registry to record a fact", PATIENCE, () -> isRecorded(last));
                }
                rates[round] = EVENTS / ((System.nanoTime() - begin) / 1e9);
            }
        }
        return Row.of("record facts from Kafka, median", Quantile.of(rates, .5), "1/s")
                .atLeast(2_000)
                .noting("%d events at once, %d times".formatted(EVENTS, ROUNDS));
    }

    private boolean isRecorded(Lesson lesson) {
        try {
            return clients.registry()
                            .facts()
                            .getFactHistory(GetFactHistoryRequest.newBuilder()
                                    .setName(lesson.subject())
                                    .build())
                            .getRevisionsCount()
                    > 0;
        } catch (StatusRuntimeException refusal) {
            if (refusal.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return false;
            }
            throw refusal;
        }
    }

    private static List<Lesson> lessons(int from) {
        return IntStream.range(from, from + EVENTS)
                .mapToObj(number -> Lesson.of(FactRecords.fact("crate", number)))
                .toList();
    }
}
