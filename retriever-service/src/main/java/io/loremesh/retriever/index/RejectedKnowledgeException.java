package io.loremesh.retriever.index;

/** A fact, document or retraction that cannot be accepted as it is; the message says why and what to change. */
public final class RejectedKnowledgeException extends Exception {
    public RejectedKnowledgeException(String reason) {
        super(reason);
    }
}
