package io.loremesh.registry.drift;

import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.Topics;
import io.loremesh.events.UnreadableEventException;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.TrialArm;
import io.loremesh.registry.drift.DriftDesk.LiveAnswer;
import io.loremesh.registry.failure.DeadLetters;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.lineage.GivenAnswers;
import io.loremesh.registry.trial.TrialAnswers;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.VersionRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Hears what users are answered: who answered is kept for lineage and a sample of what for drift, and what has a part in a
 * trial is counted. One that the database does not take is not worth a wait.
 */
@ApplicationScoped
class AnswersConsumer {
    private static final Logger LOG = Logger.getLogger(AnswersConsumer.class);
    private static final String FACT = "facts/";
    private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

    private final DriftDesk desk;
    private final TrialAnswers trials;
    private final GivenAnswers given;
    private final DriftConfig config;
    private final DeadLetters deadLetters;
    private final jakarta.enterprise.event.Event<AnswerHeard> heard;
    private final AtomicLong nextSample = new AtomicLong(System.nanoTime());

    AnswersConsumer(
            DriftDesk desk,
            TrialAnswers trials,
            GivenAnswers given,
            DriftConfig config,
            DeadLetters deadLetters,
            jakarta.enterprise.event.Event<AnswerHeard> heard) {
        this.heard = heard;
        this.desk = desk;
        this.trials = trials;
        this.given = given;
        this.config = config;
        this.deadLetters = deadLetters;
    }

    @Incoming("answers")
    Uni<Void> consume(ConsumerRecord<String, byte[]> message) {
        try {
            Event event = EventCodec.read(message.headers(), message.value());
            if (!(event.payload() instanceof Answer answer)) {
                return deadLetters.bury(message, RegistryException.misplaced(event.type(), Topics.ANSWERS));
            }
            VersionName by = giver(answer);
            Uni<Void> counted = answer.hasTrial() ? lost(trials.count(answer), "counted for its trial") : NOTHING;
            return isShown(answer)
                    ? counted.chain(() -> lost(given.record(by, answer), "kept for its version's lineage"))
                            .chain(() -> shown(by, answer))
                    : counted;
        } catch (UnreadableEventException | RegistryException unreadable) {
            return deadLetters.bury(message, unreadable);
        }
    }

    private Uni<Void> shown(VersionName by, Answer answer) {
        heard.fire(new AnswerHeard(answer));
        return sampled(answer)
                .filter(sample -> config.enabled() && isTime())
                .map(sample -> lost(desk.sample(by, sample), "sampled"))
                .orElse(NOTHING);
    }

    /**
     * What the weights said of a fact is asked again later; what somebody has them say of anything, cut off where he likes, is
     * no user's answer. A question that no fact answers tells whether the version is still its
     * parent where it was taught nothing; one that a fact answers does not, for there it was taught to differ.
     */
    static Optional<LiveAnswer> sampled(Answer answer) {
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

    /** Not so: what a version on trial said in the shadow, and a request that failed. */
    static boolean isShown(Answer answer) {
        return answer.getTrial().getArm() != TrialArm.TRIAL_ARM_SHADOW
                && answer.getTrial().getFailure().isEmpty();
    }

    private boolean isTime() {
        long now = System.nanoTime();
        long next = nextSample.get();
        return now - next >= 0
                && nextSample.compareAndSet(next, now + config.sampleEvery().toNanos());
    }

    /** Errors: INVALID. */
    private static VersionName giver(Answer answer) {
        return switch (VersionRef.parse(answer.getVersion())) {
            case VersionRef.Numbered(var model, var number) -> new VersionName(model, number);
            case VersionRef.Bare(var model) -> VersionName.bare(model);
            case VersionRef.Aliased aliased ->
                throw new RegistryException(
                        Kind.INVALID,
                        "an answer by \"%s\" tells not who gave it; send the version by its number",
                        answer.getVersion());
        };
    }

    private static Uni<Void> lost(Uni<Void> work, String what) {
        return work.onFailure()
                .invoke(failure -> LOG.debugf("a live answer is not %s: %s", what, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
