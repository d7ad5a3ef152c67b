package io.loremesh.registry.ledger;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How facts are found by what they say. */
final class FactSearch {
    private static final int LONGEST = 200;

    private FactSearch() {}

    /** What a search looks through, a line each, in lower case. */
    static String words(Fact fact) {
        return Stream.of(
                        Stream.of(fact.getName(), fact.getQuestion(), fact.getAnswer()),
                        fact.getPhrasingsList().stream(),
                        fact.getHeldoutPhrasingsList().stream(),
                        fact.getAliasesList().stream(),
                        Stream.of(
                                fact.getSubject(),
                                fact.getRelation(),
                                fact.getSource().getUri()))
                .flatMap(texts -> texts)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"))
                .toLowerCase(Locale.ROOT);
    }

    /**
     * The LIKE pattern, escaped by {@code !}, of what somebody looks for; everything where he looks for nothing.
     * Errors: INVALID.
     */
    static String pattern(String wanted) {
        if (wanted.length() > LONGEST) {
            throw new RegistryException(
                    Kind.INVALID, "`words` has %d characters; look for %d at most", wanted.length(), LONGEST);
        }
        String plain = wanted.replace("\0", "").strip().toLowerCase(Locale.ROOT);
        return '%' + plain.replaceAll("[!%_]", "!$0") + '%';
    }
}
