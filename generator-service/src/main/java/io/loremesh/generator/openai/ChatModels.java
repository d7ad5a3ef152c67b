package io.loremesh.generator.openai;

import io.loremesh.generator.adapter.LoadedVersions;
import io.loremesh.generator.answer.AnswerFlow;
import io.loremesh.generator.answer.Question;
import io.loremesh.generator.completion.CompletionFlow;
import io.loremesh.generator.completion.DeltaSink;
import io.loremesh.proto.generator.v1.Answer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a chat client may choose as its model: {@value #PRODUCT} (or nothing) is the product's own answer to the last
 * user message, with routing, retrieval and citations; a version's name (`models/demo/versions/3`, `models/demo` for
 * the base) is that version's bare continuation of the chat; `models/` may be left out, as clients that expect a plain
 * word do.
 */
@ApplicationScoped
class ChatModels {
    static final String PRODUCT = "loremesh";

    private static final String COLLECTION = "models/";

    private static final int DEFAULT_TOKENS = 64;

    private final AnswerFlow answers;
    private final CompletionFlow completions;
    private final LoadedVersions versions;

    ChatModels(AnswerFlow answers, CompletionFlow completions, LoadedVersions versions) {
        this.answers = answers;
        this.completions = completions;
        this.versions = versions;
    }

    List<String> names() {
        return Stream.concat(Stream.of(PRODUCT), versions.list().stream().map(status -> status.version()
                        .name()))
                .toList();
    }

    static String model(ChatCompletionRequest request) {
        return request.model() == null || request.model().isBlank() ? PRODUCT : request.model();
    }

    /** @param trace that the request belongs to; empty where it told none */
    ChatReply reply(ChatCompletionRequest request, String trace, DeltaSink sink) {
        String model = model(request);
        return model.equals(PRODUCT) ? answer(request, trace, sink) : complete(resource(model), request, sink);
    }

    private static String resource(String model) {
        return model.startsWith(COLLECTION) ? model : COLLECTION + model;
    }

    private ChatReply answer(ChatCompletionRequest request, String trace, DeltaSink sink) {
        Question question =
                new Question(request.lastUserMessage(), "", Question.Routing.AUTO, request.tokens(), 0, true, trace);
        Answer answer = answers.answer(question, sink);
        return new ChatReply(
                answer.getText(),
                "stop",
                answer.getUsage().getPromptTokens(),
                answer.getUsage().getCompletionTokens(),
                ChatReply.Origin.of(answer));
    }

    private ChatReply complete(String version, ChatCompletionRequest request, DeltaSink sink) {
        var completed = completions.complete(
                new CompletionFlow.Request(
                        new CompletionFlow.Input.Chat(request.chat()),
                        version,
                        request.tokens() == 0 ? DEFAULT_TOKENS : request.tokens(),
                        request.temperature(),
                        request.stops(),
                        request.seed()),
                sink);
        var decoded = completed.decoded();
        String finish =
                switch (decoded.finish()) {
                    case STOP -> "stop";
                    case LENGTH, CANCELLED -> "length";
                };
        return new ChatReply(
                decoded.text(),
                finish,
                decoded.promptTokens(),
                decoded.completionTokens(),
                ChatReply.Origin.of(completed.version()));
    }
}
