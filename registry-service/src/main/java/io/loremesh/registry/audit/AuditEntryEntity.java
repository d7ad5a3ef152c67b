package io.loremesh.registry.audit;

import io.loremesh.proto.registry.v1.AuditEntry;
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

    /** The entry that comes after another; null: the first. */
    static AuditEntryEntity after(AuditEntryEntity last, Audited audited, Instant time) {
        var next = new AuditEntryEntity();
        next.sequence = last == null ? 1 : last.sequence + 1;
        next.previousHash = last == null ? CanonicalEntry.GENESIS : last.hash;
        next.entry = CanonicalEntry.write(next.sequence, audited, time);
        next.hash = CanonicalEntry.hash(next.previousHash, next.entry);
        return next;
    }

    public AuditEntry toProto() {
        return CanonicalEntry.read(entry)
                .setPreviousHash(previousHash)
                .setHash(hash)
                .build();
    }

    /** Null for an empty log. */
    static Uni<AuditEntryEntity> last() {
        return find("order by sequence desc").firstResult();
    }

    /** Everything about a resource, oldest first. */
    public static Uni<List<AuditEntryEntity>> about(String subject) {
        return list("subject = ?1 order by sequence", subject);
    }
}
