package io.loremesh.generator.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.loremesh.door.RawCall;
import io.loremesh.generator.TinyMesh;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Chat;
import io.loremesh.proto.generator.v1.ChatMessage;
import io.loremesh.proto.generator.v1.CompleteRequest;
import io.loremesh.proto.generator.v1.CompleteResponse;
import io.loremesh.proto.generator.v1.FinishReason;
import io.loremesh.proto.generator.v1.GenerateAnswerRequest;
import io.loremesh.proto.generator.v1.GenerateAnswerResponse;
import io.loremesh.proto.generator.v1.GeneratorServiceGrpc;
import io.loremesh.proto.generator.v1.ListLoadedVersionsRequest;
import io.loremesh.proto.generator.v1.LoadVersionRequest;
import io.loremesh.proto.generator.v1.Path;
import io.loremesh.proto.generator.v1.Role;
import io.loremesh.proto.generator.v1.Routing;
import io.loremesh.proto.generator.v1.ScoreTextsRequest;
import io.loremesh.proto.generator.v1.ScoredText;
import io.loremesh.proto.generator.v1.TextScore;
import io.loremesh.proto.generator.v1.UnloadVersionRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(TinyMesh.class)
@Timeout(60)
class GeneratorGrpcServiceIT {
    private static final String BASE = "models/demo";

    @TestHTTPResource
    URL address;

    private ManagedChannel channel;
    private GeneratorServiceGrpc.GeneratorServiceBlockingStub generator;

    @BeforeEach
    void connect() {
        channel = ManagedChannelBuilder.forAddress("localhost", address.getPort())
                .usePlaintext()
                .build();
        generator = GeneratorServiceGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    @Test
    void reflectionTellsTheService() throws Exception {
        CompletableFuture<List<String>> names = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        names.complete(response.getListServicesResponse().getServiceList().stream()
                                .map(ServiceResponse::getName)
                                .toList());
                    }

                    @Override
                    public void onError(Throwable failure) {
                        names.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });

        requests.onNext(
                ServerReflectionRequest.newBuilder().setListServices("*").build());

