package io.loremesh.retriever.index;

import static io.loremesh.retriever.index.PassageDocuments.CREDIBILITY;
import static io.loremesh.retriever.index.PassageDocuments.DOCUMENT;
import static io.loremesh.retriever.index.PassageDocuments.DOCUMENT_PASSAGE;
import static io.loremesh.retriever.index.PassageDocuments.FACT;
import static io.loremesh.retriever.index.PassageDocuments.FACT_PASSAGE;
import static io.loremesh.retriever.index.PassageDocuments.KIND;
import static io.loremesh.retriever.index.PassageDocuments.LANGUAGE;
import static io.loremesh.retriever.index.PassageDocuments.NAME;
import static io.loremesh.retriever.index.PassageDocuments.SOURCE;
import static io.loremesh.retriever.index.PassageDocuments.SUPERSEDED;
import static io.loremesh.retriever.index.PassageDocuments.TEXT;
import static io.loremesh.retriever.index.PassageDocuments.UPDATED;
import static io.loremesh.retriever.index.PassageDocuments.VECTOR;

import com.google.protobuf.util.Timestamps;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.Passage;
import io.loremesh.retriever.RealEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.FSDirectory;

/** An index as the first release wrote it: no stamps, no format, other terms, names by another rule. */
final class FirstForm {
    /** What the rule of that time named "What is the price of NOVA?". */
    private static final String PRICE = "facts/" + sha256("whatisthepriceofnova");

    private FirstForm() {}

    static void write(Path directory, Instant time) throws IOException {
        Fact price = Fact.newBuilder()
                .setName(PRICE)
                .setQuestion("What is the price of NOVA?")
                .setAnswer("3.99")
                .build();
        Document claim = entry(PRICE, FACT);
        claim.add(new StoredField("stored", price.toByteArray()));
        claim.add(new StoredField("since", time.toEpochMilli()));
        Document outdated = passage("documents/kate", 2, "KATE是11岁。", DOCUMENT_PASSAGE, time);
        outdated.add(new NumericDocValuesField(SUPERSEDED, time.toEpochMilli()));
        try (var files = FSDirectory.open(directory);
                var writer = new IndexWriter(files, new IndexWriterConfig(new KeywordAnalyzer()))) {
            writer.addDocuments(List.of(
                    entry("documents/kate", DOCUMENT),
                    passage("documents/kate", 1, "ＫＡＴＥ今年１２岁。", DOCUMENT_PASSAGE, time),
                    outdated));
            writer.addDocuments(
                    List.of(claim, passage(PRICE, 1, "What is the price of NOVA? 3.99.", FACT_PASSAGE, time)));
            writer.setLiveCommitData(Map.of(
                            "encoder",
                            RealEncoder.get().digest(),
                            "kafka.topic.id",
                            "topic-1",
                            "kafka.next.offset.0",
                            "7")
                    .entrySet());
            writer.commit();
        }
    }

    private static Document entry(String source, String kind) {
        var entry = new Document();
        entry.add(new StringField(SOURCE, source, Store.NO));
        entry.add(new StringField(KIND, kind, Store.NO));
        return entry;
    }

    private static Document passage(String source, int number, String text, String kind, Instant time) {
        Passage passage = Passage.newBuilder()
                .setName(source + "/passages/" + number)
                .setText(text)
                .setUpdateTime(Timestamps.fromMillis(time.toEpochMilli()))
                .setCredibility(1)
                .setLanguage("zh")
                .build();
        Document entry = entry(source, kind);
        entry.add(new StringField(NAME, passage.getName(), Store.NO));
        entry.add(new TextField(TEXT, text, Store.NO));
        entry.add(
                new KnnFloatVectorField(VECTOR, RealEncoder.get().encode(text), VectorSimilarityFunction.DOT_PRODUCT));
        entry.add(new StringField(LANGUAGE, "zh", Store.NO));
        entry.add(new DoublePoint(CREDIBILITY, 1));
        entry.add(new LongPoint(UPDATED, time.toEpochMilli()));
        entry.add(new StoredField("stored", passage.toByteArray()));
        return entry;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = java.security.MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return java.util.HexFormat.of().formatHex(digest).substring(0, 32);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
