package io.loremesh.registry.audit;

import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.AuditBreak;
import io.loremesh.proto.registry.v1.ListAuditEntriesRequest;
import io.loremesh.proto.registry.v1.ListAuditEntriesResponse;
import io.loremesh.proto.registry.v1.VerifyAuditLogRequest;
import io.loremesh.proto.registry.v1.VerifyAuditLogResponse;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.resource.Page;
import io.loremesh.registry.resource.Timestamps;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The audit log: one hash chain, appended to in the transaction of what it records, so that neither exists without the
 * other. Changing an entry breaks its hash; leaving one out breaks its successor's. What a chain cannot tell is that
 * its last entries were cut off: for that, keep the head's hash elsewhere and have {@link #verify} look for it.
 */
@ApplicationScoped
public class AuditLog {
    private static final int DEFAULT_PAGE = 50;
    private static final int PIECE = 1_000;

    private final Transactions transactions;

    AuditLog(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Within a transaction, as its last step: appends an entry. It holds the log's lock until the transaction ends, so
     * no other lock may be taken after it.
     */
    public Uni<AuditEntryEntity> add(Audited audited) {
        return add(List.of(audited)).map(List::getFirst);
    }

    /** As {@link #add(Audited)}, several entries in this order. */
    public Uni<List<AuditEntryEntity>> add(List<Audited> audited) {
        return Transactions.lockAndAsk(Lock.AUDIT, AuditEntryEntity::last)
                .map(last -> {
                    var entries = new ArrayList<AuditEntryEntity>();
                    var head = last;
                    for (Audited one : audited) {
                        entries.add(head.next(one, Timestamps.now()));
                        head = entries.getLast().head();
                    }
                    return entries;
                })
                .call(AuditEntryEntity::write)
                .map(entries -> entries);
    }

    public Uni<ListAuditEntriesResponse> list(ListAuditEntriesRequest request) {
        Page page = Page.of(request.getPageSize(), DEFAULT_PAGE, request.getPageToken());
        String action = request.getActionValue() == AuditAction.AUDIT_ACTION_UNSPECIFIED_VALUE
                ? ""
                : request.getAction().name();
        return transactions
                .in(() -> AuditEntryEntity.<AuditEntryEntity>find(
                                "sequence < ?1 and (?2 = '' or subject = ?2) and (?3 = '' or action = ?3)"
                                        + " order by sequence desc",
                                page.afterNumber().orElse(Long.MAX_VALUE),
                                request.getSubject(),
                                action)
                        .range(0, page.size())
                        .list())
                .map(read -> {
                    var slice = page.cut(read, entry -> entry.sequence);
                    return ListAuditEntriesResponse.newBuilder()
                            .addAllEntries(slice.rows().stream()
                                    .map(AuditEntryEntity::toProto)
                                    .toList())
                            .setNextPageToken(slice.nextToken())
                            .build();
                });
    }

    /**
     * Reads the log piece by piece, each in a transaction of its own: entries that are added meanwhile are verified
     * too.
     */
    public Uni<VerifyAuditLogResponse> verify(VerifyAuditLogRequest request) {
        return Uni.createFrom().deferred(() -> follow(new AuditChain(), request.getKnownHash(), false));
    }

    private Uni<VerifyAuditLogResponse> follow(AuditChain chain, String known, boolean knownSeen) {
        return transactions
                .in(() -> AuditEntryEntity.<AuditEntryEntity>find("sequence > ?1 order by sequence", chain.verified())
                        .range(0, PIECE - 1)
                        .list())
                .chain(piece -> {
                    Optional<AuditBreak> broken = piece.stream()
                            .map(chain::next)
                            .flatMap(Optional::stream)
                            .findFirst();
                    boolean seen = knownSeen || piece.stream().anyMatch(entry -> entry.hash.equals(known));
                    return broken.isPresent() || piece.size() < PIECE
                            ? Uni.createFrom().item(result(chain, broken.or(() -> cutOff(chain, known, seen))))
                            : follow(chain, known, seen);
                });
    }

    private static Optional<AuditBreak> cutOff(AuditChain chain, String known, boolean seen) {
        return known.isEmpty() || seen
                ? Optional.empty()
                : Optional.of(AuditBreak.newBuilder()
                        .setSequence(chain.verified() + 1)
                        .setReason("no entry has the hash %s: the log was cut off or written anew".formatted(known))
                        .build());
    }

    private static VerifyAuditLogResponse result(AuditChain chain, Optional<AuditBreak> broken) {
        var result = VerifyAuditLogResponse.newBuilder()
                .setVerifiedCount(chain.verified())
                .setHeadHash(chain.head());
        broken.ifPresent(result::setFirstBreak);
        return result.build();
    }
}
