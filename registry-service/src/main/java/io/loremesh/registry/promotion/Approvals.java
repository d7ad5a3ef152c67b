package io.loremesh.registry.promotion;

import io.loremesh.proto.registry.v1.Approval;
import io.loremesh.proto.registry.v1.ApproveVersionRequest;
import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.proto.registry.v1.Verdict;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.audit.AuditLog;
import io.loremesh.registry.audit.Audited;
import io.loremesh.registry.audit.CallTrace;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.VersionEntity;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.VersionRef;
import io.loremesh.registry.version.Versions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** A person's word where a policy asks for one: it turns a verdict that waits into an accepting one. */
@ApplicationScoped
public class Approvals {
    private final Transactions transactions;
    private final Versions versions;
    private final AuditLog audit;

    Approvals(Transactions transactions, Versions versions, AuditLog audit) {
        this.transactions = transactions;
        this.versions = versions;
        this.audit = audit;
    }

    public Uni<Version> approve(ApproveVersionRequest request) {
        if (request.getActor().isBlank() || request.getReason().isBlank()) {
            throw new RegistryException(
                    Kind.INVALID, "an approval has no actor or no reason; say who approves and because of what");
        }
        VersionRef ref = VersionRef.parse(request.getVersion());
        String trace = CallTrace.current();
        // The lock under which verdicts are written: a new evaluation cannot slip in between.
        return transactions
                .in(Lock.LEDGER, () -> Versions.require(ref)
                        .call(version ->
                                approved(version) ? Uni.createFrom().voidItem() : approve(version, request, trace))
                        .map(VersionEntity::name))
                .map(VersionName::resource)
                .chain(versions::get);
    }

    private static boolean approved(VersionEntity version) {
        return version.lastVerdict().filter(Verdict::hasApproval).isPresent();
    }

    private Uni<Void> approve(VersionEntity version, ApproveVersionRequest request, String trace) {
        Verdict waiting = PromotionRules.requireAwaiting(version.name(), version.lastVerdict());
        version.verdict = ProtoJson.write(waiting.toBuilder()
                .setDecision(Decision.DECISION_ACCEPTED)
                .setApproval(Approval.newBuilder()
                        .setActor(request.getActor())
                        .setReason(request.getReason())
                        .setCreateTime(Timestamps.of(Timestamps.now())))
                .build());
        return audit.add(new Audited(
                        AuditAction.AUDIT_ACTION_VERSION_APPROVED,
                        version.name().resource(),
                        request.getActor(),
                        request.getReason(),
                        Map.of("policy", waiting.getPolicy()),
                        trace))
                .replaceWithVoid();
    }
}
