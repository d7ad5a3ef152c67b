package io.loremesh.client;

import io.grpc.Channel;
import io.grpc.stub.AbstractBlockingStub;
import io.loremesh.proto.registry.v1.AliasServiceGrpc;
import io.loremesh.proto.registry.v1.AliasServiceGrpc.AliasServiceBlockingStub;
import io.loremesh.proto.registry.v1.ApprovalServiceGrpc;
import io.loremesh.proto.registry.v1.ApprovalServiceGrpc.ApprovalServiceBlockingStub;
import io.loremesh.proto.registry.v1.ArtifactServiceGrpc;
import io.loremesh.proto.registry.v1.ArtifactServiceGrpc.ArtifactServiceBlockingStub;
import io.loremesh.proto.registry.v1.AuditServiceGrpc;
import io.loremesh.proto.registry.v1.AuditServiceGrpc.AuditServiceBlockingStub;
import io.loremesh.proto.registry.v1.BaseModelServiceGrpc;
import io.loremesh.proto.registry.v1.BaseModelServiceGrpc.BaseModelServiceBlockingStub;
import io.loremesh.proto.registry.v1.BlameServiceGrpc;
import io.loremesh.proto.registry.v1.BlameServiceGrpc.BlameServiceBlockingStub;
import io.loremesh.proto.registry.v1.DiffServiceGrpc;
import io.loremesh.proto.registry.v1.DiffServiceGrpc.DiffServiceBlockingStub;
import io.loremesh.proto.registry.v1.DriftServiceGrpc;
import io.loremesh.proto.registry.v1.DriftServiceGrpc.DriftServiceBlockingStub;
import io.loremesh.proto.registry.v1.ErasureServiceGrpc;
import io.loremesh.proto.registry.v1.ErasureServiceGrpc.ErasureServiceBlockingStub;
import io.loremesh.proto.registry.v1.EvaluationServiceGrpc;
import io.loremesh.proto.registry.v1.EvaluationServiceGrpc.EvaluationServiceBlockingStub;
import io.loremesh.proto.registry.v1.FactServiceGrpc;
import io.loremesh.proto.registry.v1.FactServiceGrpc.FactServiceBlockingStub;
import io.loremesh.proto.registry.v1.LineageServiceGrpc;
import io.loremesh.proto.registry.v1.LineageServiceGrpc.LineageServiceBlockingStub;
import io.loremesh.proto.registry.v1.PolicyServiceGrpc;
import io.loremesh.proto.registry.v1.PolicyServiceGrpc.PolicyServiceBlockingStub;
import io.loremesh.proto.registry.v1.ScreeningServiceGrpc;
import io.loremesh.proto.registry.v1.ScreeningServiceGrpc.ScreeningServiceBlockingStub;
import io.loremesh.proto.registry.v1.TrialServiceGrpc;
import io.loremesh.proto.registry.v1.TrialServiceGrpc.TrialServiceBlockingStub;
import io.loremesh.proto.registry.v1.VersionServiceGrpc;
import io.loremesh.proto.registry.v1.VersionServiceGrpc.VersionServiceBlockingStub;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Blocking stubs of the registry's services, one of each resource, over one channel. Safe for concurrent use. */
public final class RegistryStubs {
    private final Channel channel;
    private final Optional<Duration> limit;

    private RegistryStubs(Channel channel, Optional<Duration> limit) {
        this.channel = channel;
        this.limit = limit;
    }

    /** Calls that fail with DEADLINE_EXCEEDED once the limit is over, counted from where the stub is taken. */
    public static RegistryStubs within(Duration limit, Channel channel) {
        return new RegistryStubs(channel, Optional.of(limit));
    }

    /** Calls that may last as long as the channel: streams, evaluations. */
    public static RegistryStubs lasting(Channel channel) {
        return new RegistryStubs(channel, Optional.empty());
    }

    public BaseModelServiceBlockingStub baseModels() {
        return limited(BaseModelServiceGrpc.newBlockingStub(channel));
    }

    public VersionServiceBlockingStub versions() {
        return limited(VersionServiceGrpc.newBlockingStub(channel));
    }

    public ArtifactServiceBlockingStub artifacts() {
        return limited(ArtifactServiceGrpc.newBlockingStub(channel));
    }

    public FactServiceBlockingStub facts() {
        return limited(FactServiceGrpc.newBlockingStub(channel));
    }

    public EvaluationServiceBlockingStub evaluations() {
        return limited(EvaluationServiceGrpc.newBlockingStub(channel));
    }

    public ApprovalServiceBlockingStub approvals() {
        return limited(ApprovalServiceGrpc.newBlockingStub(channel));
    }

    public AliasServiceBlockingStub aliases() {
        return limited(AliasServiceGrpc.newBlockingStub(channel));
    }

    public TrialServiceBlockingStub trials() {
        return limited(TrialServiceGrpc.newBlockingStub(channel));
    }

    public DriftServiceBlockingStub drift() {
        return limited(DriftServiceGrpc.newBlockingStub(channel));
    }

    public DiffServiceBlockingStub diffs() {
        return limited(DiffServiceGrpc.newBlockingStub(channel));
    }

    public BlameServiceBlockingStub blame() {
        return limited(BlameServiceGrpc.newBlockingStub(channel));
    }

    public PolicyServiceBlockingStub policies() {
        return limited(PolicyServiceGrpc.newBlockingStub(channel));
    }

    public ScreeningServiceBlockingStub screenings() {
        return limited(ScreeningServiceGrpc.newBlockingStub(channel));
    }

    public AuditServiceBlockingStub audit() {
        return limited(AuditServiceGrpc.newBlockingStub(channel));
    }

    public ErasureServiceBlockingStub erasures() {
        return limited(ErasureServiceGrpc.newBlockingStub(channel));
    }

    public LineageServiceBlockingStub lineage() {
        return limited(LineageServiceGrpc.newBlockingStub(channel));
    }

    private <S extends AbstractBlockingStub<S>> S limited(S stub) {
        return limit.map(time -> stub.withDeadlineAfter(time.toMillis(), TimeUnit.MILLISECONDS))
                .orElse(stub);
    }
}
