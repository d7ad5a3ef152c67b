package io.loremesh.generator.openai;

import io.loremesh.generator.adapter.LoadedVersions;
import io.loremesh.generator.adapter.VersionNotLoadedException;
import io.loremesh.generator.answer.AnswerFlow;
import io.loremesh.generator.answer.Question;
import io.loremesh.generator.completion.CompletionFlow;
import io.loremesh.generator.completion.DeltaSink;
import io.loremesh.generator.inference.Sampling;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.FinishReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a chat client may choose as its model: {@value #PRODUCT} (or nothing) is the product's own answer to the last
 * user
 * message, with routing, retrieval and citations; a version's name (`models/demo/versions/3`, `models/demo` for the
 * base) is
 * that version's bare continuation of the chat; `models/` may be left out, as clients that expect a plain word do.
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

    /** @param created when it was made ready here, in seconds of Unix time */
    record Served(String name, long created) {}

    List<Served> served() {
        List<Served> held = versions.list().stream()
                .map(LoadedVersions.Status::version)
                .map(version -> new Served(version.name(), version.loadTime().getEpochSecond()))
                .toList();
        // The product is there since its base is.
        return Stream.concat(Stream.of(new Served(PRODUCT, held.getFirst().created())), held.stream())
                .toList();
    }

    Optional<Served> served(String model) {
        return served().stream()
                .filter(held -> held.name().equals(model) || held.name().equals(resource(model)))
                .findFirst();
    }

    OpenAiRefusal unknown(String model) {
        return OpenAiRefusal.noSuchModel(
                model, served().stream().map(Served::name).toList());
    }

    static String named(String model) {
        return model == null || model.isBlank() ? PRODUCT : model;
    }

    /**
     * @param choice from 0; each has draws of its own
     * @param trace that the request belongs to; empty where it told none
     */
    ChatReply reply(ChatCompletionRequest request, int choice, String trace, DeltaSink sink) {
        if (request.model().equals(PRODUCT)) {
            return answer(request, trace, sink);
        }
        List<ChatCompletionRequest.Turn> heard = heard(request.messages());
        var chat = new CompletionFlow.Input.Chat(
                heard.stream().map(ChatCompletionRequest.Turn::toChatMessage).toList());
        return complete(
                chat,
                request.model(),
                request.maxTokens(),
                request.sampling(),
                request.stops(),
                choice,
                unheard(request.messages().size(), heard.size()),
                sink);
    }

    /** A base that knows no dialogue hears the last question and what the system says. */
    private List<ChatCompletionRequest.Turn> heard(List<ChatCompletionRequest.Turn> messages) {
        if (completions.hearsDialogue()) {
            return messages;
        }
        ChatCompletionRequest.Turn question = lastUser(messages);
        return messages.stream()
                .filter(turn -> turn == question || turn.isSystem())
                .toList();
    }

    private static String unheard(int said, int heard) {
        return said == heard
                ? ""
                : "%d of %d messages: the last question is answered by itself".formatted(said - heard, said);
    }

    private static ChatCompletionRequest.Turn lastUser(List<ChatCompletionRequest.Turn> messages) {
        return messages.reversed().stream()
                .filter(ChatCompletionRequest.Turn::isUser)
                .findFirst()
                .orElseThrow();
    }

    /** A bare continuation, of a chat or of a prompt. */
    ChatReply complete(
            CompletionFlow.Input input,
            String model,
            int maxTokens,
            Sampling sampling,
            List<String> stops,
            int choice,
            String unheard,
            DeltaSink sink) {
        Sampling seeded = sampling.seed() == 0 ? sampling : sampling.seeded(sampling.seed() + choice);
        var request = new CompletionFlow.Request(
                input, resource(model), maxTokens == 0 ? DEFAULT_TOKENS : maxTokens, seeded, stops);
        CompletionFlow.Completed completed;
        try {
            completed = completions.complete(request, sink);
        } catch (VersionNotLoadedException missing) {
            throw unknown(model);
        }
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
                ChatReply.Origin.of(completed.version(), unheard));
    }

    private static String resource(String model) {
        return model.startsWith(COLLECTION) ? model : COLLECTION + model;
    }

    private ChatReply answer(ChatCompletionRequest request, String trace, DeltaSink sink) {
        String text = lastUser(request.messages()).text();
        Question question = new Question(text, "", Question.Routing.AUTO, request.maxTokens(), 0, true, trace);
        Answer answer = answers.answer(question, sink);
        return new ChatReply(
                answer.getText(),
                answer.getFinishReason() == FinishReason.FINISH_REASON_LENGTH ? "length" : "stop",
                answer.getUsage().getPromptTokens(),
                answer.getUsage().getCompletionTokens(),
                ChatReply.Origin.of(answer, unheard(request.messages().size(), 1)));
    }
}
