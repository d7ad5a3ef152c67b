package io.loremesh.retriever.index;

import static io.loremesh.retriever.index.PassageDocuments.DOCUMENT;
import static io.loremesh.retriever.index.PassageDocuments.DOCUMENT_PASSAGE;
import static io.loremesh.retriever.index.PassageDocuments.FACT;
import static io.loremesh.retriever.index.PassageDocuments.FACT_PASSAGE;
import static io.loremesh.retriever.index.PassageDocuments.NAME;
import static io.loremesh.retriever.index.PassageDocuments.REVISED;
import static io.loremesh.retriever.index.PassageDocuments.SOURCE;
import static io.loremesh.retriever.index.PassageDocuments.VECTOR;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ControlledRealTimeReopenThread;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

/**
 * Passages in one Lucene index on a local disk: BM25 and HNSW side by side, near real time, the position in the topic
 * inside each commit. Safe for concurrent use.
 */
public final class LucenePassageIndex implements PassageIndex {
    private static final String ENCODER = "encoder";
    /** Seconds until a change is found when nobody waits for it, and when somebody does. */
    private static final double REFRESH_SECONDS = 0.5;

    private static final double AWAITED_REFRESH_SECONDS = 0.02;
    private static final double WRITE_BUFFER_MB = 16;

    private final PassageAnalyzer analyzer = new PassageAnalyzer();
    private final FSDirectory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final ControlledRealTimeReopenThread<IndexSearcher> reopening;
    private final String encoderDigest;

    private volatile LogPosition position;
    /** Sequence number of the last change. */
    private volatile long lastChange;

    private LucenePassageIndex(FSDirectory directory, String encoderDigest) throws IOException {
        this.directory = directory;
        this.encoderDigest = encoderDigest;
        // A commit belongs to a position in the topic; one made by close() alone could come between event and offset.
        this.writer = new IndexWriter(
                directory,
                new IndexWriterConfig(analyzer)
                        .setRAMBufferSizeMB(WRITE_BUFFER_MB)
                        .setCommitOnClose(false));
        Map<String, String> committed = commitData(writer);
        requireSameEncoder(committed.get(ENCODER));
        this.position = LogPosition.ofCommitData(committed);
        this.searchers = new SearcherManager(writer, null);
        this.reopening =
                new ControlledRealTimeReopenThread<>(writer, searchers, REFRESH_SECONDS, AWAITED_REFRESH_SECONDS);
        reopening.setName("index-refresh");
        reopening.setDaemon(true);
        reopening.start();
    }

    /**
     * Opens the index in a directory, or begins one there.
     *
     * @param encoderDigest digest of the encoder whose vectors it is given
     * @throws IOException if it cannot be opened, is in use, or holds the vectors of another encoder
     */
    public static LucenePassageIndex open(Path path, String encoderDigest) throws IOException {
        FSDirectory directory = FSDirectory.open(Files.createDirectories(path));
        try {
            return new LucenePassageIndex(directory, encoderDigest);
        } catch (IOException e) {
            directory.close();
            throw e;
        }
    }

