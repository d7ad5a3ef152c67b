package io.loremesh.registry.version;

import io.loremesh.registry.version.Registrar.Registration;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What decides about registrations, under the lock of versions. For one transaction. */
final class RegistrationGround {
    private record Adapter(String model, String digest) {}

    private final Map<Adapter, VersionEntity> there = new HashMap<>();
    private final Map<String, Integer> lastNumbers = new HashMap<>();

    private RegistrationGround() {}

    /**
     * Reads it at once, and models and artifacts with it: whoever looks for these by their ids then finds them in the
     * session.
     */
    static Uni<RegistrationGround> of(List<Registration> asked) {
        return Panache.getSession().chain(session -> session.createQuery(
                        "select b.id, v, (select coalesce(max(n.number), 0) from VersionEntity "
                                + "n where n.model = b.id), b, a"
                                + " from BaseModelEntity b left join ArtifactEntity a on a.digest in :digests"
                                + " left join VersionEntity v on v.model = b.id and v.artifactDigest = a.digest"
                                + " where b.id in :models",
                        Object[].class)
                .setParameter("models", asked.stream().map(Registration::model).collect(Collectors.toSet()))
                .setParameter(
                        "digests",
                        asked.stream().map(one -> one.digest().toString()).collect(Collectors.toSet()))
                .getResultList()
                .map(rows -> {
                    var ground = new RegistrationGround();
                    for (Object[] row : rows) {
                        ground.lastNumbers.put((String) row[0], (Integer) row[2]);
                        if (row[1] instanceof VersionEntity version) {
                            ground.there.put(new Adapter(version.model, version.artifactDigest), version);
                        }
                    }
                    return ground;
                }));
    }

    /** The version that the adapter is already, if it is one. */
    Optional<VersionEntity> sameArtifact(Registration asked) {
        return Optional.ofNullable(
                there.get(new Adapter(asked.model(), asked.digest().toString())));
    }

    /** The number of the version that is {@link #add}ed next. */
    int nextNumber(String model) {
        return lastNumbers.get(model) + 1;
    }

    void add(VersionEntity version) {
        there.put(new Adapter(version.model, version.artifactDigest), version);
        lastNumbers.put(version.model, version.number);
    }
}
