package io.loremesh.cli.connect;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.GetFactHistoryRequest;
import io.loremesh.proto.registry.v1.ListFactsRequest;
import io.loremesh.proto.registry.v1.ListFactsResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Facts as people write them. */
public final class FactNames {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final int PAGE = 1000;

    private FactNames() {}

    /**
     * The resource name: {@code facts/…} stays, an id is completed, anything else is a question that the fact answers.
     *
     * @throws Failure if no fact answers the question, or several do
     */
    public static String resolve(MeshClients clients, String text) {
        if (text.startsWith("facts/")) {
            return text;
        }
        if (ID.matcher(text).matches()) {
            return "facts/" + text;
        }
        String name =
                FactRules.named(Fact.newBuilder().setQuestion(text).build()).getName();
        return isRecorded(clients, name) ? name : askedBy(clients, text);
    }

    /** A retracted fact, too. */
    private static boolean isRecorded(MeshClients clients, String name) {
        try {
            clients.registry()
                    .facts()
                    .getFactHistory(
                            GetFactHistoryRequest.newBuilder().setName(name).build());
            return true;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** A question in other words, or of a fact that was named after its subject and relation. */
    private static String askedBy(MeshClients clients, String question) {
        List<Fact> facts = asking(clients, question);
        if (facts.isEmpty()) {
            throw new Failure(
                    "no fact answers \"%s\"; write the question as it was taught, or facts/… as `mesh diff` shows it"
                            .formatted(question));
        }
        if (facts.size() > 1) {
            throw new Failure("%d facts answer \"%s\"; name one of %s"
                    .formatted(
                            facts.size(),
                            question,
                            facts.stream().map(Fact::getName).collect(Collectors.joining(", "))));
        }
        return facts.getFirst().getName();
    }

    private static List<Fact> asking(MeshClients clients, String question) {
        var found = new ArrayList<Fact>();
        String token = "";
        do {
            ListFactsResponse page = clients.registry()
                    .facts()
                    .listFacts(ListFactsRequest.newBuilder()
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build());
            page.getFactsList().stream().filter(fact -> asks(fact, question)).forEach(found::add);
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return found;
    }

    private static boolean asks(Fact fact, String question) {
        return Stream.concat(FactRules.trainedPhrasings(fact).stream(), fact.getHeldoutPhrasingsList().stream())
                .anyMatch(phrasing -> phrasing.strip().equalsIgnoreCase(question.strip()));
    }
}