        assertThat(names.get(20, TimeUnit.SECONDS)).contains("loremesh.generator.v1.GeneratorService");
        requests.onCompleted();
    }

    @Test
    void aCompletionIsItsDeltasJoinedAndGreedyDecodingIsRepeatable() {
        CompleteRequest request = CompleteRequest.newBuilder()
                .setPrompt("<q> who? <a>")
                .setMaxTokens(12)
                .build();

        List<CompleteResponse> first = read(generator.complete(request));
        List<CompleteResponse> second = read(generator.complete(request));

        var completion = first.getLast().getCompletion();
        assertThat(first.stream().map(CompleteResponse::getDelta).reduce("", String::concat))
                .isEqualTo(completion.getText());
        assertThat(completion.getFinishReason())
                .isIn(FinishReason.FINISH_REASON_LENGTH, FinishReason.FINISH_REASON_STOP);
        assertThat(completion.getUsage().getPromptTokens()).isGreaterThan(2);
        assertThat(completion.getConfidence()).isBetween(0.0, 1.0);
        assertThat(completion.getVersion()).isEqualTo(BASE);
        assertThat(second.getLast()).isEqualTo(first.getLast());
    }

    @Test
    void aChatIsCompleted() {
        List<CompleteResponse> parts = read(generator.complete(CompleteRequest.newBuilder()
                .setChat(Chat.newBuilder()
                        .addMessages(
                                ChatMessage.newBuilder().setRole(Role.ROLE_USER).setContent("who?")))
                .setMaxTokens(3)
                .build()));

        assertThat(parts.getLast().getCompletion().getUsage().getCompletionTokens())
                .isLessThanOrEqualTo(3);
    }

    @Test
    void withoutRetrieverAnUnlearnedQuestionIsAdmittedUnknownAndTheAnswerSaysWhatIsMissing() {
        Answer answer = answer(GenerateAnswerRequest.newBuilder().setQuestion("木器店的老板是谁？"));

        assertThat(answer.getPath()).isEqualTo(Path.PATH_ABSTAINED);
        assertThat(answer.getText()).isEqualTo("不知道");
        assertThat(answer.getDegraded()).contains("retriever");
        assertThat(answer.getLanguage()).isEqualTo("zh");
        assertThat(answer.getVersion()).isEqualTo(BASE);
        assertThat(answer.getVersionDigest()).startsWith("sha256:");
    }

    @Test
    void theWeightsAloneAreAskedWithoutTheRetrieverAndACutAnswerIsNone() {
        Answer answer = answer(GenerateAnswerRequest.newBuilder()
                .setQuestion("who?")
                .setRouting(Routing.ROUTING_WEIGHTS)
                .setMaxTokens(5));

        // An untrained base never ends of itself: what it says is cut, and so is none.
        assertThat(answer.getPath()).isEqualTo(Path.PATH_ABSTAINED);
        assertThat(answer.getText()).isEqualTo("unknown");
        assertThat(answer.getConfidence()).isZero();
        assertThat(answer.getFinishReason()).isEqualTo(FinishReason.FINISH_REASON_LENGTH);
        assertThat(answer.getDegraded()).contains("cut after 5 tokens").doesNotContain("retriever");
        assertThat(answer.getUsage().getPromptTokens()).isPositive();
        assertThat(answer.getTimings().hasTotal()).isTrue();
    }

    @Test
    void scoresAreOneLogProbabilityAToken() {
        var scores = generator
                .scoreTexts(ScoreTextsRequest.newBuilder()
                        .addTexts(ScoredText.newBuilder().setQuestion("who?").setContinuation("you"))
                        .addTexts(ScoredText.newBuilder().setContinuation("你好"))
                        .setReferenceVersion(BASE)
                        .build())
                .getScoresList();

        assertThat(scores).hasSize(2);
        for (TextScore score : scores) {
            assertThat(score.getLogProbabilitiesList()).isNotEmpty().allMatch(p -> p < 0);
            assertThat(score.getKlDivergencesList())
                    .hasSameSizeAs(score.getLogProbabilitiesList())
                    .allMatch(kl -> kl < 1e-9);
        }
    }

    @Test
    void badQuestionsAreRefusedWithTheReasonAndTheLimit() {
        assertInvalid(GenerateAnswerRequest.newBuilder().setQuestion("  "), "empty");
        assertInvalid(GenerateAnswerRequest.newBuilder().setQuestion("x".repeat(2_001)), "2001 characters");
        // Three byte tokens and a word mark to a character: 400 characters exceed the tiny base's 256 tokens.
        StatusRuntimeException tooLong = assertInvalid(
                GenerateAnswerRequest.newBuilder().setQuestion("长".repeat(400)).setRouting(Routing.ROUTING_WEIGHTS),
                "1602 tokens");
        assertThat(tooLong.getStatus().getDescription()).contains("255");
        assertThat(StatusProto.fromThrowable(tooLong).getDetailsCount()).isEqualTo(1);
    }

    @Test
    void aQuestionThatIsNotUtf8IsRefused() throws InterruptedException {
        Status refused = RawCall.refusal(
                address.getPort(), "loremesh.generator.v1.GeneratorService/GenerateAnswer", RawCall.notUtf8());

        assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getDescription()).contains("UTF-8");
    }

    @Test
    void aMessageThatIsTooLargeIsRefusedWithTheLimitAndItsSetting() throws InterruptedException {
        Status refused = RawCall.refusal(
                address.getPort(), "loremesh.generator.v1.GeneratorService/GenerateAnswer", new byte[8_388_609]);

        assertThat(refused.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refused.getDescription()).contains("8388608 bytes", "max-inbound-message-size");
    }

    @Test
    void aClientThatGoesFreesItsVersion() throws InterruptedException {
        Iterator<CompleteResponse> stream = generator
                .withDeadlineAfter(300, TimeUnit.MILLISECONDS)
                .complete(CompleteRequest.newBuilder()
                        .setPrompt("<q> who? <a>")
                        .setTemperature(1)
                        .setSeed(1)
                        .setMaxTokens(240)
                        .build());
        stream.next();
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        connect();

        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        int requests;
        do {
            requests = generator
                    .listLoadedVersions(ListLoadedVersionsRequest.getDefaultInstance())
                    .getVersions(0)
                    .getRequestCount();
        } while (requests > 0 && System.nanoTime() < deadline);
        assertThat(requests).isZero();
    }

    @Test
    void theBaseIsLoadedAndActiveAndOtherVersionsAreRefusedByName() {
        var versions = generator
                .listLoadedVersions(ListLoadedVersionsRequest.getDefaultInstance())
                .getVersionsList();
        assertThat(versions).hasSize(1);
        assertThat(versions.getFirst().getVersion()).isEqualTo(BASE);
        assertThat(versions.getFirst().getActive()).isTrue();

        assertStatus(
                Status.Code.NOT_FOUND,
                () -> answer(
                        GenerateAnswerRequest.newBuilder().setQuestion("who?").setVersion(BASE + "/versions/9")));
        assertStatus(
                Status.Code.UNAVAILABLE,
                () -> generator.loadVersion(LoadVersionRequest.newBuilder()
                        .setVersion(BASE + "/versions/9")
                        .build()));
        assertStatus(
                Status.Code.FAILED_PRECONDITION,
                () -> generator.unloadVersion(
                        UnloadVersionRequest.newBuilder().setVersion(BASE).build()));
    }

    private StatusRuntimeException assertInvalid(GenerateAnswerRequest.Builder request, String fact) {
        StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, () -> answer(request));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getStatus().getDescription()).contains(fact);
        return refused;
    }

    private static void assertStatus(Status.Code code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, refused -> assertThat(
                        refused.getStatus().getCode())
                .isEqualTo(code));
    }

    private Answer answer(GenerateAnswerRequest.Builder request) {
        List<GenerateAnswerResponse> parts = read(generator.generateAnswer(request.build()));
        Answer answer = parts.getLast().getAnswer();
        assertThat(parts.stream().map(GenerateAnswerResponse::getDelta).reduce("", String::concat))
                .isEqualTo(answer.getText());
        return answer;
    }

    private static <T> List<T> read(Iterator<T> stream) {
        List<T> parts = new ArrayList<>();
        stream.forEachRemaining(parts::add);
        return parts;
    }
}
