package io.loremesh.trainer.run;

/** What the trainer cannot do, in words for the caller. {@link TrainerErrors} turns each kind into its gRPC status. */
public abstract sealed class TrainerException extends RuntimeException {
    private TrainerException(String reason) {
        super(reason);
    }

    /** The request is wrong whatever the state of the trainer. */
    public static final class InvalidRequest extends TrainerException {
        public InvalidRequest(String reason) {
            super(reason);
        }
    }

    /** A named run, version or fact does not exist. */
    public static final class UnknownResource extends TrainerException {
        public UnknownResource(String reason) {
            super(reason);
        }
    }

    /** The request is right, and the state of things forbids it. */
    public static final class NotPossible extends TrainerException {
        public NotPossible(String reason) {
            super(reason);
        }
    }
}
