package io.loremesh.trainer.run;

/** The training process ended without an adapter. */
final class TrainingFailedException extends Exception {
    TrainingFailedException(String reason) {
        super(reason);
    }
}
