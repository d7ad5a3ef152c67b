package io.loremesh.registry.drift;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.GenerateAnswerRequest;
import io.loremesh.proto.generator.v1.GenerateAnswerResponse;
import io.loremesh.proto.generator.v1.GeneratorServiceGrpc;
import io.loremesh.proto.generator.v1.ListLoadedVersionsRequest;
import io.loremesh.proto.generator.v1.ListLoadedVersionsResponse;
import io.loremesh.proto.generator.v1.LoadVersionRequest;
import io.loremesh.proto.generator.v1.LoadedVersion;
import io.loremesh.proto.generator.v1.ScoreTextsRequest;
import io.loremesh.proto.generator.v1.ScoreTextsResponse;
import io.loremesh.proto.generator.v1.TextScore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A generator behind a real port, whose versions say and diverge as a test tells them to. Safe for concurrent use. */
public final class ScriptedGenerator extends GeneratorServiceGrpc.GeneratorServiceImplBase implements AutoCloseable {
    private static final double HEALTHY = 0.01;

    private final Map<String, Double> divergence = new ConcurrentHashMap<>();
    private final Set<String> altered = ConcurrentHashMap.newKeySet();
    private final AtomicInteger recorded = new AtomicInteger();
    private final Queue<String> answered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answersLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final Server server;

    public ScriptedGenerator(int port) {
        try {
            server = ServerBuilder.forPort(port).addService(this).build().start();
        } catch (IOException e) {
            throw new UncheckedIOException("no generator at port " + port, e);
        }
    }

    /** From now on this version is so far from its parent, nats per token. */
    public void diverge(String version, double nats) {
        divergence.put(version, nats);
    }

    /** From now on this version answers everything otherwise. */
    void alter(String version) {
        altered.add(version);
    }

    /** After so many more answers it is gone, in the middle of what it was doing. */
    public void goAwayAfter(int answers) {
        answersLeft.set(answers);
    }

    /** Version and question of each answer that it gave. */
    public List<String> answered() {
        return List.copyOf(answered);
    }

    /** A question that is longer than any context. */
    static final String TOO_LONG = "too long ".repeat(200);

    /** Questions that were asked as users ask. */
    int recorded() {
        return recorded.get();
    }

    static String answerOf(String version, String question) {
        return version + " says " + question.length();
    }

    @Override
    public void listLoadedVersions(
            ListLoadedVersionsRequest request, StreamObserver<ListLoadedVersionsResponse> caller) {
        answer(caller, ListLoadedVersionsResponse.getDefaultInstance());
    }

    @Override
    public void loadVersion(LoadVersionRequest request, StreamObserver<LoadedVersion> caller) {
        answer(
                caller,
                LoadedVersion.newBuilder().setVersion(request.getVersion()).build());
    }

    @Override
    public void generateAnswer(GenerateAnswerRequest request, StreamObserver<GenerateAnswerResponse> caller) {
        if (!request.getUnrecorded()) {
            recorded.incrementAndGet();
        }
        if (request.getQuestion().equals(TOO_LONG)) {
            caller.onError(Status.INVALID_ARGUMENT
                    .withDescription("the question has 401 tokens and the context 256")
                    .asRuntimeException());
            return;
        }
        if (answersLeft.getAndDecrement() <= 0) {
            server.shutdownNow();
            return;
        }
        answered.add(request.getVersion() + " " + request.getQuestion());
        String text = altered.contains(request.getVersion())
                ? "something else"
                : answerOf(request.getVersion(), request.getQuestion());
        answer(
                caller,
                GenerateAnswerResponse.newBuilder()
                        .setAnswer(Answer.newBuilder()
                                .setQuestion(request.getQuestion())
                                .setVersion(request.getVersion())
                                .setText(text))
                        .build());
    }

    @Override
    public void scoreTexts(ScoreTextsRequest request, StreamObserver<ScoreTextsResponse> caller) {
        double nats = divergence.getOrDefault(request.getVersion(), HEALTHY);
        var response = ScoreTextsResponse.newBuilder();
        request.getTextsList()
                .forEach(text -> response.addScores(
                        TextScore.newBuilder().addKlDivergences(nats).addKlDivergences(nats)));
        answer(caller, response.build());
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> void answer(StreamObserver<T> caller, T message) {
        caller.onNext(message);
        caller.onCompleted();
    }
}
