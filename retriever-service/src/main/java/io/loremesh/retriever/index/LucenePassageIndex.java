package io.loremesh.retriever.index;

import static io.loremesh.retriever.index.PassageDocuments.DOCUMENT;
import static io.loremesh.retriever.index.PassageDocuments.DUE;
import static io.loremesh.retriever.index.PassageDocuments.FACT;
import static io.loremesh.retriever.index.PassageDocuments.HEAD;
import static io.loremesh.retriever.index.PassageDocuments.NAME;
import static io.loremesh.retriever.index.PassageDocuments.REVISED;
import static io.loremesh.retriever.index.PassageDocuments.SOURCE;
import static io.loremesh.retriever.index.PassageDocuments.VECTOR;
import static io.loremesh.retriever.index.PassageDocuments.WAITING;

import io.loremesh.knowledge.Stamp;
import io.loremesh.retriever.embedding.TextEncoder;
import java.io.IOException;
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
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;
import org.jboss.logging.Logger;

/**
 * Passages in one Lucene index on a local disk: BM25 and HNSW side by side, near real time, the position in the topic
 * inside each commit. Safe for concurrent use.
 */
public final class LucenePassageIndex implements PassageIndex {
    private static final Logger LOG = Logger.getLogger(LucenePassageIndex.class);
    private static final String ENCODER = "encoder";
    private static final double WRITE_BUFFER_MB = 16;
    private static final int DUE_AT_ONCE = 100;

    private final PassageAnalyzer analyzer = new PassageAnalyzer();
    private final FSDirectory directory;
    private final TextEncoder encoder;

    private volatile Engine engine;
    private volatile LogPosition position;

    /** What is open on the directory; another one after a failure. */
    private record Engine(IndexWriter writer, SearcherManager searchers) {
        void discard() throws IOException {
            searchers.close();
            writer.rollback();
        }
    }

    private LucenePassageIndex(FSDirectory directory, TextEncoder encoder) throws IOException {
        this.directory = directory;
        this.encoder = encoder;
        start();
    }

    /**
     * Opens the index in a directory, or begins one there. One of an older form is written anew.
     *
     * @param encoder whose vectors it is given
     * @throws IOException if it cannot be opened, is in use, or holds the vectors of another encoder
     */
    public static LucenePassageIndex open(Path path, TextEncoder encoder) throws IOException {
        FSDirectory directory = FSDirectory.open(Files.createDirectories(path));
        try {
            return new LucenePassageIndex(directory, encoder);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private void start() throws IOException {
        // A commit belongs to a position in the topic; one made by close() alone could come between event and offset.
        var writer = new IndexWriter(
                directory,
                new IndexWriterConfig(analyzer)
                        .setRAMBufferSizeMB(WRITE_BUFFER_MB)
                        .setCommitOnClose(false));
        try {
            Map<String, String> committed = commitData(writer);
            requireSameEncoder(committed.get(ENCODER));
            position = LogPosition.ofCommitData(committed);
            if (!committed.isEmpty() && !IndexFormat.CURRENT.equals(committed.get(IndexFormat.KEY))) {
                int passages = IndexFormat.rewrite(writer, encoder);
                commit(writer);
                LOG.infof("the index was of an older form; %d passages were written anew", passages);
            }
            engine = new Engine(writer, new SearcherManager(writer, null));
        } catch (IOException | RuntimeException e) {
            writer.rollback();
            throw e;
        }
    }

    /** Closes the index as Lucene does when its disk fails; for tests. */
    void fail() throws IOException {
        engine.writer().rollback();
    }

    @Override
    public boolean writable() {
        return engine.writer().isOpen();
    }

    @Override
    public void reopen() throws IOException {
        engine.discard();
        start();
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
        if (indexed != null && !indexed.equals(encoder.digest())) {
            throw new IOException(
                    ("the index in %s holds vectors of encoder %s, and this service encodes by %s; move the directory"
                                    + " away and the index is built anew from Kafka (send documents again that"
                                    + " came by gRPC)")
                            .formatted(directory.getDirectory(), indexed, encoder.digest()));
        }
    }

    @Override
    public void putDocument(String document, Stamp stamp, List<EncodedPassage> passages) throws IOException {
        replace(document, PassageDocuments.block(document, stamp, passages));
    }

    @Override
    public void putFact(Claim claim, Stamp stamp, List<EncodedPassage> passages) throws IOException {
        replace(claim.fact().getName(), PassageDocuments.block(claim, stamp, passages));
    }

    @Override
    public void withdraw(String source, Stamp stamp) throws IOException {
        replace(source, List.of(PassageDocuments.withdrawn(source, stamp)));
    }

    @Override
    public void putWaiting(WaitingFact waiting, Instant until) throws IOException {
        replace(PassageDocuments.waitingSource(waiting), List.of(PassageDocuments.waiting(waiting, until)));
    }

    private void replace(String source, List<Document> block) throws IOException {
        engine.writer().updateDocuments(new Term(SOURCE, source), block);
    }

    @Override
    public void removeWaiting(WaitingFact waiting) throws IOException {
        engine.writer().deleteDocuments(new Term(SOURCE, PassageDocuments.waitingSource(waiting)));
    }

    @Override
    public List<WaitingFact> due(Instant now) throws IOException {
        Query query = new BooleanQuery.Builder()
                .add(LuceneQueries.kind(WAITING), Occur.FILTER)
                .add(LongPoint.newRangeQuery(DUE, Long.MIN_VALUE, now.toEpochMilli()), Occur.FILTER)
                .build();
        return searching(searcher -> {
            List<WaitingFact> due = new ArrayList<>();
            for (ScoreDoc hit : searcher.search(query, DUE_AT_ONCE).scoreDocs) {
                due.add(PassageDocuments.toWaiting(searcher.storedFields().document(hit.doc)));
            }
            return due;
        });
    }

    @Override
    public Optional<Stamp> stamp(String source) throws IOException {
        return searching(searcher -> {
            ScoreDoc[] hits = searcher.search(new TermQuery(new Term(HEAD, source)), 1).scoreDocs;
            return hits.length == 0
                    ? Optional.empty()
                    : Optional.of(
                            PassageDocuments.toStamp(searcher.storedFields().document(hits[0].doc)));
        });
    }

    @Override
    public boolean holds(String document) throws IOException {
        Query query = new BooleanQuery.Builder()
                .add(new TermQuery(new Term(HEAD, document)), Occur.FILTER)
                .add(LuceneQueries.kind(DOCUMENT), Occur.FILTER)
                .build();
        return searching(searcher -> searcher.count(query) > 0);
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
            engine.writer().updateDocValues(new Term(NAME, passage), PassageDocuments.superseded(when));
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
        engine.searchers().maybeRefreshBlocking();
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
        commit(engine.writer());
    }

    private void commit(IndexWriter writer) throws IOException {
        Map<String, String> data = new TreeMap<>(position.toCommitData());
        data.put(ENCODER, encoder.digest());
        data.put(IndexFormat.KEY, IndexFormat.CURRENT);
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
        engine.searchers().close();
        engine.writer().close();
        directory.close();
    }

    private interface Reading<T> {
        T from(IndexSearcher searcher) throws IOException;
    }

    private <T> T searching(Reading<T> reading) throws IOException {
        SearcherManager searchers = engine.searchers();
        IndexSearcher searcher = searchers.acquire();
        try {
            return reading.from(searcher);
        } finally {
            searchers.release(searcher);
        }
    }
}
