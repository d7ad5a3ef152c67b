package io.loremesh.retriever.index;

import com.google.protobuf.Message;
import io.loremesh.events.Event;
import io.loremesh.events.EventType;
import io.loremesh.knowledge.DocumentRules;
import io.loremesh.knowledge.FactRules;
import io.loremesh.knowledge.Stamp;
import io.loremesh.knowledge.Succession;
import io.loremesh.knowledge.Succession.Decision;
import io.loremesh.knowledge.Succession.Ruling;
import io.loremesh.knowledge.Succession.Statement;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.Passage;
import io.loremesh.retriever.document.DocumentPassages;
import io.loremesh.retriever.document.FactPassages;
import io.loremesh.retriever.embedding.TextEncoder;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The way of an event into the index: {@link Succession} says what it states and whether that stands; what stands is
 * cut into passages, which are encoded and put in place of what the same resource said before, and what they supersede
 * goes out of service.
 *
 * <p>Every step can be repeated: an event applied twice leaves the index as once. Safe for concurrent use; changes are
 * made one after the other.
 */
public final class KnowledgeFlow {
    private static final Logger LOG = Logger.getLogger(KnowledgeFlow.class);
    /** The source of what comes by RPC. */
    private static final String DOOR = "/retriever";

    /** Claims that a late document is held against. */
    private static final int CLAIMS_NEAR = 10;
    /** Passages of each kind of search that a changed fact is held against, for each of its phrasings. */
    private static final int PASSAGES_NEAR = 50;

    private final PassageIndex index;
    private final TextEncoder encoder;
    private final SupersedeRule rule;
    /** Documents and facts whose last change a search may not find yet, with its stamp. */
    private final Map<String, Stamp> unsettled = new HashMap<>();

    public KnowledgeFlow(PassageIndex index, TextEncoder encoder, SupersedeRule rule) {
        this.index = index;
        this.encoder = encoder;
        this.rule = rule;
    }

    /** What became of an event. */
    public enum Outcome {
        APPLIED,
        /** What is held is newer, or the same. */
        IGNORED,
        /** Its time has not come. */
        WAITING
    }

    /**
     * Applies an event of the topic and moves the index's position past it.
     *
     * @throws RejectedKnowledgeException if it cannot be accepted; nothing has changed
     */
    public synchronized Outcome apply(Event event, Stamp stamp, int partition, long offset)
            throws RejectedKnowledgeException, IOException {
        Outcome outcome = apply(event.type(), event.payload(), stamp, Instant.now());
        index.moveTo(index.position().after(partition, offset, event.time()));
        return outcome;
    }

    /** Moves the index's position past a message that went to the dead-letter topic. */
    public synchronized void skip(int partition, long offset) {
        index.moveTo(index.position().skipping(partition, offset));
    }

    /**
     * Forgets the position if it is one in another topic: a topic made anew is read from its start. Opens the index
     * again if a failure has closed it.
     */
    public synchronized LogPosition follow(String topicId) throws IOException {
        if (!index.writable()) {
            unsettled.clear();
            index.reopen();
            LOG.warn("the index had been closed by a failure and goes on from its last commit");
        }
        if (!index.position().topicId().equals(topicId)) {
            index.moveTo(LogPosition.start(topicId));
        }
        return index.position();
    }

    /**
     * Applies the facts whose time has come.
     *
     * @return how many
     */
    public synchronized int applyDue(Instant now) throws IOException {
        List<WaitingFact> due = index.due(now);
        for (WaitingFact waiting : due) {
            try {
                apply(EventType.FACT_RECORDED, waiting.fact(), waiting.stamp(), now);
            } catch (RejectedKnowledgeException | RuntimeException e) {
                if (!index.writable()) {
                    throw new IOException("the index failed: " + e.getMessage(), e);
                }
                LOG.errorf(
                        e,
                        "%s waited for its time and cannot be applied; it is left out",
                        waiting.fact().getName());
            }
            index.removeWaiting(waiting);
        }
        if (!due.isEmpty()) {
            settle();
        }
        return due.size();
    }

    /**
     * Indexes a document that did not come by the topic.
     *
     * @return how many passages it has
     */
    public synchronized int ingest(Document document) throws RejectedKnowledgeException, IOException {
        reject(DocumentRules.problem(document));
        Document named = DocumentRules.named(document);
        Stamp stamp = Stamp.ofRequest(DOOR, held(named.getName()));
        int passages = stand(named, stamp);
        index.moveTo(index.position().updatedAt(stamp.time()));
        return passages;
    }

    /**
     * Withdraws a document.
     *
     * @return false where there was none; nothing has changed then
     */
    public synchronized boolean delete(String document) throws RejectedKnowledgeException, IOException {
        reject(DocumentRules.nameProblem(document));
        settleIf(unsettled.containsKey(document));
        if (!index.holds(document)) {
            return false;
        }
        Stamp stamp = Stamp.ofRequest(DOOR, held(document));
        withdraw(document, stamp);
        index.moveTo(index.position().updatedAt(stamp.time()));
        return true;
    }

    /** Returns once all that was applied can be found. */
    public synchronized void settle() throws IOException {
        index.refresh();
        unsettled.clear();
    }

    /** Makes all that was applied durable, together with the position. */
    public synchronized void commit() throws IOException {
        index.commit();
    }

    private Outcome apply(EventType type, Message payload, Stamp stamp, Instant now)
            throws RejectedKnowledgeException, IOException {
        return switch (Succession.of(type, payload, now)) {
            case Ruling.Refused(String reason) -> throw new RejectedKnowledgeException(reason);
            case Ruling.Waits(Instant until) -> {
                index.putWaiting(new WaitingFact((Fact) payload, stamp), until);
                yield Outcome.WAITING;
            }
            case Ruling.Heard(List<Statement> statements) -> {
                Outcome outcome = Outcome.IGNORED;
                for (Statement statement : statements) {
                    if (apply(statement, stamp)) {
                        outcome = Outcome.APPLIED;
                    }
                }
                yield outcome;
            }
        };
    }

