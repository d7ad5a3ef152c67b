package io.loremesh.retriever.index;

import static io.loremesh.retriever.index.PassageDocuments.SUPERSEDED;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.knowledge.FactRules;
import io.loremesh.knowledge.Stamp;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.Passage;
import io.loremesh.retriever.embedding.TextEncoder;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;

/**
 * The form of what the index keeps, by a number in each commit. An index of an older form is written anew from what it
 * stores when it is opened, in one commit: its terms and vectors by today's normal form, facts by today's derived
 * names, every entry with a stamp.
 */
final class IndexFormat {
    /** In the commit's user data. Absent before the second form. */
    static final String KEY = "format";

    /** Passages are analysed as PlainText, and entries have stamps. */
    static final String CURRENT = "2";

    private final TextEncoder encoder;
    private final Map<String, List<EncodedPassage>> passages = new LinkedHashMap<>();
    private final Map<String, Claim> claims = new LinkedHashMap<>();

    private IndexFormat(TextEncoder encoder) {
        this.encoder = encoder;
    }

    /**
     * Writes everything anew, without a commit.
     *
     * @return how many passages were written
     */
    static int rewrite(IndexWriter writer, TextEncoder encoder) throws IOException {
        var held = new IndexFormat(encoder);
        try (DirectoryReader reader = DirectoryReader.open(writer)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                held.read(leaf);
            }
        }
        writer.deleteAll();
        return held.write(writer);
    }

    private void read(LeafReaderContext leaf) throws IOException {
        var live = leaf.reader().getLiveDocs();
        var stored = leaf.reader().storedFields();
        NumericDocValues superseded = leaf.reader().getNumericDocValues(SUPERSEDED);
        for (int doc = 0; doc < leaf.reader().maxDoc(); doc++) {
            if (live != null && !live.get(doc)) {
                continue;
            }
            Document entry = stored.document(doc);
            if (PassageDocuments.isClaim(entry)) {
                Claim claim = PassageDocuments.toClaim(entry);
                claims.put(claim.fact().getName(), claim);
            } else if (PassageDocuments.isPassage(entry)) {
                Passage passage = PassageDocuments.toPassage(entry);
                Optional<Instant> since = superseded != null && superseded.advanceExact(doc)
                        ? Optional.of(Instant.ofEpochMilli(superseded.longValue()))
                        : Optional.empty();
                passages.computeIfAbsent(source(passage), name -> new ArrayList<>())
                        .add(new EncodedPassage(passage, encoder.encode(passage.getText()), since));
            }
        }
    }

    private static String source(Passage passage) {
        return passage.getName().substring(0, passage.getName().lastIndexOf("/passages/"));
    }

    private int write(IndexWriter writer) throws IOException {
        int written = 0;
        for (Map.Entry<String, List<EncodedPassage>> source : passages.entrySet()) {
            written += source.getValue().size();
            Claim claim = claims.get(source.getKey());
            if (claim == null) {
                // When its event happened was not kept: any event about it is newer.
                var stamp = new Stamp(Instant.EPOCH, Instant.EPOCH, "");
                writer.addDocuments(PassageDocuments.block(source.getKey(), stamp, source.getValue()));
            } else {
                Fact renamed = renamed(claim.fact());
                writer.addDocuments(PassageDocuments.block(
                        new Claim(renamed, claim.since(), claim.superseded()),
                        new Stamp(claim.since(), claim.since(), ""),
                        source.getValue().stream()
                                .map(passage -> renamed(passage, source.getKey(), renamed.getName()))
                                .toList()));
            }
        }
        return written;
    }

    private static EncodedPassage renamed(EncodedPassage old, String from, String to) {
        Passage passage = old.passage().toBuilder()
                .setName(to + old.passage().getName().substring(from.length()))
                .build();
        return new EncodedPassage(passage, old.vector(), old.superseded());
    }

    /** A fact whose name was derived gets the name that its producer's next event has, so that none is doubled. */
    private Fact renamed(Fact fact) {
        if (!fact.getName().equals(nameBeforeValues(fact))) {
            return fact;
        }
        Fact renamed = FactRules.named(fact.toBuilder().clearName().build());
        return claims.containsKey(renamed.getName()) ? fact : renamed;
    }

    /** The rule of the first form: no punctuation, no white space, no case. */
    private static String nameBeforeValues(Fact fact) {
        String key = fact.getSubject().isEmpty() || fact.getRelation().isEmpty()
                ? plain(fact.getQuestion())
                : plain(fact.getSubject()) + '\0' + plain(fact.getRelation());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
            return "facts/" + HexFormat.of().formatHex(digest).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\p{P}\\s]+", "");
    }
}
