package io.loremesh.model.prompt;

import java.util.Objects;

/** One message of a conversation. */
public record ChatMessage(Role role, String content) {
    public ChatMessage {
        Objects.requireNonNull(role, "A chat message needs a role");
        Objects.requireNonNull(content, "A chat message needs content");
    }
}
