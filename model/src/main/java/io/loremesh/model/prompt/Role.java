package io.loremesh.model.prompt;

/** Who says a chat message. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
}
