package io.loremesh.generator.answer;

/** All places for requests are taken. Nothing was begun. */
final class TooManyRequestsException extends RuntimeException {
    TooManyRequestsException(int limit) {
        super("All " + limit + " places for requests are taken; try again in a moment");
    }
}
