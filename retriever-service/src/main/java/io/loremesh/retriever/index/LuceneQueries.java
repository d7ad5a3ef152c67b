package io.loremesh.retriever.index;

import static io.loremesh.retriever.index.PassageDocuments.CREDIBILITY;
import static io.loremesh.retriever.index.PassageDocuments.DOCUMENT_PASSAGE;
import static io.loremesh.retriever.index.PassageDocuments.FACT_PASSAGE;
import static io.loremesh.retriever.index.PassageDocuments.KIND;
import static io.loremesh.retriever.index.PassageDocuments.LANGUAGE;
import static io.loremesh.retriever.index.PassageDocuments.SUPERSEDED;
import static io.loremesh.retriever.index.PassageDocuments.TEXT;
import static io.loremesh.retriever.index.PassageDocuments.TITLE;
import static io.loremesh.retriever.index.PassageDocuments.UPDATED;
import static io.loremesh.retriever.index.PassageDocuments.VALID_TO;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** The Lucene queries behind {@link LucenePassageIndex}. */
final class LuceneQueries {
    /** A title is shared by all passages of a document: it helps to find the document, hardly to choose the passage. */
    private static final float TITLE_WEIGHT = 0.3f;

    /** Lucene refuses a query of more than 1,024 clauses; a search looks in two fields. */
    private static final int MOST_TERMS = 400;

    private LuceneQueries() {}

    /** Any of the terms, or of the first of them where they are more than a query can hold. */
    static Query words(String field, Collection<String> terms) {
        var query = new BooleanQuery.Builder();
        terms.stream().limit(MOST_TERMS).forEach(term -> query.add(new TermQuery(new Term(field, term)), Occur.SHOULD));
        return query.build();
    }

    /** BM25 over text and title among those that pass the filter. */
    static Query lexical(Collection<String> terms, Query filter) {
        Query anywhere = new BooleanQuery.Builder()
                .add(words(TEXT, terms), Occur.SHOULD)
                .add(new BoostQuery(words(TITLE, terms), TITLE_WEIGHT), Occur.SHOULD)
                .build();
        return new BooleanQuery.Builder()
                .add(anywhere, Occur.MUST)
                .add(filter, Occur.FILTER)
                .build();
    }

    /**
     * The BM25 score that a passage approaches which repeats every term: the sum of the terms' inverse document
     * frequencies (Lucene's BM25 has a term weight below 1). A question word that no passage holds is not held against
     * the passages; any other absent word is: nothing here tells of it.
     */
    static double bm25Bound(IndexReader reader, Collection<String> terms) throws IOException {
        long passages = reader.getDocCount(TEXT);
        double bound = 0;
        for (String term : terms.stream().limit(MOST_TERMS).toList()) {
            long holding = reader.docFreq(new Term(TEXT, term));
            if (holding > 0 || !QuestionWords.contains(term)) {
                bound += Math.log(1 + (passages - holding + 0.5) / (holding + 0.5));
            }
        }
        return bound;
    }

    /** Passages that are served: neither superseded nor expired, and as the caller wants them. */
    static Query served(CandidateQuery.Filter filter, Instant now) {
        var query = new BooleanQuery.Builder();
        if (filter.documentsBefore().isPresent()) {
            query.add(kind(DOCUMENT_PASSAGE), Occur.FILTER);
            long before = filter.documentsBefore().get().toEpochMilli();
            query.add(LongPoint.newRangeQuery(UPDATED, Long.MIN_VALUE, before - 1), Occur.FILTER);
        } else {
            query.add(anyPassage(), Occur.FILTER);
        }
        if (!filter.language().isEmpty()) {
            query.add(new TermQuery(new Term(LANGUAGE, filter.language())), Occur.FILTER);
        }
        if (filter.minCredibility() > 0) {
            query.add(DoublePoint.newRangeQuery(CREDIBILITY, filter.minCredibility(), 1), Occur.FILTER);
        }
        query.add(new FieldExistsQuery(SUPERSEDED), Occur.MUST_NOT);
        query.add(LongPoint.newRangeQuery(VALID_TO, Long.MIN_VALUE, now.toEpochMilli()), Occur.MUST_NOT);
        return query.build();
    }

    private static Query anyPassage() {
        return new BooleanQuery.Builder()
                .add(kind(DOCUMENT_PASSAGE), Occur.SHOULD)
                .add(kind(FACT_PASSAGE), Occur.SHOULD)
                .build();
    }

    static Query kind(String kind) {
        return new TermQuery(new Term(KIND, kind));
    }
}
