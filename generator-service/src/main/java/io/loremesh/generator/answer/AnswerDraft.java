package io.loremesh.generator.answer;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.loremesh.generator.adapter.ServedVersion;
import io.loremesh.generator.completion.DecodedText;
import io.loremesh.generator.completion.DeltaSink;
import io.loremesh.generator.inference.FinishReason;
import io.loremesh.model.answer.Language;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Citation;
import io.loremesh.proto.generator.v1.Path;
import io.loremesh.proto.generator.v1.Timings;
import io.loremesh.proto.generator.v1.Usage;
import io.loremesh.proto.knowledge.v1.Passage;
import io.loremesh.proto.retriever.v1.ScoredPassage;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/** An answer in the making: its question, its version and what it has taken so far. Used by one thread. */
final class AnswerDraft {
    private final long start = System.nanoTime();
    private final Question question;
    private final RequestPart part;
    private ServedVersion version;
    private final DeltaSink sink;
    private String fact = "";
    private int promptTokens;
    private int completionTokens;
    private Duration queue = Duration.ZERO;
    private Duration firstToken;

    AnswerDraft(Question question, RequestPart part, ServedVersion version, DeltaSink sink) {
        this.question = question;
        this.part = part;
        this.version = version;
        this.sink = delta -> {
            if (firstToken == null && !delta.isEmpty()) {
                firstToken = elapsed();
            }
            sink.accept(delta);
        };
    }

    Question question() {
        return question;
    }

    RequestPart part() {
        return part;
    }

    ServedVersion version() {
        return version;
    }

    /** Where the answer's characters go. */
    DeltaSink sink() {
        return sink;
    }

    /** What is decoded from now on is decoded by this version. */
    void by(ServedVersion decoding) {
        version = decoding;
    }

    /** The weights are asked for this fact. */
    AnswerDraft about(String factName) {
        fact = factName;
        return this;
    }

    /** Adds what a decoding took. */
    DecodedText count(DecodedText decoded) {
        promptTokens += decoded.promptTokens();
        completionTokens += decoded.completionTokens();
        queue = queue.plus(decoded.queue());
        return decoded;
    }

    Answer finish(Path path, DecodedText decoded, Evidence evidence) {
        if (decoded.finish() != FinishReason.LENGTH) {
            return finish(path, decoded.text(), decoded.confidence(), evidence, evidence.degraded());
        }
        // The only one to be cut is an abstention: what was decoded so far is no answer.
        String cut = "what was decoded was cut after %d tokens, and a cut answer is none; ask with more max_tokens"
                .formatted(decoded.completionTokens());
        String degraded = evidence.degraded().isEmpty() ? cut : evidence.degraded() + "; " + cut;
        return finish(path, decoded.text(), decoded.confidence(), evidence, degraded).toBuilder()
                .setFinishReason(io.loremesh.proto.generator.v1.FinishReason.FINISH_REASON_LENGTH)
                .build();
    }

    /** An abstention for which nothing was decoded. Where something was missing it is sure of nothing. */
    Answer finish(String text, Evidence evidence) {
        double confidence = evidence.degraded().isEmpty() ? 1 : 0;
        return finish(Path.PATH_ABSTAINED, text, confidence, evidence, evidence.degraded());
    }

    private Answer finish(Path path, String text, double confidence, Evidence evidence, String degraded) {
        sink.accept(text);
        Answer.Builder answer = Answer.newBuilder()
                .setAnswerId(UUID.randomUUID().toString())
                .setQuestion(question.text())
                .setText(text)
                .setPath(path)
                .setVersion(version.name())
                .setVersionDigest(version.digest())
                .setFact(fact)
                .setTraceId(question.trace())
                .setConfidence(confidence)
                .setDegraded(degraded)
                .setFinishReason(io.loremesh.proto.generator.v1.FinishReason.FINISH_REASON_STOP)
                .setLanguage(Language.of(question.text()).name().toLowerCase(Locale.ROOT))
                .setCreateTime(Timestamps.now())
                .setUsage(Usage.newBuilder().setPromptTokens(promptTokens).setCompletionTokens(completionTokens))
                .setTimings(Timings.newBuilder()
                        .setQueue(duration(queue))
                        .setRetrieval(duration(evidence.took()))
                        .setFirstToken(duration(firstToken == null ? elapsed() : firstToken))
                        .setTotal(duration(elapsed())));
        if (path == Path.PATH_RETRIEVAL) {
            evidence.passages().forEach(passage -> answer.addCitations(citation(passage)));
        }
        return answer.build();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static com.google.protobuf.Duration duration(Duration duration) {
        return Durations.fromNanos(duration.toNanos());
    }

    private static Citation citation(ScoredPassage scored) {
        Passage passage = scored.getPassage();
        return Citation.newBuilder()
                .setPassage(passage.getName())
                .setText(passage.getText())
                .setUri(passage.getUri())
                .setScore(scored.getScore())
                .build();
    }
}
