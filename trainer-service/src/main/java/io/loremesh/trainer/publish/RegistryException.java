package io.loremesh.trainer.publish;

import io.grpc.Status;

/** The registry did not do what it was asked for. */
public abstract sealed class RegistryException extends RuntimeException {
    private RegistryException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** It cannot be reached or did not answer in time: asking again may help. */
    public static final class Away extends RegistryException {
        Away(String call, Throwable cause) {
            super(
                    "the registry did not answer %s (%s); check that registry-service runs"
                            .formatted(call, cause.getMessage()),
                    cause);
        }
    }

    /** It answered with an error: asking again does not help. */
    public static final class Refused extends RegistryException {
        private final Status.Code code;

        Refused(String call, Status status) {
            super("the registry refused %s: %s".formatted(call, status.getDescription()), status.asException());
            this.code = status.getCode();
        }

        /** A downloaded artifact that is not what its digest names. */
        Refused(String reason) {
            super(reason, null);
            this.code = Status.Code.DATA_LOSS;
        }

        public Status.Code code() {
            return code;
        }
    }
}
