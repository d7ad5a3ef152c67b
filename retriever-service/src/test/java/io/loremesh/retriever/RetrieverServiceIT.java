package io.loremesh.retriever;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.MutinyServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.loremesh.door.RawCall;
import io.loremesh.events.EventType;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.retriever.v1.DeleteDocumentRequest;
import io.loremesh.proto.retriever.v1.EmbedTextsRequest;
import io.loremesh.proto.retriever.v1.GetIndexStatusRequest;
import io.loremesh.proto.retriever.v1.IngestDocumentsRequest;
import io.loremesh.proto.retriever.v1.IngestDocumentsResponse;
import io.loremesh.proto.retriever.v1.MutinyRetrieverServiceGrpc;
import io.loremesh.proto.retriever.v1.RetrieverServiceGrpc;
import io.loremesh.proto.retriever.v1.SearchPassagesRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole service on a real Kafka, through its door. */
@QuarkusTest
@QuarkusTestResource(KafkaForTests.class)
class RetrieverServiceIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @TestHTTPResource
    URL address;

    private ManagedChannel channel;
    private RetrieverServiceGrpc.RetrieverServiceBlockingStub retriever;

    @BeforeEach
    void connect() {
        channel = ManagedChannelBuilder.forAddress(address.getHost(), address.getPort())
                .usePlaintext()
                .build();
        retriever = RetrieverServiceGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SearchPassages", "IngestDocuments"})
    void aMessageThatIsNotUtf8IsRefused(String method) throws InterruptedException {
        Status refused = RawCall.refusal(
                address.getPort(), "loremesh.retriever.v1.RetrieverService/" + method, RawCall.notUtf8());

        assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getDescription()).contains("UTF-8", "protobuf");
    }

    @Test
    void whatIsIngestedIsFoundAndWhatIsDeletedIsNot() {
        var response =
                ingest(document("ingested", "Zoe works at Initech. Zoe likes tea."), Document.getDefaultInstance());

        assertThat(response.getDocumentCount()).isEqualTo(1);
        assertThat(response.getPassageCount()).isEqualTo(2);
        assertThat(response.getRejectedList()).singleElement().satisfies(rejected -> {
            assertThat(rejected.getIndex()).isEqualTo(1);
            assertThat(rejected.getReason()).contains("has no text");
        });
        assertThat(search("Where does Zoe work?")).startsWith("Zoe works at Initech.");

        var delete = DeleteDocumentRequest.newBuilder().setName("documents/ingested");
        retriever.deleteDocument(delete.build());

        assertThat(search("Where does Zoe work?")).isEmpty();
        assertThatThrownBy(() -> retriever.deleteDocument(delete.build())).satisfies(hasStatus(Status.Code.NOT_FOUND));
        retriever.deleteDocument(delete.setAllowMissing(true).build());
    }

    @Test
    void aPublishedFactIsFound() throws Exception {
        try (var producer = new KnowledgeProducer(kafka)) {
            producer.publish(
                    EventType.FACT_RECORDED,
                    "facts/tim",
                    Fact.newBuilder()
                            .setName("facts/tim")
                            .setQuestion("TIM几岁了？")
                            .setAnswer("12")
                            .build());
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(search("TIM今年多大了？")).startsWith("TIM几岁了？ 12。"));
        var status = retriever.getIndexStatus(GetIndexStatusRequest.getDefaultInstance());
        assertThat(status.getFactCount()).isEqualTo(1);
        assertThat(status.getNextOffsetsMap()).containsValue(1L);
        assertThat(status.getEncoderDigest()).startsWith("sha256:");
        assertThat(status.getDimensions()).isEqualTo(512);
        assertThat(status.hasLastUpdateTime()).isTrue();
        assertThat(get("/q/metrics"))
                .contains("loremesh_retriever_event_searchable_seconds_bucket", "loremesh_retriever_search_seconds");
    }

    @Test
    void textsAreEmbeddedInOrder() {
        var request = EmbedTextsRequest.newBuilder().addAllTexts(List.of("一", "二"));

        var response = retriever.embedTexts(request.build());

        assertThat(response.getEmbeddingsList())
                .hasSize(2)
                .allSatisfy(embedding -> assertThat(embedding.getValuesList()).hasSize(512));
        assertThatThrownBy(() -> retriever.embedTexts(EmbedTextsRequest.getDefaultInstance()))
                .satisfies(hasStatus(Status.Code.INVALID_ARGUMENT));
        assertThatThrownBy(() -> retriever.embedTexts(
                        request.addAllTexts(Collections.nCopies(256, "三")).build()))
                .satisfies(hasStatus(Status.Code.INVALID_ARGUMENT));
    }

    @Test
    void anEmptyQueryIsAnInvalidArgumentThatSaysSo() {
        assertThatThrownBy(() -> search("  "))
                .satisfies(hasStatus(Status.Code.INVALID_ARGUMENT))
                .hasMessageContaining("the query is empty");
    }

    @Test
    void anyFieldValueGivesAnAnswerOrAStatusWithWords() {
        List<String> texts = List.of(
                "",
                " ",
                "\u200B",
                "\0",
                "a\0b",
                "\uFDFA".repeat(2_000),
                "x".repeat(2_000),
                "x".repeat(40_000),
                "🍎".repeat(1_000),
                "\uFEFFJIM",
                "documents/",
                "documents/x",
                "facts/../x",
                "?",
                "(",
                "a b ".repeat(500),
                IntStream.range(0x4E00, 0x4E00 + 2_000)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining()));
        for (String text : texts) {
            for (int number : new int[] {Integer.MIN_VALUE, -1, 0, 1, 101, Integer.MAX_VALUE}) {
                answers(() -> retriever.searchPassages(SearchPassagesRequest.newBuilder()
                        .setQuery(text.isEmpty() ? "JIM" : text)
                        .setLanguage(number == 0 ? text : "")
                        .setPageSize(number)
                        .setModeValue(number)
                        .setMinCredibility(number == 1 ? Double.NaN : 0)
                        .build()));
            }
            answers(() -> retriever.deleteDocument(
                    DeleteDocumentRequest.newBuilder().setName(text).build()));
            answers(() -> retriever.embedTexts(
                    EmbedTextsRequest.newBuilder().addTexts(text).build()));
            answers(() -> ingest(
                    Document.newBuilder().setText(text).build(),
                    document("odd", "Ann is 9.").toBuilder().setTitle(text).build(),
                    document("odd", "Ann is 9.").toBuilder().setLanguage(text).build(),
                    document("odd", "Ann is 9.").toBuilder().setUri(text).build(),
                    document("odd", "Ann is 9.").toBuilder()
                            .setUpdateTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
                            .build(),
                    document("odd", "Ann is 9.").toBuilder()
                            .setCredibility(Double.NEGATIVE_INFINITY)
                            .build(),
                    Document.newBuilder().setName(text).setText("Ann is 9.").build()));
        }
        assertThat(search("Where is anything?")).isNotNull();
    }

    private static void answers(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException refused) {
            assertThat(refused.getStatus().getCode())
                    .isIn(Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND, Status.Code.RESOURCE_EXHAUSTED);
            assertThat(refused.getStatus().getDescription()).isNotBlank();
        }
    }

    @Test
    void itIsReadyOnceItHasCaughtUp() throws Exception {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get("/q/health/ready")).contains("\"status\": \"UP\""));
        assertThat(get("/q/health/live")).contains("knowledge-consumer");
        var health = HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
        assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void reflectionTellsTheService() {
        var request = ServerReflectionRequest.newBuilder().setListServices("").build();

        var response = MutinyServerReflectionGrpc.newMutinyStub(channel)
                .serverReflectionInfo(Multi.createFrom().item(request))
                .toUni()
                .await()
                .atMost(SOON);

        assertThat(response.getListServicesResponse().getServiceList())
                .extracting(service -> service.getName())
                .contains("loremesh.retriever.v1.RetrieverService");
    }

    private IngestDocumentsResponse ingest(Document... documents) {
        var requests = Arrays.stream(documents).map(document -> IngestDocumentsRequest.newBuilder()
                .setDocument(document)
                .build());
        return MutinyRetrieverServiceGrpc.newMutinyStub(channel)
                .ingestDocuments(Multi.createFrom().items(requests))
                .await()
                .atMost(SOON);
    }

    private List<String> search(String query) {
        return retriever
                .searchPassages(
                        SearchPassagesRequest.newBuilder().setQuery(query).build())
                .getPassagesList()
                .stream()
                .map(scored -> scored.getPassage().getText())
                .toList();
    }

    private static Document document(String id, String text) {
        return Document.newBuilder().setName("documents/" + id).setText(text).build();
    }

    private String get(String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(address.getPort(), path)))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static Consumer<Throwable> hasStatus(Status.Code code) {
        return failure -> assertThat(failure).isInstanceOfSatisfying(StatusRuntimeException.class, e -> assertThat(
                        e.getStatus().getCode())
                .isEqualTo(code));
    }
}
