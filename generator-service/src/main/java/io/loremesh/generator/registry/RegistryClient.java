package io.loremesh.generator.registry;

import io.loremesh.door.RefusedCallException;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.DownloadArtifactRequest;
import io.loremesh.proto.registry.v1.DownloadArtifactResponse;
import io.loremesh.proto.registry.v1.GetPolicyRequest;
import io.loremesh.proto.registry.v1.GetVersionRequest;
import io.loremesh.proto.registry.v1.ListFactsRequest;
import io.loremesh.proto.registry.v1.ListFactsResponse;
import io.loremesh.proto.registry.v1.ListLedgerEntriesRequest;
import io.loremesh.proto.registry.v1.ListLedgerEntriesResponse;
import io.loremesh.proto.registry.v1.MutinyAliasServiceGrpc.MutinyAliasServiceStub;
import io.loremesh.proto.registry.v1.MutinyArtifactServiceGrpc.MutinyArtifactServiceStub;
import io.loremesh.proto.registry.v1.MutinyFactServiceGrpc.MutinyFactServiceStub;
import io.loremesh.proto.registry.v1.MutinyPolicyServiceGrpc.MutinyPolicyServiceStub;
import io.loremesh.proto.registry.v1.MutinyVersionServiceGrpc.MutinyVersionServiceStub;
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
    private final MutinyAliasServiceStub aliases;
    private final MutinyArtifactServiceStub artifacts;
    private final MutinyFactServiceStub facts;
    private final MutinyPolicyServiceStub policies;
    private final MutinyVersionServiceStub versions;

    public RegistryClient(
            @GrpcClient("registry") MutinyAliasServiceStub aliases,
            @GrpcClient("registry") MutinyArtifactServiceStub artifacts,
            @GrpcClient("registry") MutinyFactServiceStub facts,
            @GrpcClient("registry") MutinyPolicyServiceStub policies,
            @GrpcClient("registry") MutinyVersionServiceStub versions) {
        this.aliases = aliases;
        this.artifacts = artifacts;
        this.facts = facts;
        this.policies = policies;
        this.versions = versions;
    }

    @Retry(maxRetries = 2, delay = 200, abortOn = RefusedCallException.class)
    @Timeout(value = 5, unit = ChronoUnit.SECONDS)
    public Uni<Version> version(String name) {
        return asked(
                versions.getVersion(GetVersionRequest.newBuilder().setName(name).build()));
    }

    /** What the registry refuses it would refuse again. */
    private static <T> Uni<T> asked(Uni<T> call) {
        return call.onFailure().transform(RefusedCallException::ifClientsFault);
    }

    /** The bytes of an artifact, in messages. Not repeated: the reader begins anew. */
    public Multi<DownloadArtifactResponse> download(String digest) {
        return artifacts.downloadArtifact(
                DownloadArtifactRequest.newBuilder().setDigest(digest).build());
    }

    @Retry(maxRetries = 2, delay = 200, abortOn = RefusedCallException.class)
    @Timeout(value = 10, unit = ChronoUnit.SECONDS)
    public Uni<ListLedgerEntriesResponse> ledger(ListLedgerEntriesRequest request) {
        return asked(facts.listLedgerEntries(request));
    }

    @Retry(maxRetries = 2, delay = 200, abortOn = RefusedCallException.class)
    @Timeout(value = 10, unit = ChronoUnit.SECONDS)
    public Uni<ListFactsResponse> facts(ListFactsRequest request) {
        return asked(facts.listFacts(request));
    }

    /** The policy that holds for a model. */
    @Timeout(value = 5, unit = ChronoUnit.SECONDS)
    public Uni<Policy> policy(String model) {
        return policies.getPolicy(GetPolicyRequest.newBuilder().setModel(model).build());
    }

    /** Where each alias of a model points, then each move; ends or fails with the connection. */
    public Multi<AliasMove> watchAliases(String model) {
        return aliases.watchAliases(
                WatchAliasesRequest.newBuilder().setModel(model).build());
    }
}
