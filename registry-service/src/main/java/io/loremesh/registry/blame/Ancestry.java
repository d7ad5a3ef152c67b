package io.loremesh.registry.blame;

import io.loremesh.registry.version.VersionName;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Which version of a model grew from which.
 *
 * @param parents number of the parent by number of the version; the bare base, 0, has none
 */
record Ancestry(Map<Integer, Integer> parents) {
    Ancestry {
        parents = Map.copyOf(parents);
    }

    /** Within a transaction. */
    static Uni<Ancestry> of(String model) {
        return Panache.getSession()
                .chain(session -> session.createQuery(
                                "select v.number, v.parent from VersionEntity v where v.model = :model", Object[].class)
                        .setParameter("model", model)
                        .getResultList())
                .map(rows -> new Ancestry(
                        rows.stream().collect(Collectors.toMap(row -> (Integer) row[0], row -> (Integer) row[1]))));
    }

    /** The nearest ancestor that the condition holds for. */
    Optional<Integer> ancestor(int version, IntPredicate condition) {
        Integer at = parents.get(version);
        while (at != null) {
            if (condition.test(at)) {
                return Optional.of(at);
            }
            at = parents.get(at);
        }
        return Optional.empty();
    }

    /** From an ancestor to a version, both included, oldest first; empty where it is none. */
    List<Integer> way(int ancestor, int version) {
        var way = new ArrayList<Integer>();
        Integer at = version;
        while (at != null && at != ancestor) {
            way.addFirst(at);
            at = at == VersionName.BARE ? null : parents.get(at);
        }
        if (at == null) {
            return List.of();
        }
        way.addFirst(ancestor);
        return way;
    }
}
