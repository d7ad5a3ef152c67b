package io.loremesh.registry.authority;

import io.loremesh.proto.registry.v1.ScreeningPolicy;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The authorities that policies name, read where they lie: a file that changes counts from the next check on, under its
 * new digest. What was read is kept as long as memory is not wanted for something else. Safe for concurrent use.
 */
@ApplicationScoped
public class Authorities {
    private static final long MOST_BYTES = 32 << 20;

    /** What tells that a file is still the one that was read, short of reading it. */
    private record Stamp(long size, FileTime modified, Object file) {}

    private record Read(Stamp stamp, SoftReference<Authority> authority) {}

    private final Path dir;
    private final Map<String, Read> shelf = new ConcurrentHashMap<>();

    Authorities(AuthorityConfig config) {
        this.dir = config.dir();
    }

    /**
     * The authority of a policy, empty where it names none. Errors: PRECONDITION (it cannot be read: a check that could
     * not be made is not passed).
     */
    public Uni<Optional<Authority>> of(ScreeningPolicy policy) {
        return policy.getAuthorityFile().isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : Uni.createFrom()
                        .item(() -> Optional.of(open(policy.getAuthorityFile())))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Authority open(String name) {
        try {
            Path file = dir.resolve(name).toRealPath();
            if (!file.startsWith(dir.toRealPath())) {
                throw new RegistryException(
                        Kind.PRECONDITION, "the authority %s leads out of %s; put the file itself there", name, dir);
            }
            Stamp stamp = stamp(file);
            Read read = shelf.get(name);
            Authority kept = read == null || !read.stamp().equals(stamp)
                    ? null
                    : read.authority().get();
            if (kept != null) {
                return kept;
            }
            if (stamp.size() > MOST_BYTES) {
                throw new RegistryException(
                        Kind.PRECONDITION,
                        "the authority %s has %,d bytes; at most %,d are read",
                        name,
                        stamp.size(),
                        MOST_BYTES);
            }
            Authority authority = AuthorityFile.read(name, Files.readAllBytes(file));
            shelf.put(name, new Read(stamp, new SoftReference<>(authority)));
            return authority;
        } catch (IOException e) {
            throw new RegistryException(
                    Kind.PRECONDITION,
                    "the authority %s cannot be read in %s (%s); put it there, or take it out of the policy",
                    name,
                    dir.toAbsolutePath(),
                    e);
        }
    }

    private static Stamp stamp(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }
}
