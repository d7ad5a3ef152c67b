package io.loremesh.retriever.index;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where passages are kept and found. Searches run concurrently with anything; changes come from one thread at a time
 * ({@link KnowledgeFlow} sees to it). A change is found after {@link #refresh}, and survives a crash after
 * {@link #commit}.
 */
public interface PassageIndex extends AutoCloseable {
    /** Sets the passages of a document, in place of those it had. */
    void putDocument(String document, List<EncodedPassage> passages) throws IOException;

    /** Sets what a fact says and its passages, in place of those it had. */
    void putFact(Claim claim, List<EncodedPassage> passages, Optional<Instant> validTo) throws IOException;

    /**
     * Removes all that a document or a fact brought.
     *
     * @return false where there was nothing
     */
    boolean remove(String source) throws IOException;

    /** What a fact says, as of the last refresh. */
    Optional<Claim> claim(String fact) throws IOException;

    /** Claims that once gave another answer and whose questions share words with a text, nearest first. */
    List<Claim> revisedClaimsNear(String text, int limit) throws IOException;

    /** Takes passages, by name, out of every search from now on; they are kept for the history. */
    void supersede(Collection<String> passages, Instant when) throws IOException;

    /** Finds candidates; superseded and expired passages are never among them. */
    Candidates find(CandidateQuery query) throws IOException;

    /** Returns once every change made before the call can be found. */
    void refresh() throws IOException;

    /** How far the topic was read. Stored in the same commit as the passages, so that the two cannot disagree. */
    LogPosition position();

    /** Sets how far the topic was read; durable with the next commit. */
    void moveTo(LogPosition position);

    /** Makes every change and the position durable. */
    void commit() throws IOException;

    IndexSummary summary() throws IOException;

    /** Closes without a commit. */
    @Override
    void close() throws IOException;
}
