package io.loremesh.trainer.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a run stands. Each state offers only its legal transitions, so a run moves forward alone: queued, preparing,
 * training, publishing, and then to one of the ends, which offer none. The JSON form ({@code "phase": "queued"}) is
 * what {@link RunStore} keeps.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunState.Queued.class, name = "queued"),
    @JsonSubTypes.Type(value = RunState.Preparing.class, name = "preparing"),
    @JsonSubTypes.Type(value = RunState.Training.class, name = "training"),
    @JsonSubTypes.Type(value = RunState.Publishing.class, name = "publishing"),
    @JsonSubTypes.Type(value = RunState.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = RunState.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = RunState.Cancelled.class, name = "cancelled")
})
public sealed interface RunState {

    /** The last progress that the training process told; empty before its first. */
    Optional<TrainingProgress> progress();

    /** A run that has not ended: it may still fail or be cancelled. */
    sealed interface Live extends RunState permits Queued, Preparing, Training, Publishing {
        default Failed fail(String reason, Instant at) {
            return new Failed(reason, progress(), at);
        }

        default Cancelled cancel(String reason, Instant at) {
            return new Cancelled(reason, progress(), at);
        }
    }

    /** A run that nothing moves any more. */
    sealed interface Ended extends RunState permits Succeeded, Failed, Cancelled {
        Instant endTime();
    }

    /** Waits for the runs before it. */
    record Queued() implements Live {
        @Override
        public Optional<TrainingProgress> progress() {
            return Optional.empty();
        }

        public Preparing prepare() {
            return new Preparing();
        }
    }

    /** Fetches facts and the parent's adapter. */
    record Preparing() implements Live {
        @Override
        public Optional<TrainingProgress> progress() {
            return Optional.empty();
        }

        public Training train() {
            return new Training(Optional.empty());
        }
    }

    /** Its training process runs. */
    record Training(Optional<TrainingProgress> progress) implements Live {
        public Training progressed(TrainingProgress made) {
            return new Training(Optional.of(made));
        }

        public Publishing publish() {
            return new Publishing(progress);
        }
    }

    /** The adapter is made and goes to the registry. */
    record Publishing(Optional<TrainingProgress> progress) implements Live {
        public Succeeded succeed(String version, Instant at) {
            return new Succeeded(version, progress, at);
        }
    }

    /** @param version the version that it made, {@code models/{model}/versions/{version}} */
    record Succeeded(String version, Optional<TrainingProgress> progress, Instant endTime) implements Ended {
        public Succeeded {
            Objects.requireNonNull(version);
            Objects.requireNonNull(endTime);
        }
    }

    /** @param reason what failed and what to do, a sentence for the person who asked for the run */
    record Failed(String reason, Optional<TrainingProgress> progress, Instant endTime) implements Ended {
        public Failed {
            Objects.requireNonNull(reason);
            Objects.requireNonNull(endTime);
        }
    }

    /** @param reason who or what cancelled it */
    record Cancelled(String reason, Optional<TrainingProgress> progress, Instant endTime) implements Ended {
        public Cancelled {
            Objects.requireNonNull(reason);
            Objects.requireNonNull(endTime);
        }
    }
}
