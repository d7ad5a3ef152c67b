package io.loremesh.generator.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.IntStream;

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
    private static final String CHUNK = "chat.completion.chunk";

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
            @JsonProperty("total_tokens") int totalTokens) {
        /** The prompt counts once for each choice that it was run for. */
        static Usage of(List<ChatReply> replies) {
            int prompt = replies.stream().mapToInt(ChatReply::promptTokens).sum();
            int completion =
                    replies.stream().mapToInt(ChatReply::completionTokens).sum();
            return new Usage(prompt, completion, prompt + completion);
        }
    }

    /** What all parts of a response have in common. */
    record Head(String id, long created, String model) {
        ChatCompletion whole(List<ChatReply> replies) {
            List<Choice> choices = IntStream.range(0, replies.size())
                    .mapToObj(i -> new Choice(
                            i,
                            new Message("assistant", replies.get(i).text()),
                            null,
                            replies.get(i).finishReason()))
                    .toList();
            ChatReply.Origin origin = replies.getFirst().origin();
            return new ChatCompletion(id, "chat.completion", created, model, choices, Usage.of(replies), origin);
        }

        /** @param role in the first chunk of a choice alone: clients join what they get */
        ChatCompletion chunk(int index, String role, String delta) {
            Choice choice = new Choice(index, null, new Message(role, delta), null);
            return new ChatCompletion(id, CHUNK, created, model, List.of(choice), null, null);
        }

        ChatCompletion lastChunk(int index, ChatReply reply) {
            Choice choice = new Choice(index, null, new Message(null, null), reply.finishReason());
            return new ChatCompletion(id, CHUNK, created, model, List.of(choice), null, reply.origin());
        }

        ChatCompletion usageChunk(List<ChatReply> replies) {
            return new ChatCompletion(id, CHUNK, created, model, List.of(), Usage.of(replies), null);
        }
    }
}
