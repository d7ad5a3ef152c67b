package io.loremesh.lab.bench;

import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.Waiting;
import io.loremesh.cli.teach.KnowledgePublisher;
import io.loremesh.cli.teach.Lesson;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.retriever.v1.ScoredPassage;
import io.loremesh.proto.retriever.v1.SearchMode;
import io.loremesh.proto.retriever.v1.SearchPassagesRequest;
import java.time.Duration;
import java.util.List;

/** How long a document's event takes until a search finds the document. */
final class SearchableLatency {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private SearchableLatency() {}

    /** One event after the other, each from the call that sends it to the search that finds it, seconds. */
    static double[] seconds(MeshClients clients, KnowledgePublisher publisher, int events) throws InterruptedException {
        double[] seconds = new double[events];
        for (int i = 0; i < events; i++) {
            String text = "The shelf number of parcel bench%dx%d is %d.".formatted(System.nanoTime(), i, i);
            Lesson lesson = Lesson.of(Document.newBuilder().setText(text).build());
            long begin = System.nanoTime();
            publisher.publish(List.of(lesson));
            Waiting.until("a search to find a new document", PATIENCE, () -> finds(clients, text, lesson.subject()));
            seconds[i] = (System.nanoTime() - begin) / 1e9;
        }
        return seconds;
    }

    private static boolean finds(MeshClients clients, String text, String document) {
        return clients
                .retriever()
                .searchPassages(SearchPassagesRequest.newBuilder()
                        .setQuery(text)
                        .setPageSize(1)
                        .setMode(SearchMode.SEARCH_MODE_LEXICAL)
                        .build())
                .getPassagesList()
                .stream()
                .map(ScoredPassage::getPassage)
                .anyMatch(passage -> passage.getName().startsWith(document));
    }
}
