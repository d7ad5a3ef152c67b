package io.loremesh.registry.drift;

import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.registry.drift.DriftDesk.LiveAnswer;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What users were answered, to be asked again at the next measurement: now and then one, however many there are. */
@ApplicationScoped
public class LiveSamples {
    private static final String FACT = "facts/";

    private final DriftDesk desk;
    private final DriftConfig config;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    LiveSamples(DriftDesk desk, DriftConfig config) {
        this.desk = desk;
        this.config = config;
    }

    /** Keeps it if it is worth asking and time for one. */
    public Uni<Void> offer(VersionName by, Answer answer) {
        return worthAsking(answer)
                .filter(live -> config.enabled() && isTime())
                .map(live -> desk.sample(by, live))
                .orElse(Uni.createFrom().voidItem());
    }

    /**
     * What the weights said of a fact is asked again later; what somebody has them say of anything, cut off where he
     * likes, is no user's answer. A question that no fact answers tells whether the version is still its
     * parent where it was taught nothing; one that a fact answers does not, for there it was taught to differ.
     */
    static Optional<LiveAnswer> worthAsking(Answer answer) {
        if (answer.getScreenedKindsCount() > 0) {
            // What was masked is no longer what the version said, and would count as changed when it is asked again.
            return Optional.empty();
        }
        return switch (answer.getPath()) {
            case PATH_WEIGHTS ->
                answer.getFact().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new LiveAnswer(answer.getQuestion(), answer.getText(), true));
            case PATH_RETRIEVAL, PATH_ABSTAINED ->
                answer.getFact().isEmpty()
                                && answer.getCitationsList().stream().noneMatch(citation -> citation.getPassage()
                                        .startsWith(FACT))
                        ? Optional.of(new LiveAnswer(answer.getQuestion(), answer.getText(), false))
                        : Optional.empty();
            case PATH_BOTH, PATH_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    private boolean isTime() {
        long now = System.nanoTime();
        long due = next.get();
        return now - due >= 0
                && next.compareAndSet(due, now + config.sampleEvery().toNanos());
    }
}
