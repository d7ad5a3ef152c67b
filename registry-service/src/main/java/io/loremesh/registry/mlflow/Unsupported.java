package io.loremesh.registry.mlflow;

/** Something that MLflow has and the registry has not, on purpose: the message says why, and what to do instead. */
final class Unsupported extends RuntimeException {
    Unsupported(String message, Object... arguments) {
        super(message.formatted(arguments));
    }
}
