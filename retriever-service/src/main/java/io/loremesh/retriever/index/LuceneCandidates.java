package io.loremesh.retriever.index;

import static io.loremesh.retriever.index.PassageDocuments.VECTOR;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.VectorUtil;

/**
 * Joins the hits of one search by passage. A passage that only its words found has its cosine computed, so none is
 * missing.
 */
final class LuceneCandidates {
    private final IndexSearcher searcher;
    private final Optional<float[]> vector;
    private final Map<Integer, Double> bm25 = new LinkedHashMap<>();
    private final Map<Integer, Double> cosine = new LinkedHashMap<>();

    LuceneCandidates(IndexSearcher searcher, Optional<float[]> vector) {
        this.searcher = searcher;
        this.vector = vector;
    }

    void addLexical(TopDocs hits) {
        for (ScoreDoc hit : hits.scoreDocs) {
            bm25.put(hit.doc, (double) hit.score);
        }
    }

    void addByVector(TopDocs hits) throws IOException {
        for (ScoreDoc hit : hits.scoreDocs) {
            cosine.put(hit.doc, 2.0 * hit.score - 1); // Lucene scores a dot product by (1 + cosine) / 2
        }
        for (int doc : bm25.keySet()) {
            if (!cosine.containsKey(doc)) {
                cosine.put(doc, cosineOf(doc));
            }
        }
    }

    private double cosineOf(int doc) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        FloatVectorValues vectors = leaf.reader().getFloatVectorValues(VECTOR);
        var iterator = vectors.iterator();
        iterator.advance(doc - leaf.docBase);
        return VectorUtil.dotProduct(vector.orElseThrow(), vectors.vectorValue(iterator.index()));
    }

    List<Candidate> toList() throws IOException {
        Map<Integer, Double> all = new LinkedHashMap<>(bm25);
        all.putAll(cosine);
        var stored = searcher.storedFields();
        List<Candidate> candidates = new ArrayList<>();
        for (int doc : all.keySet()) {
            candidates.add(new Candidate(
                    PassageDocuments.toPassage(stored.document(doc)),
                    optional(bm25.get(doc)),
                    optional(cosine.get(doc))));
        }
        return candidates;
    }

    private static OptionalDouble optional(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
