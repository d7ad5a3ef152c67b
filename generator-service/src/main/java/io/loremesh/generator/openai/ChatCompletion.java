package io.loremesh.generator.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** OpenAI's response: a whole completion, or a chunk of one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChatCompletion(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        Usage usage,
        ChatReply.Origin loremesh) {
    /** A whole completion has a message, a chunk has a delta. */
    record Choice(
            int index,
            @JsonInclude(JsonInclude.Include.NON_NULL) Message message,
            @JsonInclude(JsonInclude.Include.NON_NULL) Message delta,
            @JsonProperty("finish_reason") String finishReason) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Message(String role, String content) {}

    record Usage(
            @JsonProperty("prompt_tokens") int promptTokens,
            @JsonProperty("completion_tokens") int completionTokens,
            @JsonProperty("total_tokens") int totalTokens) {}

    static ChatCompletion whole(String id, long created, String model, ChatReply reply) {
        Choice choice = new Choice(0, new Message("assistant", reply.text()), null, reply.finishReason());
        return new ChatCompletion(id, "chat.completion", created, model, List.of(choice), usage(reply), reply.origin());
    }

    static ChatCompletion chunk(String id, long created, String model, String delta) {
        Choice choice = new Choice(0, null, new Message("assistant", delta), null);
        return new ChatCompletion(id, "chat.completion.chunk", created, model, List.of(choice), null, null);
    }

    static ChatCompletion lastChunk(String id, long created, String model, ChatReply reply) {
        Choice choice = new Choice(0, null, new Message(null, null), reply.finishReason());
        return new ChatCompletion(
                id, "chat.completion.chunk", created, model, List.of(choice), usage(reply), reply.origin());
    }

    private static Usage usage(ChatReply reply) {
        return new Usage(
                reply.promptTokens(), reply.completionTokens(), reply.promptTokens() + reply.completionTokens());
    }
}
