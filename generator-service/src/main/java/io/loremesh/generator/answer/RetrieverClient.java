package io.loremesh.generator.answer;

import io.loremesh.door.RefusedCallException;
import io.loremesh.proto.retriever.v1.MutinyRetrieverServiceGrpc.MutinyRetrieverServiceStub;
import io.loremesh.proto.retriever.v1.ScoredPassage;
import io.loremesh.proto.retriever.v1.SearchPassagesRequest;
import io.loremesh.proto.retriever.v1.SearchPassagesResponse;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/**
 * The retriever on a question's way. A retriever that is away must cost an answer little: after some failures it is
 * not asked
 * for two seconds, and the answer says that it is degraded. A question that it refuses is no sign that it is away.
 */
@ApplicationScoped
class RetrieverClient {
    private final MutinyRetrieverServiceStub retriever;

    RetrieverClient(@GrpcClient("retriever") MutinyRetrieverServiceStub retriever) {
        this.retriever = retriever;
    }

    /**
     * Best first; empty if nothing in the index is near.
     *
     * @throws RefusedCallException if the retriever does not take the question
     */
    @CircuitBreaker(
            requestVolumeThreshold = 6,
            delay = 2,
            delayUnit = ChronoUnit.SECONDS,
            skipOn = RefusedCallException.class)
    @Retry(maxRetries = 1, delay = 50, abortOn = RefusedCallException.class)
    @Timeout(value = 1500, unit = ChronoUnit.MILLIS)
    Uni<List<ScoredPassage>> search(String question, int passages) {
        return retriever
                .searchPassages(SearchPassagesRequest.newBuilder()
                        .setQuery(question)
                        .setPageSize(passages)
                        .build())
                .map(SearchPassagesResponse::getPassagesList)
                .onFailure()
                .transform(RefusedCallException::ifClientsFault);
    }
}
