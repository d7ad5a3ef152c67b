package io.loremesh.retriever.index;

import io.loremesh.events.Event;
import io.loremesh.events.Topics;
import io.loremesh.knowledge.DocumentRules;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.DocumentRetraction;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import io.loremesh.proto.knowledge.v1.Passage;
import io.loremesh.retriever.document.DocumentPassages;
import io.loremesh.retriever.document.FactPassages;
import io.loremesh.retriever.embedding.TextEncoder;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The way of a record into the index: check it, cut it into passages, encode them, put them in place of what the same
 * record brought before, and take out of service what they supersede.
 *
 * <p>Every step can be repeated: an event applied twice leaves the index as once. Safe for concurrent use; changes are
 * made one after the other.
 */
public final class KnowledgeFlow {
    /** Claims that a late document is held against. */
    private static final int CLAIMS_NEAR = 10;
    /** Passages of each kind of search that a changed fact is held against, for each of its phrasings. */
    private static final int PASSAGES_NEAR = 50;

    private final PassageIndex index;
    private final TextEncoder encoder;
    private final SupersedeRule rule;
    /** Documents and facts whose last change a search may not find yet. */
    private final Set<String> unsettled = new HashSet<>();

    public KnowledgeFlow(PassageIndex index, TextEncoder encoder, SupersedeRule rule) {
        this.index = index;
        this.encoder = encoder;
        this.rule = rule;
    }

    /**
     * Applies an event of the topic and moves the index's position past it.
     *
     * @throws RejectedKnowledgeException if it cannot be accepted; nothing has changed
     */
    public synchronized void apply(Event event, int partition, long offset)
            throws RejectedKnowledgeException, IOException {
        switch (event.type()) {
            case FACT_RECORDED -> record((Fact) event.payload(), event.time());
            case FACT_RETRACTED -> retract(((FactRetraction) event.payload()).getName());
            case DOCUMENT_RECORDED -> record((Document) event.payload(), event.time());
            case DOCUMENT_RETRACTED -> retract(((DocumentRetraction) event.payload()).getName());
            case VERSION_REGISTERED,
                    VERSION_PROMOTED,
                    VERSION_REJECTED,
                    VERSION_ROLLED_BACK,
                    RUN_REQUESTED,
                    RUN_PROGRESSED,
                    ANSWER_GIVEN ->
                throw new RejectedKnowledgeException("%s is no knowledge; publish it to %s, not to %s"
                        .formatted(event.type().type(), event.type().topic(), Topics.KNOWLEDGE));
        }
        index.moveTo(index.position().after(partition, offset, event.time()));
    }

    /** Moves the index's position past a message that went to the dead-letter topic. */
    public synchronized void skip(int partition, long offset) {
        index.moveTo(index.position().skipping(partition, offset));
    }

    /** Forgets the position if it is one in another topic: a topic made anew is read from its start. */
    public synchronized LogPosition follow(String topicId) {
        if (!index.position().topicId().equals(topicId)) {
            index.moveTo(LogPosition.start(topicId));
        }
        return index.position();
    }

    /**
     * Indexes a document that did not come by the topic.
     *
     * @return how many passages it has
     */
    public synchronized int ingest(Document document, Instant time) throws RejectedKnowledgeException, IOException {
        int passages = record(document, time);
        index.moveTo(index.position().updatedAt(time));
        return passages;
    }

    /**
     * Removes a document.
     *
     * @return false where there was none
     */
    public synchronized boolean delete(String document) throws RejectedKnowledgeException, IOException {
        boolean held = retract(document);
        index.moveTo(index.position().updatedAt(Instant.now()));
        return held;
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

    private int record(Document recorded, Instant time) throws RejectedKnowledgeException, IOException {
        reject(DocumentRules.problem(recorded));
        Document document = DocumentRules.named(recorded);
        settleIf(unsettled.stream().anyMatch(name -> name.startsWith("facts/")));
        List<EncodedPassage> passages = new ArrayList<>();
        for (Passage passage : DocumentPassages.of(document, time)) {
            float[] vector = encoder.encode(withTitle(passage));
            passages.add(new EncodedPassage(passage, vector, supersededSince(passage, vector)));
        }
        index.putDocument(document.getName(), passages);
        unsettled.add(document.getName());
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

    private void record(Fact recorded, Instant time) throws RejectedKnowledgeException, IOException {
        reject(FactRules.problem(recorded));
        Fact fact = FactRules.named(recorded);
        settleIf(unsettled.contains(fact.getName()) || unsettled.contains(fact.getSupersedes()));
        Optional<Claim> before = index.claim(fact.getName());
        if (before.isPresent() && before.get().fact().equals(fact)) {
            return; // the same record again
        }
        if (before.isEmpty() && !fact.getSupersedes().isEmpty()) {
            before = index.claim(fact.getSupersedes());
        }
        Claim claim = before.map(claimed -> claimed.recordedAgain(fact, time)).orElseGet(() -> Claim.first(fact, time));
        if (before.isPresent() && !before.get().answersLike(fact)) {
            settle(); // documents of a moment ago count
            index.supersede(outdatedBy(claim), time);
        }
        if (!fact.getSupersedes().isEmpty() && !fact.getSupersedes().equals(fact.getName())) {
            index.remove(fact.getSupersedes());
        }
        List<EncodedPassage> passages = new ArrayList<>();
        for (Passage passage : FactPassages.of(fact, time)) {
            passages.add(new EncodedPassage(passage, encoder.encode(passage.getText()), Optional.empty()));
        }
        index.putFact(claim, passages, validTo(fact));
        unsettled.add(fact.getName());
    }

    /** Waiting for a refresh costs some 20 ms, so a burst of unrelated records does without. */
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

    private boolean retract(String name) throws RejectedKnowledgeException, IOException {
        if (name.isBlank()) {
            throw new RejectedKnowledgeException("a retraction names nothing; set `name`");
        }
        return index.remove(name);
    }

    private static void reject(Optional<String> problem) throws RejectedKnowledgeException {
        if (problem.isPresent()) {
            throw new RejectedKnowledgeException(problem.get());
        }
    }

    private static String withTitle(Passage passage) {
        return passage.getTitle().isEmpty() ? passage.getText() : passage.getTitle() + "\n" + passage.getText();
    }

    private static Optional<Instant> validTo(Fact fact) {
        return fact.hasValidTo()
                ? Optional.of(Instant.ofEpochSecond(
                        fact.getValidTo().getSeconds(), fact.getValidTo().getNanos()))
                : Optional.empty();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
