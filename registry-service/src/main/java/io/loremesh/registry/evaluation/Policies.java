package io.loremesh.registry.evaluation;

import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.GetPolicyRequest;
import io.loremesh.proto.registry.v1.ListPoliciesRequest;
import io.loremesh.proto.registry.v1.ListPoliciesResponse;
import io.loremesh.proto.registry.v1.Policy;
import io.loremesh.proto.registry.v1.SetPolicyRequest;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.audit.AuditLog;
import io.loremesh.registry.audit.Audited;
import io.loremesh.registry.audit.CallTrace;
import io.loremesh.registry.authority.Authorities;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.resource.Page;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.BaseModels;
import io.loremesh.registry.version.VersionRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The policy of each model, with its history. Until one is set, the registry's configuration makes it. */
@ApplicationScoped
public class Policies {
    private static final int DEFAULT_PAGE = 50;

    private final Transactions transactions;
    private final AuditLog audit;
    private final Authorities authorities;
    private final PolicyFile configured;

    Policies(Transactions transactions, AuditLog audit, Authorities authorities, EvaluationConfig config) {
        this.transactions = transactions;
        this.audit = audit;
        this.authorities = authorities;
        this.configured = PolicyFile.of(config);
    }

    /** The policy that holds for a model now. */
    public Uni<PolicyFile> holding(String model) {
        return transactions.in(() -> PolicyEntity.last(model)).map(last -> last == null ? configured : last.file());
    }

    /** The gates that judge a model's versions from now on. */
    public Uni<GatePolicy> judging(String model) {
        return holding(model).map(PolicyFile::policy);
    }

    public Uni<Policy> set(SetPolicyRequest request) {
        String model = VersionRef.model(request.getModel());
        PolicyFile file = PolicyFile.parse(request.getYaml());
        String trace = CallTrace.current();
        // An authority that cannot be read is better told now than to the next run.
        return authorities
                .of(file.screening())
                .chain(() -> transactions.in(Lock.VERSIONS, () -> BaseModels.require(model)
                        .chain(() -> PolicyEntity.last(model))
                        .chain(last ->
                                last != null && last.digest.equals(file.digest().toString())
                                        ? Uni.createFrom().item(last)
                                        : revise(model, last, file, request, trace))))
                .map(PolicyEntity::toProto);
    }

    public Uni<Policy> get(GetPolicyRequest request) {
        String model = VersionRef.model(request.getModel());
        if (request.getDigest().isEmpty()) {
            return transactions
                    // A model without a version yet is not registered; the defaults will judge its first.
                    .in(() -> PolicyEntity.last(model))
                    .map(last -> last == null ? toProto(model, configured) : last.toProto());
        }
        ContentDigest digest = ContentDigest.parse(request.getDigest());
        return transactions
                .in(() -> BaseModels.require(model).chain(() -> PolicyEntity.<PolicyEntity>find(
                                "model = ?1 and digest = ?2 order by revision desc", model, digest.toString())
                        .<PolicyEntity>firstResult()))
                .map(found -> {
                    if (found != null) {
                        return found.toProto();
                    }
                    if (configured.digest().equals(digest)) {
                        return toProto(model, configured);
                    }
                    throw new RegistryException(
                            Kind.NOT_FOUND,
                            "models/%s never had the policy %s; ListPolicies shows what it had",
                            model,
                            digest);
                });
    }

    public Uni<ListPoliciesResponse> list(ListPoliciesRequest request) {
        String model = VersionRef.model(request.getModel());
        Page page = Page.of(request.getPageSize(), DEFAULT_PAGE, request.getPageToken());
        return transactions
                .in(() -> BaseModels.require(model).chain(() -> PolicyEntity.<PolicyEntity>find(
                                "model = ?1 and revision < ?2 order by revision desc", model, (int)
                                        page.afterNumber().orElse(Integer.MAX_VALUE))
                        .range(0, page.size())
                        .list()))
                .map(read -> {
                    var slice = page.cut(read, policy -> policy.revision);
                    return ListPoliciesResponse.newBuilder()
                            .addAllPolicies(slice.rows().stream()
                                    .map(PolicyEntity::toProto)
                                    .toList())
                            .setNextPageToken(slice.nextToken())
                            .build();
                });
    }

    private Uni<PolicyEntity> revise(
            String model, PolicyEntity last, PolicyFile file, SetPolicyRequest request, String trace) {
        var entity = new PolicyEntity();
        entity.model = model;
        entity.revision = last == null ? 1 : last.revision + 1;
        entity.digest = file.digest().toString();
        entity.content = file.yaml();
        entity.actor = request.getActor();
        entity.reason = request.getReason();
        entity.createTime = Timestamps.now();
        var audited = new Audited(
                AuditAction.AUDIT_ACTION_POLICY_SET,
                "models/" + model,
                request.getActor(),
                request.getReason(),
                Map.of(
                        "revision", String.valueOf(entity.revision),
                        "policy", file.policy().label(),
                        "replaces",
                                last == null
                                        ? configured.policy().label()
                                        : last.file().policy().label()),
                trace);
        return entity.<PolicyEntity>persist().call(() -> audit.add(audited));
    }

    static Policy toProto(String model, PolicyFile file) {
        return Policy.newBuilder()
                .setModel("models/" + model)
                .setTitle(file.title())
                .setDigest(file.digest().toString())
                .setYaml(file.yaml())
                .setApprovalRequired(file.policy().approvalRequired())
                .setScreening(file.screening())
                .build();
    }
}
