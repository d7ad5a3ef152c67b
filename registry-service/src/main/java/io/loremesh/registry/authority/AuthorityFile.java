package io.loremesh.registry.authority;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.util.List;

/**
 * Reads an authority: {@code .jsonl}, a trusted fact a line in the JSON that events carry facts in, or {@code .nt}, a
 * knowledge graph in W3C's N-Triples. One line that cannot be read makes the file no authority: a check against half of
 * it would call unknown what the rest contradicts.
 */
final class AuthorityFile {
    static final String FACTS = ".jsonl";
    static final String TRIPLES = ".nt";
    private static final int MOST_STATEMENTS = 100_000;

    private AuthorityFile() {}

    /**
     * @param name as the policy writes it, for labels and errors
     * @throws RegistryException PRECONDITION, with the line and the remedy
     */
    static Authority read(String name, byte[] bytes) {
        var builder = new Authority.Builder();
        if (name.endsWith(TRIPLES)) {
            new Triples(name, MOST_STATEMENTS).read(bytes, builder);
        } else {
            facts(name, bytes, builder);
        }
        return builder.build(name + "@" + ContentDigest.of(bytes));
    }

    private static void facts(String name, byte[] bytes, Authority.Builder builder) {
        List<String> lines = new String(bytes, UTF_8).lines().toList();
        requireFew(name, lines.size(), MOST_STATEMENTS);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                builder.add(fact(name, i + 1, lines.get(i)), name + ":" + (i + 1));
            }
        }
    }

    private static Fact fact(String name, int line, String json) {
        var fact = Fact.newBuilder();
        try {
            JsonFormat.parser().merge(json, fact);
        } catch (InvalidProtocolBufferException e) {
            throw broken(name, line, e.getMessage());
        }
        boolean asked = !fact.getQuestion().isBlank()
                || !fact.getSubject().isBlank() && !fact.getRelation().isBlank();
        if (!asked || fact.getAnswer().isBlank()) {
            throw broken(name, line, "it has no answer, or neither a question nor a subject with a relation");
        }
        return fact.build();
    }

    static void requireFew(String name, int statements, int most) {
        if (statements > most) {
            throw new RegistryException(
                    Kind.PRECONDITION,
                    "the authority %s holds more than %d statements; leave out what no fact is about",
                    name,
                    most);
        }
    }

    static RegistryException broken(String name, long line, String problem) {
        return new RegistryException(
                Kind.PRECONDITION, "line %d of the authority %s cannot be used: %s; mend it", line, name, problem);
    }
}
