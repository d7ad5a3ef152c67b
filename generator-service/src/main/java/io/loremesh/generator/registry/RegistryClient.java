package io.loremesh.generator.registry;

import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.DownloadArtifactRequest;
import io.loremesh.proto.registry.v1.DownloadArtifactResponse;
import io.loremesh.proto.registry.v1.GetPolicyRequest;
import io.loremesh.proto.registry.v1.GetVersionRequest;
import io.loremesh.proto.registry.v1.ListFactsRequest;
import io.loremesh.proto.registry.v1.ListFactsResponse;
import io.loremesh.proto.registry.v1.ListLedgerEntriesRequest;
import io.loremesh.proto.registry.v1.ListLedgerEntriesResponse;
import io.loremesh.proto.registry.v1.MutinyRegistryServiceGrpc.MutinyRegistryServiceStub;
import io.loremesh.proto.registry.v1.Policy;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.registry.v1.WatchAliasesRequest;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/**
 * What this service asks the registry. Reads are repeated once or twice; nothing here is on a question's way, so
 * patience is cheap and a circuit breaker would only delay a promotion.
 */
@ApplicationScoped
public class RegistryClient {
    private final MutinyRegistryServiceStub registry;

    public RegistryClient(@GrpcClient("registry") MutinyRegistryServiceStub registry) {
        this.registry = registry;
    }

    @Retry(maxRetries = 2, delay = 200)
    @Timeout(value = 5, unit = ChronoUnit.SECONDS)
    public Uni<Version> version(String name) {
        return registry.getVersion(GetVersionRequest.newBuilder().setName(name).build());
    }

    /** The bytes of an artifact, in messages. Not repeated: the reader begins anew. */
    public Multi<DownloadArtifactResponse> download(String digest) {
        return registry.downloadArtifact(
                DownloadArtifactRequest.newBuilder().setDigest(digest).build());
    }

    @Retry(maxRetries = 2, delay = 200)
    @Timeout(value = 10, unit = ChronoUnit.SECONDS)
    public Uni<ListLedgerEntriesResponse> ledger(ListLedgerEntriesRequest request) {
        return registry.listLedgerEntries(request);
    }

    @Retry(maxRetries = 2, delay = 200)
    @Timeout(value = 10, unit = ChronoUnit.SECONDS)
    public Uni<ListFactsResponse> facts(ListFactsRequest request) {
        return registry.listFacts(request);
    }

    /** The policy that holds for a model. */
    @Timeout(value = 5, unit = ChronoUnit.SECONDS)
    public Uni<Policy> policy(String model) {
        return registry.getPolicy(GetPolicyRequest.newBuilder().setModel(model).build());
    }

    /** Where each alias of a model points, then each move; ends or fails with the connection. */
    public Multi<AliasMove> watchAliases(String model) {
        return registry.watchAliases(
                WatchAliasesRequest.newBuilder().setModel(model).build());
    }
}
