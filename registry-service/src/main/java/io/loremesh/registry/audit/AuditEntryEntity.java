package io.loremesh.registry.audit;

import io.loremesh.proto.registry.v1.AuditEntry;
import io.loremesh.registry.outbox.Transactions;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** A link of the audit chain. The database refuses to change or delete one. */
@Entity
@Table(name = "audit_entry")
public class AuditEntryEntity extends PanacheEntityBase {
    /** Given under the lock of the audit log, without gaps. */
    @Id
    public long sequence;

    /** See {@link CanonicalEntry}. */
    public String entry;

    @Column(name = "previous_hash")
    public String previousHash;

    public String hash;

    /** Generated from the entry by the database. */
    @Column(insertable = false, updatable = false)
    public String subject;

    /** Generated from the entry by the database. */
    @Column(insertable = false, updatable = false)
    public String action;

    /**
     * Within a transaction that holds the log's lock.
     *
     * @param sequence of the last entry; 0 for an empty log
     */
    record Head(long sequence, String hash) {
        AuditEntryEntity next(Audited audited, Instant time) {
            var next = new AuditEntryEntity();
            next.sequence = sequence + 1;
            next.previousHash = hash;
            next.entry = CanonicalEntry.write(next.sequence, audited, time);
            next.hash = CanonicalEntry.hash(hash, next.entry);
            return next;
        }
    }

    static Uni<Head> last() {
        return Transactions.ask("select sequence, hash from audit_entry order by sequence desc limit 1")
                .map(last -> last == null
                        ? new Head(0, CanonicalEntry.GENESIS)
                        : new Head((Long) last[0], (String) last[1]));
    }

    static Uni<Void> write(List<AuditEntryEntity> entries) {
        return Transactions.sendAll(
                "insert into audit_entry (sequence, entry, previous_hash, hash) values ($1, $2, $3, $4)",
                entries.stream()
                        .map(one -> new Object[] {one.sequence, one.entry, one.previousHash, one.hash})
                        .toList());
    }

    Head head() {
        return new Head(sequence, hash);
    }

    public AuditEntry toProto() {
        return CanonicalEntry.read(entry)
                .setPreviousHash(previousHash)
                .setHash(hash)
                .build();
    }

    /** Everything about a resource, oldest first. */
    public static Uni<List<AuditEntryEntity>> about(String subject) {
        return list("subject = ?1 order by sequence", subject);
    }
}
