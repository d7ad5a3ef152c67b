package io.loremesh.registry.erasure;

import io.grpc.StatusRuntimeException;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.GenerateAnswerRequest;
import io.loremesh.proto.generator.v1.GenerateAnswerResponse;
import io.loremesh.proto.generator.v1.GeneratorService;
import io.loremesh.proto.generator.v1.ListLoadedVersionsRequest;
import io.loremesh.proto.generator.v1.ListLoadedVersionsResponse;
import io.loremesh.proto.generator.v1.LoadVersionRequest;
import io.loremesh.proto.generator.v1.LoadedVersion;
import io.loremesh.proto.generator.v1.Routing;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.version.VersionName;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** What users are answered by: the generator as it stands, asked as they ask it. Every call blocks. */
@ApplicationScoped
class ServedModel {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final int ATTEMPTS = 3;

    private final GeneratorService generator;

    ServedModel(@GrpcClient("generator") GeneratorService generator) {
        this.generator = generator;
    }

    /** What unaddressed questions are answered by. Errors: UNAVAILABLE. */
    Optional<LoadedVersion> active() {
        return call(generator.listLoadedVersions(ListLoadedVersionsRequest.getDefaultInstance()))
                .map(ListLoadedVersionsResponse::getVersionsList)
                .map(versions ->
                        versions.stream().filter(LoadedVersion::getActive).findFirst())
                .await()
                .indefinitely();
    }

    /** From the weights of one version. Errors: UNAVAILABLE. */
    Answer askWeights(VersionName version, String question) {
        Uni<?> loaded = version.isBare()
                ? Uni.createFrom().voidItem()
                : call(generator.loadVersion(LoadVersionRequest.newBuilder()
                        .setVersion(version.resource())
                        .build()));
        return loaded.chain(() -> ask(question, Routing.ROUTING_WEIGHTS, version.resource()))
                .await()
                .indefinitely();
    }

    /** As any user is answered, or with retrieval left out. Errors: UNAVAILABLE. */
    Answer ask(String question, boolean weightsOnly) {
        return ask(question, weightsOnly ? Routing.ROUTING_WEIGHTS : Routing.ROUTING_AUTO, "")
                .await()
                .indefinitely();
    }

    private Uni<Answer> ask(String question, Routing routing, String version) {
        return call(generator
                .generateAnswer(GenerateAnswerRequest.newBuilder()
                        .setQuestion(question)
                        .setRouting(routing)
                        .setVersion(version)
                        .setUnrecorded(true)
                        .build())
                .filter(GenerateAnswerResponse::hasAnswer)
                .map(GenerateAnswerResponse::getAnswer)
                .toUni());
    }

    private static <T> Uni<T> call(Uni<T> call) {
        return call.ifNoItem()
                .after(ANSWER)
                .failWith(
                        () -> new RegistryException(Kind.UNAVAILABLE, "the generator gave no answer within %s", ANSWER))
                .onFailure(StatusRuntimeException.class)
                .retry()
                .withBackOff(FIRST_WAIT)
                .atMost(ATTEMPTS)
                .onFailure(failure -> !(failure instanceof RegistryException))
                .transform(failure -> new RegistryException(
                        Kind.UNAVAILABLE,
                        "the generator does not answer (%s); start it and erase again for the proof",
                        failure.getCause() == null
                                ? failure.getMessage()
                                : failure.getCause().getMessage()));
    }
}
