package io.loremesh.generator.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.loremesh.generator.answer.AnswerFlow;
import io.loremesh.generator.answer.Question;
import io.loremesh.generator.completion.DeltaSink;
import io.loremesh.proto.generator.v1.Answer;
import jakarta.inject.Singleton;

/**
 * langchain4j's chat model over {@link AnswerFlow}: the last user message is answered with what the mesh knows. Blocks.
 */
@Singleton
public class LoremeshChatModel implements ChatModel {
    private final AnswerFlow answers;

    LoremeshChatModel(AnswerFlow answers) {
        this.answers = answers;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return response(answers.answer(Question.of(question(request)), DeltaSink.NONE));
    }

    static String question(ChatRequest request) {
        return request.messages().reversed().stream()
                .filter(UserMessage.class::isInstance)
                .map(message -> ((UserMessage) message).singleText())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The chat has no user message; add one"));
    }

    /** The answer's id and version stand in the metadata. */
    static ChatResponse response(Answer answer) {
        return ChatResponse.builder()
                .id(answer.getAnswerId())
                .modelName(answer.getVersion())
                .aiMessage(AiMessage.from(answer.getText()))
                .tokenUsage(new TokenUsage(
                        answer.getUsage().getPromptTokens(), answer.getUsage().getCompletionTokens()))
                .finishReason(
                        answer.getFinishReason() == io.loremesh.proto.generator.v1.FinishReason.FINISH_REASON_LENGTH
                                ? FinishReason.LENGTH
                                : FinishReason.STOP)
                .build();
    }
}