    private boolean apply(Statement statement, Stamp stamp) throws IOException {
        return switch (Succession.decide(held(statement.name()), stamp)) {
            case Decision.Apply() -> {
                switch (statement) {
                    case Statement.FactStands(Fact fact) -> stand(fact, stamp);
                    case Statement.DocumentStands(Document document) -> stand(document, stamp);
                    case Statement.Withdrawn(String name, String _) -> withdraw(name, stamp);
                }
                yield true;
            }
            case Decision.Ignore(String reason) -> {
                LOG.debugf("%s is left as it is: %s", statement.name(), reason);
                if (statement instanceof Statement.FactStands(Fact fact)) {
                    remember(fact, stamp);
                }
                yield false;
            }
        };
    }

    private Optional<Stamp> held(String name) throws IOException {
        Stamp recent = unsettled.get(name);
        return recent == null ? index.stamp(name) : Optional.of(recent);
    }

    private void withdraw(String name, Stamp stamp) throws IOException {
        index.withdraw(name, stamp);
        unsettled.put(name, stamp);
    }

    private int stand(Document document, Stamp stamp) throws IOException {
        settleIf(unsettled.keySet().stream().anyMatch(name -> name.startsWith("facts/")));
        List<EncodedPassage> passages = new ArrayList<>();
        for (Passage passage : DocumentPassages.of(document, stamp.time())) {
            float[] vector = encoder.encode(withTitle(passage));
            passages.add(new EncodedPassage(passage, vector, supersededSince(passage, vector)));
        }
        index.putDocument(document.getName(), stamp, passages);
        unsettled.put(document.getName(), stamp);
        return passages.size();
    }

    /** A document may arrive after the fact that outdated it: from another partition, or late from its source. */
    private Optional<Instant> supersededSince(Passage passage, float[] vector) throws IOException {
        for (Claim claim : index.revisedClaimsNear(passage.getText(), CLAIMS_NEAR)) {
            if (rule.supersedes(claim, passage, similarity(claim, vector))) {
                return Optional.of(claim.since());
            }
        }
        return Optional.empty();
    }

    private double similarity(Claim claim, float[] vector) {
        return FactRules.trainedPhrasings(claim.fact()).stream()
                .mapToDouble(phrasing -> dot(encoder.encode(phrasing), vector))
                .max()
                .orElse(-1);
    }

    private void stand(Fact fact, Stamp stamp) throws IOException {
        settleIf(unsettled.containsKey(fact.getName()) || unsettled.containsKey(fact.getSupersedes()));
        Optional<Claim> before = index.claim(fact.getName());
        if (before.isEmpty() && !fact.getSupersedes().isEmpty()) {
            before = index.claim(fact.getSupersedes());
        }
        Claim claim = before.map(claimed -> claimed.recordedAgain(fact, stamp.time()))
                .orElseGet(() -> Claim.first(fact, stamp.time()));
        if (before.isPresent() && !before.get().answersLike(fact)) {
            settle(); // documents of a moment ago count
            index.supersede(outdatedBy(claim), stamp.time());
        }
        put(claim, stamp);
    }

    private void put(Claim claim, Stamp stamp) throws IOException {
        List<EncodedPassage> passages = new ArrayList<>();
        for (Passage passage : FactPassages.of(claim.fact(), stamp.time())) {
            passages.add(new EncodedPassage(passage, encoder.encode(passage.getText()), Optional.empty()));
        }
        index.putFact(claim, stamp, passages);
        unsettled.put(claim.fact().getName(), stamp);
    }

    /**
     * A record that came too late does not stand, but documents that say what it said are outdated as if it had come in
     * time.
     */
    private void remember(Fact late, Stamp stamp) throws IOException {
        settleIf(unsettled.containsKey(late.getName()));
        Optional<Claim> claim = index.claim(late.getName());
        Optional<Stamp> held = held(late.getName());
        if (claim.isEmpty() || held.isEmpty() || stamp.compareTo(held.get()) >= 0) {
            return;
        }
        Claim told = claim.get().recordedBefore(late, stamp.time());
        if (!told.equals(claim.get())) {
            settle();
            index.supersede(outdatedBy(told), told.since());
            put(told, held.get());
        }
    }

    /** Waiting for a refresh costs some milliseconds, so a burst of unrelated records does without. */
    private void settleIf(boolean needed) throws IOException {
        if (needed) {
            settle();
        }
    }

    private Set<String> outdatedBy(Claim claim) throws IOException {
        Set<String> outdated = new LinkedHashSet<>();
        for (String phrasing : FactRules.trainedPhrasings(claim.fact())) {
            var query = new CandidateQuery(
                    Optional.of(phrasing),
                    Optional.of(encoder.encode(phrasing)),
                    PASSAGES_NEAR,
                    CandidateQuery.Filter.documentsBefore(claim.since()));
            for (Candidate candidate : index.find(query).list()) {
                double similarity = candidate.cosine().orElse(-1);
                if (rule.supersedes(claim, candidate.passage(), similarity)) {
                    outdated.add(candidate.passage().getName());
                }
            }
        }
        return outdated;
    }

    private static void reject(Optional<String> problem) throws RejectedKnowledgeException {
        if (problem.isPresent()) {
            throw new RejectedKnowledgeException(problem.get());
        }
    }

    private static String withTitle(Passage passage) {
        return passage.getTitle().isEmpty() ? passage.getText() : passage.getTitle() + "\n" + passage.getText();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
