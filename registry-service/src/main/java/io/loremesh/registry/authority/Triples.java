package io.loremesh.registry.authority;

import io.loremesh.proto.knowledge.v1.Fact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Literal;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.rio.RDFHandlerException;
import org.eclipse.rdf4j.rio.RDFParseException;
import org.eclipse.rdf4j.rio.helpers.AbstractRDFHandler;
import org.eclipse.rdf4j.rio.ntriples.NTriplesParser;

/**
 * A knowledge graph as trusted facts: the triple's subject and predicate are a fact's subject and relation, its object
 * the answer. A resource is called by its labels ({@code rdfs:label}, {@code skos:prefLabel}, {@code skos:altLabel})
 * and by the last part of its IRI. For one thread.
 */
final class Triples extends AbstractRDFHandler {
    private static final Set<String> LABELS = Set.of(
            "http://www.w3.org/2000/01/rdf-schema#label",
            "http://www.w3.org/2004/02/skos/core#prefLabel",
            "http://www.w3.org/2004/02/skos/core#altLabel");

    private record Triple(Statement statement, long line) {}

    private final String name;
    private final int most;
    private final Map<Value, List<String>> labels = new HashMap<>();
    private final List<Triple> triples = new ArrayList<>();
    private int statements;
    private long line;

    Triples(String name, int most) {
        this.name = name;
        this.most = most;
    }

    void read(byte[] bytes, Authority.Builder builder) {
        var parser = new NTriplesParser();
        parser.setRDFHandler(this);
        parser.setParseLocationListener((at, column) -> line = at);
        try {
            parser.parse(new ByteArrayInputStream(bytes));
        } catch (RDFParseException e) {
            throw AuthorityFile.broken(name, e.getLineNumber(), e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be read", e);
        }
        triples.forEach(triple -> add(triple, builder));
    }

    @Override
    public void handleStatement(Statement statement) throws RDFHandlerException {
        AuthorityFile.requireFew(name, ++statements, most);
        if (LABELS.contains(statement.getPredicate().stringValue()) && statement.getObject() instanceof Literal label) {
            labels.computeIfAbsent(statement.getSubject(), any -> new ArrayList<>(1))
                    .add(label.getLabel());
        } else {
            triples.add(new Triple(statement, line));
        }
    }

    /** One fact for each way to name subject and relation. */
    private void add(Triple triple, Authority.Builder builder) {
        List<String> answers = names(triple.statement().getObject());
        for (String subject : names(triple.statement().getSubject())) {
            for (String relation : names(triple.statement().getPredicate())) {
                if (!answers.isEmpty()) {
                    builder.add(
                            Fact.newBuilder()
                                    .setSubject(subject)
                                    .setRelation(relation)
                                    .setAnswer(answers.getFirst())
                                    .addAllAliases(answers.subList(1, answers.size()))
                                    .build(),
                            name + ":" + triple.line());
                }
            }
        }
    }

    /** How people call it, the best name first; a node without an IRI or a label has none. */
    private List<String> names(Value value) {
        List<String> names = new ArrayList<>(labels.getOrDefault(value, List.of()));
        switch (value) {
            case Literal literal -> names.add(literal.getLabel());
            case IRI iri -> names.add(iri.getLocalName().isEmpty() ? iri.stringValue() : iri.getLocalName());
            default -> {}
        }
        return names.stream().filter(text -> !text.isBlank()).distinct().toList();
    }
}
