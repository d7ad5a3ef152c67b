package io.loremesh.generator.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** An AI service over the mesh, to inject as it is or to copy for one with tools, memory or guardrails of its own. */
@RegisterAiService(
        chatLanguageModelSupplier = KnowledgeAssistant.Model.class,
        streamingChatLanguageModelSupplier = KnowledgeAssistant.StreamingModel.class)
public interface KnowledgeAssistant {
    /** The whole answer. */
    String answer(String question);

    /** The answer as it is decoded. */
    Multi<String> stream(String question);

    /** Hands {@link LoremeshChatModel} to the AI service. */
    @Singleton
    class Model implements Supplier<ChatModel> {
        private final LoremeshChatModel model;

        Model(LoremeshChatModel model) {
            this.model = model;
        }

        @Override
        public ChatModel get() {
            return model;
        }
    }

    /** Hands {@link LoremeshStreamingChatModel} to the AI service. */
    @Singleton
    class StreamingModel implements Supplier<StreamingChatModel> {
        private final LoremeshStreamingChatModel model;

        StreamingModel(LoremeshStreamingChatModel model) {
            this.model = model;
        }

        @Override
        public StreamingChatModel get() {
            return model;
        }
    }
}
