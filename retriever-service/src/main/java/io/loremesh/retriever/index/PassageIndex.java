package io.loremesh.retriever.index;

import io.loremesh.knowledge.Stamp;
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
    void putDocument(String document, Stamp stamp, List<EncodedPassage> passages) throws IOException;

    /** Sets what a fact says and its passages, in place of those it had; they are served until its {@code valid_to}. */
    void putFact(Claim claim, Stamp stamp, List<EncodedPassage> passages) throws IOException;

    /** Removes all that a document or a fact brought, and keeps that it was withdrawn. */
    void withdraw(String source, Stamp stamp) throws IOException;

    /** The stamp of what was last said of a document or a fact, as of the last refresh; empty where nothing was. */
    Optional<Stamp> stamp(String source) throws IOException;

    /** Whether a document is there, as of the last refresh. */
    boolean holds(String document) throws IOException;

    /** Keeps a fact for later; one that waits already is kept once. */
    void putWaiting(WaitingFact waiting, Instant until) throws IOException;

    /** Facts whose time has come, as of the last refresh. */
    List<WaitingFact> due(Instant now) throws IOException;

    /** Forgets a fact that waited. */
    void removeWaiting(WaitingFact waiting) throws IOException;

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

    /** Whether changes can be made: a disk that was full closes an index for good. */
    boolean writable();

    /** Goes back to the last commit, and so to its position, after a failure that closed the index. */
    void reopen() throws IOException;

    /** Closes without a commit. */
    @Override
    void close() throws IOException;
}
