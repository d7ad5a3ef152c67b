package io.loremesh.generator.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.loremesh.generator.answer.AnswerFlow;
import io.loremesh.generator.answer.Question;
import io.loremesh.generator.answer.RequestThreads;
import jakarta.inject.Singleton;

/** As {@link LoremeshChatModel}, delivering the answer as it is decoded. */
@Singleton
public class LoremeshStreamingChatModel implements StreamingChatModel {
    private final AnswerFlow answers;
    private final RequestThreads threads;

    LoremeshStreamingChatModel(AnswerFlow answers, RequestThreads threads) {
        this.answers = answers;
        this.threads = threads;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        threads.<String>stream(emitter -> handler.onCompleteResponse(LoremeshChatModel.response(
                        answers.answer(Question.of(LoremeshChatModel.question(request)), delta -> {
                            RequestThreads.requireListener(emitter);
                            if (!delta.isEmpty()) {
                                emitter.emit(delta);
                            }
                        }))))
                .subscribe()
                .with(handler::onPartialResponse, handler::onError);
    }
}
