package io.loremesh.retriever.index;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import io.loremesh.knowledge.FactRules;
import io.loremesh.knowledge.Stamp;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.Passage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/**
 * Passages and claims as Lucene documents. Each source is one block: an entry for itself (what a fact says; that a
 * document is there; that either was withdrawn), which keeps the stamp of what was last said of it, and one for each of
 * its passages.
 */
final class PassageDocuments {
    /** Name of the document or fact that an entry belongs to. */
    static final String SOURCE = "source";
    /** What an entry is: one of the values below. */
    static final String KIND = "kind";

    static final String DOCUMENT = "document";
    static final String FACT = "fact";
    static final String DOCUMENT_PASSAGE = "document-passage";
    static final String FACT_PASSAGE = "fact-passage";
    /** A document or fact that holds no longer: what is older and comes late is ignored. */
    static final String WITHDRAWN = "withdrawn";
    /** A fact whose time has not come; its source is none that a statement names. */
    static final String WAITING = "waiting";

    /** Name of the source, on its own entry alone: where its stamp is found. */
    static final String HEAD = "head";
    /** Milliseconds since 1970, rounded up; on waiting facts alone. */
    static final String DUE = "due";

    static final String NAME = "name";
    static final String TEXT = "text";
    static final String TITLE = "title";
    static final String VECTOR = "vector";
    static final String LANGUAGE = "language";
    static final String CREDIBILITY = "credibility";
    /** Milliseconds since 1970. */
    static final String UPDATED = "updated";
    /** Milliseconds since 1970, exclusive. */
    static final String VALID_TO = "valid_to";
    /** Milliseconds since 1970; on superseded passages alone. Doc values, so that it is set without indexing anew. */
    static final String SUPERSEDED = "superseded";
    /** Words of the questions of a claim that once gave another answer. */
    static final String REVISED = "revised";

    private static final String STAMP = "stamp";
    private static final String STORED = "stored";
    private static final String SINCE = "since";
    private static final String PAST_ANSWER = "past_answer";

    private PassageDocuments() {}

    /** The block of a document. */
    static List<Document> block(String document, Stamp stamp, List<EncodedPassage> passages) {
        List<Document> block = new ArrayList<>();
        block.add(head(document, DOCUMENT, stamp));
        passages.forEach(passage -> block.add(passage(document, DOCUMENT_PASSAGE, passage, Optional.empty())));
        return block;
    }

    /** The block of a fact. */
    static List<Document> block(Claim claim, Stamp stamp, List<EncodedPassage> passages) {
        Fact fact = claim.fact();
        Optional<Instant> validTo = fact.hasValidTo()
                ? Optional.of(Instant.ofEpochSecond(
                        fact.getValidTo().getSeconds(), fact.getValidTo().getNanos()))
                : Optional.empty();
        List<Document> block = new ArrayList<>();
        block.add(claim(claim, stamp));
        passages.forEach(passage -> block.add(passage(fact.getName(), FACT_PASSAGE, passage, validTo)));
        return block;
    }

    static Document withdrawn(String name, Stamp stamp) {
        return head(name, WITHDRAWN, stamp);
    }

    static Document waiting(WaitingFact waiting, Instant until) {
        Document entry = entry(waitingSource(waiting), WAITING);
        entry.add(new StoredField(STAMP, waiting.stamp().toText()));
        entry.add(new StoredField(STORED, waiting.fact().toByteArray()));
        entry.add(new LongPoint(DUE, until.plusNanos(999_999).toEpochMilli()));
        return entry;
    }

    /** An event waits once however often it is delivered. */
    static String waitingSource(WaitingFact waiting) {
        return WAITING + " " + waiting.stamp().event();
    }

    static WaitingFact toWaiting(Document stored) throws InvalidProtocolBufferException {
        return new WaitingFact(Fact.parseFrom(bytes(stored)), toStamp(stored));
    }

    static Stamp toStamp(Document stored) {
        return Stamp.parse(stored.get(STAMP));
    }

    static boolean isClaim(Document stored) {
        return stored.getField(SINCE) != null;
    }

    /** Of an entry of any form: passages alone have content and no stamp. */
    static boolean isPassage(Document stored) {
        return !isClaim(stored) && stored.getField(STORED) != null && stored.getField(STAMP) == null;
    }

    private static Document head(String name, String kind, Stamp stamp) {
        Document entry = entry(name, kind);
        entry.add(new StringField(HEAD, name, Store.NO));
        entry.add(new StoredField(STAMP, stamp.toText()));
        return entry;
    }

    private static Document claim(Claim claim, Stamp stamp) {
        Document entry = head(claim.fact().getName(), FACT, stamp);
        entry.add(new StoredField(STORED, claim.fact().toByteArray()));
        entry.add(new StoredField(SINCE, claim.since().toEpochMilli()));
        claim.superseded().forEach(answer -> entry.add(new StoredField(PAST_ANSWER, answer)));
        if (!claim.superseded().isEmpty()) {
            FactRules.trainedPhrasings(claim.fact())
                    .forEach(phrasing -> entry.add(new TextField(REVISED, phrasing, Store.NO)));
        }
        return entry;
    }

    static Claim toClaim(Document stored) throws InvalidProtocolBufferException {
        return new Claim(
                Fact.parseFrom(bytes(stored)),
                Instant.ofEpochMilli(stored.getField(SINCE).numericValue().longValue()),
                Arrays.asList(stored.getValues(PAST_ANSWER)));
    }

    private static Document passage(String source, String kind, EncodedPassage encoded, Optional<Instant> validTo) {
        Passage passage = encoded.passage();
        Document entry = entry(source, kind);
        entry.add(new StringField(NAME, passage.getName(), Store.NO));
        entry.add(new TextField(TEXT, passage.getText(), Store.NO));
        if (!passage.getTitle().isEmpty()) {
            entry.add(new TextField(TITLE, passage.getTitle(), Store.NO));
        }
        entry.add(new KnnFloatVectorField(VECTOR, encoded.vector(), VectorSimilarityFunction.DOT_PRODUCT));
        entry.add(new StringField(LANGUAGE, passage.getLanguage(), Store.NO));
        entry.add(new DoublePoint(CREDIBILITY, passage.getCredibility()));
        entry.add(new LongPoint(UPDATED, Timestamps.toMillis(passage.getUpdateTime())));
        validTo.ifPresent(time -> entry.add(new LongPoint(VALID_TO, time.toEpochMilli())));
        encoded.superseded().ifPresent(time -> entry.add(superseded(time)));
        entry.add(new StoredField(STORED, passage.toByteArray()));
        return entry;
    }

    static NumericDocValuesField superseded(Instant when) {
        return new NumericDocValuesField(SUPERSEDED, when.toEpochMilli());
    }

    static Passage toPassage(Document stored) throws InvalidProtocolBufferException {
        return Passage.parseFrom(bytes(stored));
    }

    private static byte[] bytes(Document stored) {
        BytesRef bytes = stored.getBinaryValue(STORED);
        return Arrays.copyOfRange(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
    }

    private static Document entry(String source, String kind) {
        Document entry = new Document();
        entry.add(new StringField(SOURCE, source, Store.NO));
        entry.add(new StringField(KIND, kind, Store.NO));
        return entry;
    }
}
