package io.loremesh.generator.inference;

/** Why a sequence ended. */
public enum FinishReason {
    /** The model ended it. */
    STOP,
    /** The asked number of tokens, or the context, is full. */
    LENGTH,
    /** Nobody reads it any more, or the engine closes. */
    CANCELLED
}
