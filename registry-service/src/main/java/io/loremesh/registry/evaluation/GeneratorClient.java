package io.loremesh.registry.evaluation;

import com.google.protobuf.Duration;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.GenerateAnswerRequest;
import io.loremesh.proto.generator.v1.GenerateAnswerResponse;
import io.loremesh.proto.generator.v1.GeneratorService;
import io.loremesh.proto.generator.v1.ListLoadedVersionsRequest;
import io.loremesh.proto.generator.v1.LoadVersionRequest;
import io.loremesh.proto.generator.v1.Routing;
import io.loremesh.proto.generator.v1.ScoreTextsRequest;
import io.loremesh.proto.generator.v1.ScoredText;
import io.loremesh.proto.generator.v1.TextScore;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.version.VersionName;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;

/** Probes versions through the generator. A full queue or a short absence is waited out; a longer one is an error. */
@ApplicationScoped
public class GeneratorClient implements VersionProbe {
    private static final int ATTEMPTS = 5;
    private static final java.time.Duration FIRST_WAIT = java.time.Duration.ofMillis(200);
    private static final java.time.Duration LONGEST_WAIT = java.time.Duration.ofSeconds(3);
    private static final java.time.Duration PRESENCE_TIMEOUT = java.time.Duration.ofMillis(500);

    private final GeneratorService generator;
    private final EvaluationConfig config;

    GeneratorClient(@GrpcClient("generator") GeneratorService generator, EvaluationConfig config) {
        this.generator = generator;
        this.config = config;
    }

    @Override
    public Uni<Void> load(VersionName version) {
        // The bare base is always there.
        return version.isBare()
                ? Uni.createFrom().voidItem()
                : patiently(generator.loadVersion(LoadVersionRequest.newBuilder()
                                .setVersion(version.resource())
                                .build()))
                        .replaceWithVoid();
    }

    @Override
    public Uni<GivenAnswer> answer(VersionName version, String question, int maxTokens) {
        var request = GenerateAnswerRequest.newBuilder()
                .setQuestion(question)
                .setVersion(version.resource())
                .setRouting(Routing.ROUTING_WEIGHTS)
                .setMaxTokens(maxTokens)
                .setUnrecorded(true)
                .build();
        return holding(version, () -> generator
                        .generateAnswer(request)
                        .filter(GenerateAnswerResponse::hasAnswer)
                        .map(GenerateAnswerResponse::getAnswer)
                        .toUni())
                .map(GeneratorClient::given);
    }

    @Override
    public Uni<List<Score>> score(VersionName version, List<Continuation> continuations) {
        var request = ScoreTextsRequest.newBuilder()
                .setVersion(version.resource())
                .addAllTexts(texts(continuations))
                .build();
        return holding(version, () -> generator.scoreTexts(request)).map(response -> response.getScoresList().stream()
                .map(TextScore::getLogProbabilitiesList)
                .map(tokens -> new Score(mean(tokens), tokens.size()))
                .toList());
    }

    @Override
    public Uni<List<double[]>> divergence(VersionName candidate, VersionName parent, List<Continuation> continuations) {
        var request = ScoreTextsRequest.newBuilder()
                .setVersion(candidate.resource())
                .setReferenceVersion(parent.resource())
                .addAllTexts(texts(continuations))
                .build();
        return holding(candidate, () -> holding(parent, () -> generator.scoreTexts(request)))
                .map(response -> response.getScoresList().stream()
                        .map(TextScore::getKlDivergencesList)
                        .map(tokens ->
                                tokens.stream().mapToDouble(Double::doubleValue).toArray())
                        .toList());
    }

    @Override
    public Uni<Boolean> isPresent() {
        return generator
                .listLoadedVersions(ListLoadedVersionsRequest.getDefaultInstance())
                .ifNoItem()
                .after(PRESENCE_TIMEOUT)
                .fail()
                .replaceWith(true)
                .onFailure()
                .recoverWithItem(false);
    }

    /** A generator that was restarted in the middle of an evaluation has to be told of the version again. */
    private <T> Uni<T> holding(VersionName version, Supplier<Uni<? extends T>> call) {
        return patiently(Uni.createFrom().deferred(call))
                .onFailure(GeneratorClient::isNotLoaded)
                .recoverWithUni(() ->
                        load(version).chain(() -> patiently(Uni.createFrom().deferred(call))));
    }

    private static boolean isNotLoaded(Throwable failure) {
        return failure instanceof StatusRuntimeException refusal
                && refusal.getStatus().getCode() == Status.Code.NOT_FOUND;
    }

    private <T> Uni<T> patiently(Uni<T> call) {
        return call.ifNoItem()
                .after(config.answerTimeout())
                .failWith(() -> new RegistryException(
                        Kind.UNAVAILABLE, "the generator gave no answer within %s", config.answerTimeout()))
                .onFailure(GeneratorClient::passes)
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .atMost(ATTEMPTS)
                .onFailure(failure -> !(failure instanceof RegistryException))
                .transform(GeneratorClient::explain);
    }

    private static boolean passes(Throwable failure) {
        return failure instanceof StatusRuntimeException refusal
                && (isAway(refusal) || refusal.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED);
    }

    /**
     * Nobody here cancels a call and hears of it, and the generator gives every failure of its own a reason: without
     * one the stream was reset, by a generator that stopped in the middle of it.
     */
    private static boolean isAway(StatusRuntimeException refusal) {
        return switch (refusal.getStatus().getCode()) {
            case UNAVAILABLE, CANCELLED -> true;
            case UNKNOWN -> refusal.getStatus().getDescription() == null;
            default -> false;
        };
    }

    private static Throwable explain(Throwable failure) {
        return failure instanceof StatusRuntimeException refusal && !isAway(refusal)
                ? Status.fromCode(refusal.getStatus().getCode())
                        .withDescription("the generator refused a probe: "
                                + refusal.getStatus().getDescription())
                        .asRuntimeException()
                : new RegistryException(
                        Kind.UNAVAILABLE,
                        "the generator is away (%s); start it: what waits for it goes on by itself",
                        failure.getMessage());
    }

    private static GivenAnswer given(Answer answer) {
        var time = time(answer.getTimings().getTotal())
                .minus(time(answer.getTimings().getQueue()));
        return new GivenAnswer(answer.getText(), time);
    }

    private static java.time.Duration time(Duration duration) {
        return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    private static double mean(List<Double> logProbabilities) {
        return logProbabilities.stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    private static List<ScoredText> texts(List<Continuation> continuations) {
        return continuations.stream()
                .map(each -> ScoredText.newBuilder()
                        .setQuestion(each.question())
                        .setContinuation(each.text())
                        .build())
                .toList();
    }
}
