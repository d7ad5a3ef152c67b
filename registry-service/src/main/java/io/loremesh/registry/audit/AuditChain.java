package io.loremesh.registry.audit;

import io.loremesh.proto.registry.v1.AuditBreak;
import java.util.Optional;

/** Follows the chain from its first entry and stops at the first that does not hold. For one thread. */
final class AuditChain {
    private long verified;
    private String head = CanonicalEntry.GENESIS;

    /** Looks at the next entry; tells what is wrong with it, if anything. Nothing after a break is to be trusted. */
    Optional<AuditBreak> next(AuditEntryEntity entry) {
        long expected = verified + 1;
        if (entry.sequence != expected) {
            return broken(
                    expected, "entry %d is missing: after %d comes %d".formatted(expected, verified, entry.sequence));
        }
        if (!entry.previousHash.equals(head)) {
            return broken(
                    expected,
                    "entry %d says that %s comes before it, but the hash of entry %d is %s"
                            .formatted(expected, entry.previousHash, verified, head));
        }
        String hash = CanonicalEntry.hash(entry.previousHash, entry.entry);
        if (!hash.equals(entry.hash)) {
            return broken(
                    expected,
                    "entry %d was changed: its hash is %s, that of its text %s".formatted(expected, entry.hash, hash));
        }
        if (CanonicalEntry.sequence(entry.entry) != expected) {
            return broken(expected, "entry %d holds the text of another: %s".formatted(expected, entry.entry));
        }
        verified = expected;
        head = hash;
        return Optional.empty();
    }

    long verified() {
        return verified;
    }

    /** Hash of the last entry that holds; empty before the first. */
    String head() {
        return verified == 0 ? "" : head;
    }

    private static Optional<AuditBreak> broken(long sequence, String reason) {
        return Optional.of(
                AuditBreak.newBuilder().setSequence(sequence).setReason(reason).build());
    }
}
