package io.loremesh.registry.faults;

import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_LEARNED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_STALE;
import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.Topics;
import io.loremesh.events.UnreadableEventException;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.DownloadArtifactRequest;
import io.loremesh.proto.registry.v1.FactHistory;
import io.loremesh.proto.registry.v1.FactRevision;
import io.loremesh.proto.registry.v1.GetFactHistoryRequest;
import io.loremesh.proto.registry.v1.ListAliasMovesRequest;
import io.loremesh.proto.registry.v1.ListAuditEntriesRequest;
import io.loremesh.proto.registry.v1.ListVersionsRequest;
import io.loremesh.proto.registry.v1.VerifyAuditLogRequest;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.Eventually;
import io.loremesh.registry.KafkaCaller;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.artifact.ContentDigest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * What was acknowledged, held against what is there. Each list is in the order of its one writer.
 *
 * @param moves of alias `active`
 * @param artifacts numbers of {@link Load#bytes}
 * @param requested facts that one caller recorded
 * @param published events whose facts only came by Kafka
 */
record Account(
        RegistryCaller registry,
        KafkaCaller kafka,
        Watcher watcher,
        List<Version> versions,
        List<AliasMove> moves,
        List<Integer> artifacts,
        List<Fact> requested,
        List<Event> published) {
    private static final Logger LOG = Logger.getLogger(Account.class);
    private static final int PAGE = 1_000;

    /** Each acknowledged version is there as it was acknowledged, and no other. */
    void requireVersions() {
        assertThat(versions)
                .extracting(Version::getName)
                .as("numbers have no gaps")
                .containsExactlyElementsOf(IntStream.rangeClosed(1, versions.size())
                        .mapToObj(number -> "models/%s/versions/%d".formatted(Load.VERSIONS, number))
                        .toList());
        assertThat(listed()).isEqualTo(versions);
    }

    /** Each move was made once, and told to the watcher over its one call. */
    void requireMoves() {
        List<AliasMove> all = moved("");
        List<AliasMove> active = moved("active");
        assertThat(active).isEqualTo(moves);
        assertThat(all)
                .as("each move of `active` takes `previous` along; one was before the load")
                .hasSize(2 * active.size() + 1);
        Eventually.within(
                BreakableParts.RECOVERY, () -> assertThat(watcher.told()).isEqualTo(all));
        assertThat(watcher.ended()).as("the end of the watch").isEmpty();
    }

    void requireArtifacts() {
        for (int number : artifacts) {
            byte[] bytes = Load.bytes(number);
            var received = new ByteArrayOutputStream();
            registry.calls()
                    .artifacts()
                    .downloadArtifact(DownloadArtifactRequest.newBuilder()
                            .setDigest(ContentDigest.of(bytes).toString())
                            .build())
                    .forEachRemaining(
                            piece -> received.writeBytes(piece.getData().toByteArray()));
            assertThat(received.toByteArray()).as("artifact %d", number).isEqualTo(bytes);
        }
    }

    /**
     * Each fact has the revisions that were written, in order, none lost and none doubled, and its ledger lines follow.
     */
    void requireFacts() {
        Map<String, List<String>> expected = expectedRevisions();
        for (Fact first : Load.firstFacts()) {
            List<String> written = expected.get(first.getName());
            FactHistory history = registry.calls()
                    .facts()
                    .getFactHistory(GetFactHistoryRequest.newBuilder()
                            .setName(first.getName())
                            .build());
            assertThat(history.getRevisionsList())
                    .extracting(Account::revision)
                    .as(first.getQuestion())
                    .isEqualTo(written);
            assertThat(history.getRevisionsList())
                    .extracting(FactRevision::getRevision)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, written.size()).boxed().toList());
            boolean holds = written.getLast().startsWith(first.getAnswer() + " ");
            assertThat(history.getLedgerList())
                    .as("lines of the two versions that learned \"%s\", now %s", first.getAnswer(), written.getLast())
                    .hasSize(2)
                    .allMatch(line -> line.getState() == (holds ? KNOWLEDGE_STATE_LEARNED : KNOWLEDGE_STATE_STALE));
        }
        assertThat(kafka.all(Topics.deadLetter(Topics.KNOWLEDGE)))
                .extracting(ConsumerRecord::key)
                .as("facts that were set aside")
                .doesNotContainAnyElementsOf(expected.keySet());
    }

    /**
     * Each change has its one event. Kafka holds it once or, where an acknowledgement was lost, more than once under
     * the same id; without those the events of a resource are in the order of its changes.
     */
    void requireEvents() throws UnreadableEventException {
        var events = new LinkedHashMap<String, Event>();
        int messages = 0;
        for (ConsumerRecord<String, byte[]> message : kafka.all(Topics.VERSIONS)) {
            if (message.key().startsWith("models/" + Load.VERSIONS + "/")
                    || message.key().equals("models/" + Load.ALIASES)) {
                Event event = EventCodec.read(message);
                events.putIfAbsent(event.id(), event);
                messages++;
            }
        }
        assertThat(payloads(events, Version.class)).isEqualTo(versions);
        assertThat(payloads(events, AliasMove.class)).isEqualTo(moved(""));
        LOG.infof("%d events, %d of them delivered again under their id", events.size(), messages - events.size());
    }

    void requireUnbrokenAudit() {
        var verified = registry.calls().audit().verifyAuditLog(VerifyAuditLogRequest.getDefaultInstance());
        assertThat(verified.hasFirstBreak()).as(verified.toString()).isFalse();
        assertThat(audited(AuditAction.AUDIT_ACTION_VERSION_REGISTERED))
                .filteredOn(subject -> subject.startsWith("models/" + Load.VERSIONS + "/"))
                .as("each registration is audited once")
                .containsExactlyElementsOf(
                        versions.stream().map(Version::getName).toList());
    }

    private static <T> List<T> payloads(Map<String, Event> events, Class<T> type) {
        return events.values().stream()
                .map(Event::payload)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static String revision(FactRevision revision) {
        return "%s (%s)".formatted(revision.getFact().getAnswer(), revision.getEventId());
    }

    private Map<String, List<String>> expectedRevisions() {
        var expected = new LinkedHashMap<String, List<String>>();
        Stream<Fact> byRequest = Stream.concat(Load.firstFacts().stream(), requested.stream());
        byRequest.forEach(fact -> expected.computeIfAbsent(fact.getName(), name -> new ArrayList<>())
                .add(fact.getAnswer() + " ()"));
        for (Event event : published) {
            expected.get(event.subject()).add("%s (%s)".formatted(((Fact) event.payload()).getAnswer(), event.id()));
        }
        return expected;
    }

    private List<Version> listed() {
        var listed = new ArrayList<Version>();
        String token = "";
        do {
            var page = registry.calls()
                    .versions()
                    .listVersions(ListVersionsRequest.newBuilder()
                            .setParent("models/" + Load.VERSIONS)
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build());
            listed.addAll(page.getVersionsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return listed.reversed();
    }

    private List<AliasMove> moved(String alias) {
        var moved = new ArrayList<AliasMove>();
        String token = "";
        do {
            var page = registry.calls()
                    .aliases()
                    .listAliasMoves(ListAliasMovesRequest.newBuilder()
                            .setModel("models/" + Load.ALIASES)
                            .setAlias(alias)
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build());
            moved.addAll(page.getMovesList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return moved.reversed();
    }

    private List<String> audited(AuditAction action) {
        var subjects = new ArrayList<String>();
        String token = "";
        do {
            var page = registry.calls()
                    .audit()
                    .listAuditEntries(ListAuditEntriesRequest.newBuilder()
                            .setAction(action)
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build());
            page.getEntriesList().forEach(entry -> subjects.add(entry.getSubject()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return subjects.reversed();
    }
}
