package io.loremesh.retriever.embedding;

/** The engine behind an encoder failed; the text is not at fault. */
public final class EncodingException extends RuntimeException {
    EncodingException(String message, Throwable cause) {
        super(message, cause);
    }
}
