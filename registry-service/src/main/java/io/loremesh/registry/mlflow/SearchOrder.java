package io.loremesh.registry.mlflow;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.util.List;
import java.util.Set;

/** In which direction a search goes. Models are ordered by name, versions by when they were registered. */
enum SearchOrder {
    FORWARD,
    BACKWARD;

    private static final Set<String> OF_MODELS = Set.of("name");

    /** A version is never changed, so all of these order alike. */
    private static final Set<String> OF_VERSIONS =
            Set.of("version_number", "creation_timestamp", "last_updated_timestamp");

    static SearchOrder ofModels(List<String> orderBy) {
        return parse(orderBy, OF_MODELS, FORWARD);
    }

    static SearchOrder ofVersions(List<String> orderBy) {
        return parse(orderBy, OF_VERSIONS, BACKWARD);
    }

    private static SearchOrder parse(List<String> orderBy, Set<String> keys, SearchOrder usual) {
        if (orderBy.isEmpty()) {
            return usual;
        }
        String[] words = orderBy.getFirst().strip().split("\\s+");
        boolean backward = words.length == 2 && words[1].equalsIgnoreCase("desc");
        boolean forward = words.length == 1 || words.length == 2 && words[1].equalsIgnoreCase("asc");
        if (orderBy.size() > 1 || !keys.contains(words[0]) || !backward && !forward) {
            throw new RegistryException(
                    Kind.INVALID,
                    "order_by is \"%.80s\"; write one of %s, with ASC or DESC",
                    String.join(", ", orderBy),
                    keys.stream().sorted().toList());
        }
        return backward ? BACKWARD : FORWARD;
    }
}
