package io.loremesh.generator.answer;

import io.loremesh.generator.adapter.LoadedVersions;
import io.loremesh.generator.adapter.ServedVersion;
import io.loremesh.generator.adapter.Trial;
import io.loremesh.generator.adapter.VersionLease;
import io.loremesh.generator.base.LoadedBase;
import io.loremesh.generator.base.ServedBase;
import io.loremesh.generator.completion.DecodedText;
import io.loremesh.generator.completion.DeltaSink;
import io.loremesh.generator.completion.TextDecoding;
import io.loremesh.generator.inference.Generation;
import io.loremesh.generator.routing.FactRouter;
import io.loremesh.generator.routing.KnownFact;
import io.loremesh.generator.routing.Route;
import io.loremesh.generator.screening.AnswerScreen;
import io.loremesh.generator.screening.ModelPolicy;
import io.loremesh.model.answer.Abstention;
import io.loremesh.model.answer.Language;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Path;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;

/**
 * The story of an answer. The request takes its version once, that of a trial if it is drawn for it; a fact that this
 * version has learned, and that its source has not changed since, is answered from the weights; all else from retrieved
 * passages; and what neither holds is admitted. Blocks its caller; safe for concurrent use.
 */
@ApplicationScoped
public class AnswerFlow {
    private static final Logger LOG = Logger.getLogger(AnswerFlow.class);

    private final ServedBase served;
    private final LoadedVersions versions;
    private final FactRouter router;
    private final RetrieverClient retriever;
    private final AnswerRecords records;
    private final ShadowAnswers shadows;
    private final AnswerConfig config;
    private final PassageReader reader;
    private final ModelPolicy policy;

    AnswerFlow(
            ServedBase served,
            LoadedVersions versions,
            FactRouter router,
            RetrieverClient retriever,
            AnswerRecords records,
            ShadowAnswers shadows,
            AnswerConfig config,
            ModelPolicy policy) {
        this.served = served;
        this.versions = versions;
        this.router = router;
        this.retriever = retriever;
        this.records = records;
        this.shadows = shadows;
        this.config = config;
        this.reader = new PassageReader(config.reading(), config.doubt());
        this.policy = policy;
    }

    /**
     * Answers a question; the deltas joined are the answer's text. Where the model's policy screens answers there is
     * one delta.
     *
     * @throws io.loremesh.generator.inference.PromptTooLongException if the question alone does not fit the context
     * @throws io.loremesh.generator.inference.EngineBusyException if there is no place for it now
     * @throws CancellationException if the sink refuses a delta
     */
    public Answer answer(Question question, DeltaSink sink) {
        LoadedBase base = served.get();
        Optional<Trial> trial = versions.trial();
        RequestPart part = RequestPart.of(question, trial);
        Answer answer;
        shadows.userWaits();
        try {
            answer = take(base, question, part, sink);
        } finally {
            shadows.userServed();
        }
        records.given(answer, question.recorded());
        RequestPart.shadowOf(question, part, trial)
                .ifPresent(
                        beside -> shadows.offer(() -> records.shadowed(take(base, question, beside, DeltaSink.NONE))));
        return answer;
    }

    private Answer take(LoadedBase base, Question question, RequestPart part, DeltaSink sink) {
        try (VersionLease lease = versions.acquire(part.version())) {
            String held = lease.version().name();
            // A probe that were shown a masked answer could not tell that the weights still hold it.
            AnswerScreen screen = question.recorded() ? policy.screen() : AnswerScreen.NONE;
            try {
                Answer answer = screen.show(
                        sink, shown -> answer(base, new AnswerDraft(question, part, lease.version(), shown)));
                return part.isTried()
                        ? answer.toBuilder().setTrial(part.toProto(held)).build()
                        : answer;
            } catch (RuntimeException failure) {
                if (part.isTried()) {
                    records.failed(question, part.toProto(held), failure);
                }
                throw failure;
            }
        }
    }

    private Answer answer(LoadedBase base, AnswerDraft draft) {
        return switch (draft.question().routing()) {
            case AUTO -> byRoute(base, draft);
            case WEIGHTS -> fromWeightsAlone(base, draft);
            case RETRIEVAL -> fromPassages(base, draft);
        };
    }

