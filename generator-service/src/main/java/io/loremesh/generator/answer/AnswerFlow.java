package io.loremesh.generator.answer;

import io.grpc.Status;
import io.loremesh.door.RefusedCallException;
import io.loremesh.generator.adapter.LoadedVersions;
import io.loremesh.generator.adapter.Trial;
import io.loremesh.generator.adapter.VersionLease;
import io.loremesh.generator.base.LoadedBase;
import io.loremesh.generator.base.ServedBase;
import io.loremesh.generator.completion.DecodedText;
import io.loremesh.generator.completion.DeltaSink;
import io.loremesh.generator.completion.ReadableText;
import io.loremesh.generator.completion.TextDecoding;
import io.loremesh.generator.inference.FinishReason;
import io.loremesh.generator.inference.Generation;
import io.loremesh.generator.routing.FactRouter;
import io.loremesh.generator.routing.KnownFact;
import io.loremesh.generator.routing.Route;
import io.loremesh.generator.screening.AnswerScreen;
import io.loremesh.generator.screening.ModelPolicy;
import io.loremesh.model.answer.Abstention;
import io.loremesh.model.answer.Language;
import io.loremesh.model.profile.PassageReading;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Path;
import io.loremesh.proto.retriever.v1.ScoredPassage;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
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

    /** Tokens that an answer is sure to have beside the passages. */
    private static final int SHORT_ANSWER = 16;

    /** How many times the usual number of tokens an answer may have. */
    private static final int LONG_ANSWER = 4;

    private final ServedBase served;
    private final LoadedVersions versions;
    private final FactRouter router;
    private final RetrieverClient retriever;
    private final AnswerRecords records;
    private final ShadowAnswers shadows;
    private final AnswerConfig config;
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
        this.policy = policy;
    }

    /**
     * Answers a question; the deltas joined are the answer's text, which is shown when it is known to be an answer.
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
        DecodedText decoded = decode(base, draft, List.of());
        if (decoded.finish() == FinishReason.LENGTH || !fact.says(decoded.text())) {
            return fromPassages(base, draft);
        }
        return draft.finish(Path.PATH_WEIGHTS, decoded, Evidence.NONE);
    }

    private Answer fromWeightsAlone(LoadedBase base, AnswerDraft draft) {
        DecodedText decoded = decode(base, draft, List.of());
        DecodedText said =
                decoded.finish() == FinishReason.LENGTH ? decoded.refused(refusal(draft.question())) : decoded;
        Path path = Abstention.matches(said.text()) ? Path.PATH_ABSTAINED : Path.PATH_WEIGHTS;
        return draft.finish(path, said, Evidence.NONE);
    }

    /**
     * Passages are read by the bare base. An adapter holds what was true when it was trained, and would speak over a
     * passage that is newer; and a promotion, which is judged by what the weights say, leaves reading as it was.
     */
    private Answer fromPassages(LoadedBase base, AnswerDraft draft) {
        draft.by(versions.base());
        base.engine().requireRoom(prompt(base, draft.question(), List.of()));
        Evidence evidence = fitting(base, draft, search(draft.question()));
        String refusal = refusal(draft.question());
        if (evidence.passages().isEmpty()) {
            // Asked without a passage, a base would guess: there is nothing to decode.
            return draft.finish(refusal, evidence);
        }
        PassageReader.Read read = reader(base)
                .read(evidence, draft.question().text(), refusal, passages -> decode(base, draft, passages));
        Path path = read.abstained() ? Path.PATH_ABSTAINED : Path.PATH_RETRIEVAL;
        return draft.finish(path, read.decoded(), read.evidence());
    }

    private static String refusal(Question question) {
        return Abstention.phrase(Language.of(question.text()));
    }

    private Evidence search(Question question) {
        long start = System.nanoTime();
        int count = question.maxPassages() == 0 ? config.passages() : question.maxPassages();
        try {
            var passages = retriever.search(question.text(), count).await().indefinitely();
            return new Evidence(passages, Duration.ofNanos(System.nanoTime() - start), "");
        } catch (RuntimeException away) {
            if (away instanceof RefusedCallException refused
                    && refused.status().getCode() == Status.Code.INVALID_ARGUMENT) {
                throw refused;
            }
            // Whatever keeps the retriever from answering, the question still gets its answer, and the answer says so.
            LOG.debugf("Retrieval failed: %s", away.getMessage());
            String degraded = "the retriever is away (" + away.getMessage() + "): only learned facts are answered";
            return new Evidence(List.of(), Duration.ofNanos(System.nanoTime() - start), degraded);
        }
    }

    /**
     * The passages that the context holds with the question. Tokens of the answer are a ceiling: a passage is not
     * dropped for
     * room that its answer will hardly use. What is dropped is told.
     */
    private Evidence fitting(LoadedBase base, AnswerDraft draft, Evidence evidence) {
        Question question = draft.question();
        int context = base.engine().limits().context();
        int room = context - Math.min(maxTokens(question), SHORT_ANSWER);
        List<ScoredPassage> kept = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (ScoredPassage passage : evidence.passages()) {
            String text = ReadableText.of(passage.getPassage().getText());
            List<String> together = new ArrayList<>(reading(base) == PassageReading.STUFF ? texts : List.of());
            together.add(text);
            if (prompt(base, question, together).length <= room) {
                kept.add(passage);
                texts.add(text);
            }
        }
        return evidence.keeping(kept, context);
    }

    /**
     * An answer that is longer than usual is decoded once more with more tokens, unless the client set the limit
     * itself.
     */
    private DecodedText decode(LoadedBase base, AnswerDraft draft, List<String> passages) {
        int limit = maxTokens(draft.question());
        DecodedText decoded = decode(base, draft, passages, limit);
        boolean mayGoOn = decoded.finish() == FinishReason.LENGTH
                && draft.question().maxTokens() == 0
                && decoded.completionTokens() == limit
                && !decoded.repeats();
        return mayGoOn ? decode(base, draft, passages, LONG_ANSWER * limit) : decoded;
    }

    private DecodedText decode(LoadedBase base, AnswerDraft draft, List<String> passages, int limit) {
        Generation generation = Generation.greedy(
                        prompt(base, draft.question(), passages),
                        limit,
                        base.format().stopTokens(),
                        draft.version().weights())
                .watching(base.refusals());
        // What is decoded is shown once it is known to be an answer.
        DeltaSink wanted = draft.part().isShadow()
                ? shadows.yielding(DeltaSink.NONE)
                : delta -> draft.sink().accept("");
        return draft.count(TextDecoding.decode(base, generation, List.of(), wanted));
    }

    private static int[] prompt(LoadedBase base, Question question, List<String> passages) {
        return base.format().answer(passages, ReadableText.of(question.text()));
    }

    private PassageReader reader(LoadedBase base) {
        return new PassageReader(
                reading(base), config.doubt().orElse(base.profile().doubt()));
    }

    private PassageReading reading(LoadedBase base) {
        return config.reading().orElse(base.profile().reading());
    }

    private int maxTokens(Question question) {
        return question.maxTokens() == 0 ? config.maxTokens() : question.maxTokens();
    }
}
