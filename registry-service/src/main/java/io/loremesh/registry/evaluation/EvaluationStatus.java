package io.loremesh.registry.evaluation;

import io.loremesh.proto.registry.v1.EvaluationState;

/** Where an evaluation stands. Each state offers only the ways out that it has; the three ends have none. */
public sealed interface EvaluationStatus {
    EvaluationState state();

    /** Why it waits, failed or was cancelled; empty otherwise. */
    default String detail() {
        return "";
    }

    /** Not at its end: it may fail or be cancelled at any moment. */
    sealed interface UnderWay extends EvaluationStatus {
        default Failed fail(String why) {
            return new Failed(why);
        }

        default Cancelled cancel(String why) {
            return new Cancelled(why);
        }
    }

    /** Probes are on their way. */
    record Probing() implements UnderWay {
        public Waiting await(String reason) {
            return new Waiting(reason);
        }

        public Judged judge() {
            return new Judged();
        }

        @Override
        public EvaluationState state() {
            return EvaluationState.EVALUATION_STATE_PROBING;
        }
    }

    /** A neighbour is away. */
    record Waiting(String detail) implements UnderWay {
        public Waiting {
            requireReason(detail);
        }

        public Probing resume() {
            return new Probing();
        }

        @Override
        public EvaluationState state() {
            return EvaluationState.EVALUATION_STATE_WAITING;
        }
    }

    /** A verdict was given. */
    record Judged() implements EvaluationStatus {
        @Override
        public EvaluationState state() {
            return EvaluationState.EVALUATION_STATE_JUDGED;
        }
    }

    record Failed(String detail) implements EvaluationStatus {
        public Failed {
            requireReason(detail);
        }

        @Override
        public EvaluationState state() {
            return EvaluationState.EVALUATION_STATE_FAILED;
        }
    }

    record Cancelled(String detail) implements EvaluationStatus {
        @Override
        public EvaluationState state() {
            return EvaluationState.EVALUATION_STATE_CANCELLED;
        }
    }

    private static void requireReason(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an evaluation that waits or failed says why");
        }
    }
}