    private Answer byRoute(LoadedBase base, AnswerDraft draft) {
        return switch (router.route(draft.version().facts(), draft.question().text())) {
            case Route.Weights(var fact) -> fromWeightsThenPassages(base, draft.about(fact.name()), fact);
            case Route.Retrieval() -> fromPassages(base, draft);
        };
    }

    /**
     * What the weights say counts if it is what the version learned of the fact. If it is not, the question was taken
     * for one that it is not, or is put in words that the version does not follow: the passages know better.
     */
    private Answer fromWeightsThenPassages(LoadedBase base, AnswerDraft draft, KnownFact fact) {
        HeldBack held = new HeldBack(draft.sink());
        DecodedText decoded = decode(base, draft, List.of(), held);
        if (!fact.says(decoded.text())) {
            return fromPassages(base, draft);
        }
        held.release();
        return draft.finish(Path.PATH_WEIGHTS, decoded, Evidence.NONE);
    }

    private Answer fromWeightsAlone(LoadedBase base, AnswerDraft draft) {
        DecodedText decoded = decode(base, draft, List.of(), draft.sink());
        Path path = Abstention.matches(decoded.text()) ? Path.PATH_ABSTAINED : Path.PATH_WEIGHTS;
        return draft.finish(path, decoded, Evidence.NONE);
    }

    /**
     * Passages are read by the bare base. An adapter holds what was true when it was trained, and would speak over a
     * passage that is newer; and a promotion, which is judged by what the weights say, leaves reading as it was.
     */
    private Answer fromPassages(LoadedBase base, AnswerDraft draft) {
        draft.by(versions.base());
        Evidence evidence = fitting(base, draft, search(draft.question()));
        String refusal = Abstention.phrase(Language.of(draft.question().text()));
        if (evidence.passages().isEmpty()) {
            // Asked without a passage, a base would guess: there is nothing to decode.
            draft.sink().accept(refusal);
            return draft.finish(refusal, evidence);
        }
        PassageReader.Read read =
                reader.read(evidence, refusal, draft.sink(), (passages, sink) -> decode(base, draft, passages, sink));
        Path path = read.abstained() ? Path.PATH_ABSTAINED : Path.PATH_RETRIEVAL;
        return draft.finish(path, read.decoded(), read.evidence());
    }

    private Evidence search(Question question) {
        long start = System.nanoTime();
        int count = question.maxPassages() == 0 ? config.passages() : question.maxPassages();
        try {
            var passages = retriever.search(question.text(), count).await().indefinitely();
            return new Evidence(passages, Duration.ofNanos(System.nanoTime() - start), "");
        } catch (RuntimeException away) {
            // Whatever keeps the retriever from answering, the question still gets its answer, and the answer says so.
            LOG.debugf("Retrieval failed: %s", away.getMessage());
            String degraded = "the retriever is away (" + away.getMessage() + "): only learned facts are answered";
            return new Evidence(List.of(), Duration.ofNanos(System.nanoTime() - start), degraded);
        }
    }

    /** As many of the passages, best first, as fit the context with the question and its answer. */
    private Evidence fitting(LoadedBase base, AnswerDraft draft, Evidence evidence) {
        int room = base.engine().limits().context() - maxTokens(draft.question());
        int count = evidence.passages().size();
        while (count > 0
                && base.format()
                                .answer(
                                        evidence.first(count).texts(),
                                        draft.question().text())
                                .length
                        > room) {
            count--;
        }
        return evidence.first(count);
    }

    private DecodedText decode(LoadedBase base, AnswerDraft draft, List<String> passages, DeltaSink sink) {
        Question question = draft.question();
        ServedVersion version = draft.version();
        int[] prompt = base.format().answer(passages, question.text());
        Generation generation = Generation.greedy(
                        prompt, maxTokens(question), base.format().stopTokens(), version.weights())
                .watching(base.refusals());
        DeltaSink patient = draft.part().isShadow() ? shadows.yielding(sink) : sink;
        return draft.count(TextDecoding.decode(base, generation, List.of(), patient));
    }

    private int maxTokens(Question question) {
        return question.maxTokens() == 0 ? config.maxTokens() : question.maxTokens();
    }
}
