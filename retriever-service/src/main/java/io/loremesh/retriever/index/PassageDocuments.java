package io.loremesh.retriever.index;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.Passage;
import java.time.Instant;
import java.util.Arrays;
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
 * document is there) and one for each of its passages.
 */
final class PassageDocuments {
    /** Name of the document or fact that an entry belongs to. */
    static final String SOURCE = "source";
    /** What an entry is: one of the four values below. */
    static final String KIND = "kind";

    static final String DOCUMENT = "document";
    static final String FACT = "fact";
    static final String DOCUMENT_PASSAGE = "document-passage";
    static final String FACT_PASSAGE = "fact-passage";

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

    private static final String STORED = "stored";
    private static final String SINCE = "since";
    private static final String PAST_ANSWER = "past_answer";

    private PassageDocuments() {}

    static Document document(String name) {
        return entry(name, DOCUMENT);
    }

    static Document claim(Claim claim) {
        Document entry = entry(claim.fact().getName(), FACT);
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

    static Document passage(String source, String kind, EncodedPassage encoded, Optional<Instant> validTo) {
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
