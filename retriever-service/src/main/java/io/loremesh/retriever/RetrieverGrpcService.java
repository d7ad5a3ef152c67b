package io.loremesh.retriever;

import com.google.common.primitives.Floats;
import com.google.protobuf.util.Timestamps;
import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.knowledge.DocumentRules;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.retriever.v1.DeleteDocumentRequest;
import io.loremesh.proto.retriever.v1.DeleteDocumentResponse;
import io.loremesh.proto.retriever.v1.EmbedTextsRequest;
import io.loremesh.proto.retriever.v1.EmbedTextsResponse;
import io.loremesh.proto.retriever.v1.Embedding;
import io.loremesh.proto.retriever.v1.GetIndexStatusRequest;
import io.loremesh.proto.retriever.v1.IndexStatus;
import io.loremesh.proto.retriever.v1.IngestDocumentsRequest;
import io.loremesh.proto.retriever.v1.IngestDocumentsResponse;
import io.loremesh.proto.retriever.v1.MutinyRetrieverServiceGrpc;
import io.loremesh.proto.retriever.v1.RejectedDocument;
import io.loremesh.proto.retriever.v1.ScoredPassage;
import io.loremesh.proto.retriever.v1.SearchPassagesRequest;
import io.loremesh.proto.retriever.v1.SearchPassagesResponse;
import io.loremesh.retriever.embedding.CachedTextEncoder;
import io.loremesh.retriever.index.IndexSummary;
import io.loremesh.retriever.index.KnowledgeFlow;
import io.loremesh.retriever.index.PassageIndex;
import io.loremesh.retriever.index.RejectedKnowledgeException;
import io.loremesh.retriever.search.Hit;
import io.loremesh.retriever.search.PassageSearch;
import io.loremesh.retriever.search.SearchSpec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/**
 * The retriever's door, {@code loremesh.retriever.v1.RetrieverService}. Each call runs on one of
 * {@link RetrieverExecutors}.
 */
@GrpcService
public class RetrieverGrpcService extends MutinyRetrieverServiceGrpc.RetrieverServiceImplBase {
    private static final int MAX_TEXTS = 256;

    private final PassageSearch search;
    private final KnowledgeFlow flow;
    private final PassageIndex index;
    private final CachedTextEncoder encoder;
    private final RetrieverExecutors executors;
    private final MeterRegistry metrics;

    RetrieverGrpcService(
            PassageSearch search,
            KnowledgeFlow flow,
            PassageIndex index,
            CachedTextEncoder encoder,
            RetrieverExecutors executors,
            MeterRegistry metrics) {
        this.search = search;
        this.flow = flow;
        this.index = index;
        this.encoder = encoder;
        this.executors = executors;
        this.metrics = metrics;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Uni<SearchPassagesResponse> searchPassages(SearchPassagesRequest request) {
        return on(executors.search(), () -> {
            SearchSpec spec = SearchSpec.of(request);
            String mode = spec.mode().name().toLowerCase(Locale.ROOT);
            return Timer.builder("loremesh.retriever.search")
                    .description("A search, without its waiting for a thread")
                    .tag("mode", mode)
                    .publishPercentileHistogram()
                    .register(metrics)
                    .recordCallable(() -> search(spec));
        });
    }

    private SearchPassagesResponse search(SearchSpec spec) throws IOException {
        var response = SearchPassagesResponse.newBuilder();
        search.search(spec).forEach(hit -> response.addPassages(scored(hit)));
        return response.build();
    }

    private static ScoredPassage scored(Hit hit) {
        var passage =
                ScoredPassage.newBuilder().setPassage(hit.candidate().passage()).setScore(hit.score());
        hit.candidate().bm25().ifPresent(passage::setLexicalScore);
        hit.candidate().cosine().ifPresent(passage::setVectorScore);
        return passage.build();
    }

    @Override
    public Uni<IngestDocumentsResponse> ingestDocuments(Multi<IngestDocumentsRequest> requests) {
        var response = IngestDocumentsResponse.newBuilder();
        return requests.onItem()
                .transformToUniAndConcatenate(request -> on(executors.ingest(), () -> {
                    ingest(request.getDocument(), response);
                    return request;
                }))
                .collect()
                .last()
                .chain(() -> on(executors.ingest(), () -> {
                    flow.settle();
                    flow.commit();
                    return response.build();
                }));
    }

    /** Called for one document after the other. */
    private void ingest(Document document, IngestDocumentsResponse.Builder response) throws IOException {
        int position = response.getDocumentCount() + response.getRejectedCount();
        try {
            int passages = flow.ingest(document);
            response.setDocumentCount(response.getDocumentCount() + 1)
                    .setPassageCount(response.getPassageCount() + passages);
        } catch (RejectedKnowledgeException e) {
            response.addRejected(RejectedDocument.newBuilder()
                    .setIndex(position)
                    .setName(DocumentRules.named(document).getName())
                    .setReason(e.getMessage()));
        }
    }

    @Override
    public Uni<DeleteDocumentResponse> deleteDocument(DeleteDocumentRequest request) {
        return on(executors.ingest(), () -> {
            if (!flow.delete(request.getName()) && !request.getAllowMissing()) {
                throw new MissingResourceException(request.getName());
            }
            flow.settle();
            flow.commit();
            return DeleteDocumentResponse.getDefaultInstance();
        });
    }

    @Override
    public Uni<IndexStatus> getIndexStatus(GetIndexStatusRequest request) {
        return on(executors.search(), () -> {
            IndexSummary summary = index.summary();
            var status = IndexStatus.newBuilder()
                    .setPassageCount(summary.passages())
                    .setDocumentCount(summary.documents())
                    .setFactCount(summary.facts())
                    .putAllNextOffsets(index.position().nextOffsets())
                    .setEncoderDigest(encoder.digest())
                    .setDimensions(encoder.dimensions())
                    .setSizeBytes(summary.sizeBytes());
            summary.lastUpdate()
                    .ifPresent(time -> status.setLastUpdateTime(Timestamps.fromMillis(time.toEpochMilli())));
            return status.build();
        });
    }

    @Override
    public Uni<EmbedTextsResponse> embedTexts(EmbedTextsRequest request) {
        return on(executors.search(), () -> {
            if (request.getTextsCount() < 1 || request.getTextsCount() > MAX_TEXTS) {
                throw new IllegalArgumentException(
                        "%d texts were sent; send 1 to %d".formatted(request.getTextsCount(), MAX_TEXTS));
            }
            var response = EmbedTextsResponse.newBuilder().setEncoderDigest(encoder.digest());
            for (String text : request.getTextsList()) {
                response.addEmbeddings(Embedding.newBuilder().addAllValues(Floats.asList(encoder.encode(text))));
            }
            return response.build();
        });
    }

    private static <T> Uni<T> on(Executor executor, Callable<T> call) {
        return Uni.createFrom()
                .<T>emitter(emitter -> executor.execute(() -> {
                    try {
                        emitter.complete(call.call());
                    } catch (Exception | Error e) {
                        emitter.fail(e); // not hidden: RetrieverFailures maps it
                    }
                }));
    }
}
