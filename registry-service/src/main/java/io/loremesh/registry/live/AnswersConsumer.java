package io.loremesh.registry.live;

import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.Topics;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.TrialArm;
import io.loremesh.registry.drift.LiveSamples;
import io.loremesh.registry.failure.DeadLetters;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.lineage.GivenAnswers;
import io.loremesh.registry.trial.TrialAnswers;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.VersionRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Hears what users are answered: who answered is kept for lineage and a sample of what for drift, and what has a part
 * in a trial is counted. One that the database does not take is not worth a wait.
 */
@ApplicationScoped
class AnswersConsumer {
    private static final Logger LOG = Logger.getLogger(AnswersConsumer.class);
    private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

    private final TrialAnswers trials;
    private final GivenAnswers given;
    private final LiveSamples samples;
    private final DeadLetters deadLetters;
    private final jakarta.enterprise.event.Event<AnswerHeard> heard;

    AnswersConsumer(
            TrialAnswers trials,
            GivenAnswers given,
            LiveSamples samples,
            DeadLetters deadLetters,
            jakarta.enterprise.event.Event<AnswerHeard> heard) {
        this.trials = trials;
        this.given = given;
        this.samples = samples;
        this.deadLetters = deadLetters;
        this.heard = heard;
    }

    @Incoming("answers")
    Uni<Void> consume(ConsumerRecord<String, byte[]> message) {
        return deadLetters.orBury(message, () -> {
            Event event = EventCodec.read(message);
            if (!(event.payload() instanceof Answer answer)) {
                throw RegistryException.misplaced(event.type(), Topics.ANSWERS);
            }
            VersionName by = giver(answer);
            Uni<Void> counted = answer.hasTrial() ? lost(trials.count(answer), "counted for its trial") : NOTHING;
            return isShown(answer)
                    ? counted.chain(() -> lost(given.record(by, answer), "kept for its version's lineage"))
                            .chain(() -> shown(by, answer))
                    : counted;
        });
    }

    private Uni<Void> shown(VersionName by, Answer answer) {
        heard.fire(new AnswerHeard(answer));
        return lost(samples.offer(by, answer), "sampled");
    }

    /** Not so: what a version on trial said in the shadow, and a request that failed. */
    static boolean isShown(Answer answer) {
        return answer.getTrial().getArm() != TrialArm.TRIAL_ARM_SHADOW
                && answer.getTrial().getFailure().isEmpty();
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
