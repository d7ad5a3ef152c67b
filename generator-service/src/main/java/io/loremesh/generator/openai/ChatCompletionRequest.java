package io.loremesh.generator.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.loremesh.model.prompt.ChatMessage;
import io.loremesh.model.prompt.Role;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The part of <a href="https://platform.openai.com/docs/api-reference/chat/create">OpenAI's request</a> that is heard;
 * what is not named here is ignored.
 *
 * @param model see {@link ChatModels}; absent means the product's own answer
 * @param stop a string or a list of strings
 */
record ChatCompletionRequest(
        String model,
        List<Message> messages,
        boolean stream,
        @JsonProperty("max_tokens") Integer maxTokens,
        @JsonProperty("max_completion_tokens") Integer maxCompletionTokens,
        double temperature,
        JsonNode stop,
        long seed) {
    /** @param content a string, or OpenAI's list of parts, of which the text is taken */
    record Message(String role, JsonNode content) {
        ChatMessage toChatMessage() {
            return new ChatMessage(toRole(), text());
        }

        private Role toRole() {
            return switch (role == null ? "" : role) {
                case "system", "developer" -> Role.SYSTEM;
                case "user" -> Role.USER;
                case "assistant" -> Role.ASSISTANT;
                default ->
                    throw new IllegalArgumentException(
                            "A message has the role '" + role + "'; use system, user or assistant");
            };
        }

        private String text() {
            if (content == null || content.isNull()) {
                return "";
            }
            return content.isArray()
                    ? content.valueStream()
                            .map(part -> part.path("text").asText())
                            .collect(Collectors.joining("\n"))
                    : content.asText();
        }
    }

    List<ChatMessage> chat() {
        if (messages == null || messages.isEmpty()) {
            throw new IllegalArgumentException("The request has no messages; send at least one of the role user");
        }
        return messages.stream().map(Message::toChatMessage).toList();
    }

    String lastUserMessage() {
        return chat().reversed().stream()
                .filter(message -> message.role() == Role.USER)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No message has the role user; send one"))
                .content();
    }

    /** 0 where the request names no number. */
    int tokens() {
        if (maxCompletionTokens != null) {
            return maxCompletionTokens;
        }
        return maxTokens == null ? 0 : maxTokens;
    }

    List<String> stops() {
        if (stop == null || stop.isNull()) {
            return List.of();
        }
        return stop.isArray() ? stop.valueStream().map(JsonNode::asText).toList() : List.of(stop.asText());
    }
}