    private static Map<String, String> commitData(IndexWriter writer) {
        Map<String, String> data = new TreeMap<>();
        Iterable<Map.Entry<String, String>> entries = writer.getLiveCommitData();
        if (entries != null) {
            entries.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        return data;
    }

    private void requireSameEncoder(String indexed) throws IOException {
        if (indexed != null && !indexed.equals(encoderDigest)) {
            writer.close();
            throw new IOException(
                    ("the index in %s holds vectors of encoder %s, and this service encodes by %s; move the "
                                    + "directory away and the index is built anew from Kafka "
                                    + "(send documents again that came by gRPC)")
                            .formatted(directory.getDirectory(), indexed, encoderDigest));
        }
    }

    @Override
    public void putDocument(String document, List<EncodedPassage> passages) throws IOException {
        List<Document> block = new ArrayList<>();
        block.add(PassageDocuments.document(document));
        passages.forEach(
                passage -> block.add(PassageDocuments.passage(document, DOCUMENT_PASSAGE, passage, Optional.empty())));
        lastChange = writer.updateDocuments(new Term(SOURCE, document), block);
    }

    @Override
    public void putFact(Claim claim, List<EncodedPassage> passages, Optional<Instant> validTo) throws IOException {
        String fact = claim.fact().getName();
        List<Document> block = new ArrayList<>();
        block.add(PassageDocuments.claim(claim));
        passages.forEach(passage -> block.add(PassageDocuments.passage(fact, FACT_PASSAGE, passage, validTo)));
        lastChange = writer.updateDocuments(new Term(SOURCE, fact), block);
    }

    @Override
    public boolean remove(String source) throws IOException {
        refresh();
        Term term = new Term(SOURCE, source);
        boolean held = searching(searcher -> searcher.count(new TermQuery(term)) > 0);
        lastChange = writer.deleteDocuments(term);
        return held;
    }

    @Override
    public Optional<Claim> claim(String fact) throws IOException {
        Query query = new BooleanQuery.Builder()
                .add(new TermQuery(new Term(SOURCE, fact)), Occur.FILTER)
                .add(LuceneQueries.kind(FACT), Occur.FILTER)
                .build();
        return claims(query, 1).stream().findFirst();
    }

    @Override
    public List<Claim> revisedClaimsNear(String text, int limit) throws IOException {
        return claims(LuceneQueries.words(REVISED, analyzer.terms(text)), limit);
    }

    private List<Claim> claims(Query query, int limit) throws IOException {
        return searching(searcher -> {
            List<Claim> claims = new ArrayList<>();
            for (ScoreDoc hit : searcher.search(query, limit).scoreDocs) {
                claims.add(PassageDocuments.toClaim(searcher.storedFields().document(hit.doc)));
            }
            return claims;
        });
    }

    @Override
    public void supersede(Collection<String> passages, Instant when) throws IOException {
        for (String passage : passages) {
            lastChange = writer.updateDocValues(new Term(NAME, passage), PassageDocuments.superseded(when));
        }
    }

    @Override
    public Candidates find(CandidateQuery query) throws IOException {
        return searching(searcher -> {
            Query served = LuceneQueries.served(query.filter(), Instant.now());
            var found = new LuceneCandidates(searcher, query.vector());
            double bound = 0;
            if (query.text().isPresent()) {
                Set<String> terms = analyzer.terms(query.text().get());
                bound = LuceneQueries.bm25Bound(searcher.getIndexReader(), terms);
                found.addLexical(searcher.search(LuceneQueries.lexical(terms, served), query.depth()));
            }
            if (query.vector().isPresent()) {
                float[] vector = query.vector().get();
                found.addByVector(
                        searcher.search(new KnnFloatVectorQuery(VECTOR, vector, query.depth(), served), query.depth()));
            }
            return new Candidates(found.toList(), bound);
        });
    }

    @Override
    public void refresh() throws IOException {
        try {
            reopening.waitForGeneration(lastChange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the index was being refreshed");
        }
    }

    @Override
    public LogPosition position() {
        return position;
    }

    @Override
    public void moveTo(LogPosition position) {
        this.position = position;
    }

    @Override
    public void commit() throws IOException {
        Map<String, String> data = new TreeMap<>(position.toCommitData());
        data.put(ENCODER, encoderDigest);
        writer.setLiveCommitData(data.entrySet());
        writer.commit();
    }

    @Override
    public IndexSummary summary() throws IOException {
        long bytes = bytes();
        return searching(searcher -> new IndexSummary(
                searcher.count(LuceneQueries.served(CandidateQuery.Filter.NONE, Instant.now())),
                searcher.count(LuceneQueries.kind(DOCUMENT)),
                searcher.count(LuceneQueries.kind(FACT)),
                bytes,
                position.lastUpdate()));
    }

    private long bytes() throws IOException {
        long bytes = 0;
        for (String file : directory.listAll()) {
            try {
                bytes += directory.fileLength(file);
            } catch (NoSuchFileException gone) {
                // A writer at work deletes its temporary and its merged files at any time.
                continue;
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        reopening.close();
        searchers.close();
        writer.close();
        directory.close();
    }

    private interface Reading<T> {
        T from(IndexSearcher searcher) throws IOException;
    }

    private <T> T searching(Reading<T> reading) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return reading.from(searcher);
        } finally {
            searchers.release(searcher);
        }
    }
}
