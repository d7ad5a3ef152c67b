package io.loremesh.generator.answer;

import com.google.protobuf.util.Timestamps;
import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.generator.adapter.LoadedVersions;
import io.loremesh.generator.completion.CompletionFlow;
import io.loremesh.generator.completion.DecodedText;
import io.loremesh.generator.inference.Sampling;
import io.loremesh.generator.scoring.TextScoring;
import io.loremesh.model.prompt.ChatMessage;
import io.loremesh.model.prompt.Role;
import io.loremesh.proto.generator.v1.CompleteRequest;
import io.loremesh.proto.generator.v1.CompleteResponse;
import io.loremesh.proto.generator.v1.Completion;
import io.loremesh.proto.generator.v1.FinishReason;
import io.loremesh.proto.generator.v1.GenerateAnswerRequest;
import io.loremesh.proto.generator.v1.GenerateAnswerResponse;
import io.loremesh.proto.generator.v1.ListLoadedVersionsRequest;
import io.loremesh.proto.generator.v1.ListLoadedVersionsResponse;
import io.loremesh.proto.generator.v1.LoadVersionRequest;
import io.loremesh.proto.generator.v1.LoadedVersion;
import io.loremesh.proto.generator.v1.MutinyGeneratorServiceGrpc;
import io.loremesh.proto.generator.v1.Routing;
import io.loremesh.proto.generator.v1.ScoreTextsRequest;
import io.loremesh.proto.generator.v1.ScoreTextsResponse;
import io.loremesh.proto.generator.v1.TextScore;
import io.loremesh.proto.generator.v1.UnloadVersionRequest;
import io.loremesh.proto.generator.v1.UnloadVersionResponse;
import io.loremesh.proto.generator.v1.Usage;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.stream.DoubleStream;

/** The door for gRPC: turns messages into the words of the flows and back. */
@GrpcService
class GeneratorGrpcService extends MutinyGeneratorServiceGrpc.GeneratorServiceImplBase {
    private static final int DEFAULT_TOKENS = 64;
    private static final int MAX_SCORED = 256;

    private final AnswerFlow answers;
    private final CompletionFlow completions;
    private final TextScoring scoring;
    private final LoadedVersions versions;
    private final RequestThreads threads;

    GeneratorGrpcService(
            AnswerFlow answers,
            CompletionFlow completions,
            TextScoring scoring,
            LoadedVersions versions,
            RequestThreads threads) {
        this.answers = answers;
        this.completions = completions;
        this.scoring = scoring;
        this.versions = versions;
        this.threads = threads;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Multi<GenerateAnswerResponse> generateAnswer(GenerateAnswerRequest request) {
        String trace = RequestTrace.current();
        return threads.stream(emitter -> {
            var answer = answers.answer(question(request, trace), delta -> {
                RequestThreads.requireListener(emitter);
                if (!delta.isEmpty()) {
                    emitter.emit(
                            GenerateAnswerResponse.newBuilder().setDelta(delta).build());
                }
            });
            emitter.emit(GenerateAnswerResponse.newBuilder().setAnswer(answer).build());
        });
    }

    private static Question question(GenerateAnswerRequest request, String trace) {
        return new Question(
                request.getQuestion(),
                request.getVersion(),
                routing(request.getRouting()),
                request.getMaxTokens(),
                request.getMaxPassages(),
                !request.getUnrecorded(),
                trace);
    }

    private static Question.Routing routing(Routing routing) {
        return switch (routing) {
            case ROUTING_UNSPECIFIED, ROUTING_AUTO -> Question.Routing.AUTO;
            case ROUTING_WEIGHTS -> Question.Routing.WEIGHTS;
            case ROUTING_RETRIEVAL -> Question.Routing.RETRIEVAL;
            case UNRECOGNIZED ->
                throw new IllegalArgumentException("The routing is not one of ROUTING_AUTO, _WEIGHTS and _RETRIEVAL");
        };
    }

    @Override
    public Multi<CompleteResponse> complete(CompleteRequest request) {
        return threads.stream(emitter -> {
            var completed = completions.complete(completion(request), delta -> {
                RequestThreads.requireListener(emitter);
                emitter.emit(CompleteResponse.newBuilder().setDelta(delta).build());
            });
            DecodedText decoded = completed.decoded();
            emitter.emit(CompleteResponse.newBuilder()
                    .setCompletion(Completion.newBuilder()
                            .setText(decoded.text())
                            .setFinishReason(reason(decoded.finish()))
                            .setConfidence(decoded.confidence())
                            .setVersion(completed.version())
                            .setUsage(Usage.newBuilder()
                                    .setPromptTokens(decoded.promptTokens())
                                    .setCompletionTokens(decoded.completionTokens())))
                    .build());
        });
    }

    private static CompletionFlow.Request completion(CompleteRequest request) {
        CompletionFlow.Input input =
                switch (request.getInputCase()) {
                    case PROMPT -> new CompletionFlow.Input.Prompt(request.getPrompt());
                    case CHAT ->
                        new CompletionFlow.Input.Chat(request.getChat().getMessagesList().stream()
                                .map(message -> new ChatMessage(role(message.getRole()), message.getContent()))
                                .toList());
                    case INPUT_NOT_SET ->
                        throw new IllegalArgumentException("The request has neither a prompt nor a chat; set one");
                };
        return new CompletionFlow.Request(
                input,
                request.getVersion(),
                request.getMaxTokens() == 0 ? DEFAULT_TOKENS : request.getMaxTokens(),
                Sampling.of(request.getTemperature(), request.getSeed()),
                request.getStopList());
    }

    private static Role role(io.loremesh.proto.generator.v1.Role role) {
        return switch (role) {
            case ROLE_SYSTEM -> Role.SYSTEM;
            case ROLE_USER -> Role.USER;
            case ROLE_ASSISTANT -> Role.ASSISTANT;
            case ROLE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("A chat message has no role; set system, user or assistant");
        };
    }

    private static FinishReason reason(io.loremesh.generator.inference.FinishReason reason) {
        return switch (reason) {
            case STOP -> FinishReason.FINISH_REASON_STOP;
            case LENGTH -> FinishReason.FINISH_REASON_LENGTH;
            case CANCELLED -> FinishReason.FINISH_REASON_CANCELLED;
        };
    }

    @Override
    public Uni<ScoreTextsResponse> scoreTexts(ScoreTextsRequest request) {
        return threads.single(() -> {
            if (request.getTextsCount() == 0 || request.getTextsCount() > MAX_SCORED) {
                throw new IllegalArgumentException(
                        "There are " + request.getTextsCount() + " texts to score; send 1 to " + MAX_SCORED);
            }
            List<TextScoring.Item> items = request.getTextsList().stream()
                    .map(text -> new TextScoring.Item(text.getQuestion(), text.getContinuation()))
                    .toList();
            ScoreTextsResponse.Builder response = ScoreTextsResponse.newBuilder();
            scoring.score(items, request.getVersion(), request.getReferenceVersion())
                    .forEach(score -> response.addScores(TextScore.newBuilder()
                            .addAllLogProbabilities(boxed(score.logProbabilities()))
                            .addAllKlDivergences(boxed(score.divergences()))));
            return response.build();
        });
    }

    private static List<Double> boxed(double[] values) {
        return DoubleStream.of(values).boxed().toList();
    }

    @Override
    public Uni<LoadedVersion> loadVersion(LoadVersionRequest request) {
        return threads.single(() -> message(versions.load(request.getVersion())));
    }

    @Override
    public Uni<UnloadVersionResponse> unloadVersion(UnloadVersionRequest request) {
        return threads.single(() -> {
            versions.unload(request.getVersion());
            return UnloadVersionResponse.getDefaultInstance();
        });
    }

    @Override
    public Uni<ListLoadedVersionsResponse> listLoadedVersions(ListLoadedVersionsRequest request) {
        return threads.single(() -> ListLoadedVersionsResponse.newBuilder()
                .addAllVersions(versions.list().stream()
                        .map(GeneratorGrpcService::message)
                        .toList())
                .build());
    }

    private static LoadedVersion message(LoadedVersions.Status status) {
        return LoadedVersion.newBuilder()
                .setVersion(status.version().name())
                .setDigest(status.version().digest())
                .setActive(status.active())
                .setRequestCount(status.requests())
                .setLoadTime(Timestamps.fromMillis(status.version().loadTime().toEpochMilli()))
                .build();
    }
}
