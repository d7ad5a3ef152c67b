package io.loremesh.generator.screening;

import io.loremesh.generator.completion.DeltaSink;
import io.loremesh.model.answer.Abstention;
import io.loremesh.model.answer.Language;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Citation;
import io.loremesh.proto.generator.v1.Path;
import io.loremesh.proto.registry.v1.AnswerScreening;
import io.loremesh.proto.registry.v1.ScreeningPolicy;
import io.loremesh.screening.Finding;
import io.loremesh.screening.TextScreen;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a policy does to answers. An answer that is screened is shown when it is whole: what has been streamed cannot be
 * taken back, and the second half of a telephone number is none. Immutable; safe for concurrent use.
 */
public final class AnswerScreen {
    /** Lets every answer out as it is, while it is decoded. */
    public static final AnswerScreen NONE = new AnswerScreen(AnswerScreening.ANSWER_SCREENING_OFF, text -> List.of());

    private static final String SOME_NUMBER = "+86 138 0000 0000";

    private final AnswerScreening treatment;
    private final Function<String, List<Finding>> screen;

    private AnswerScreen(AnswerScreening treatment, Function<String, List<Finding>> screen) {
        this.treatment = treatment;
        this.screen = screen;
    }

    public static AnswerScreen of(ScreeningPolicy policy) {
        return switch (policy.getAnswers()) {
            case ANSWER_SCREENING_MASK, ANSWER_SCREENING_BLOCK -> {
                TextScreen screen = TextScreen.ofAnswers(policy);
                // What classifiers read at their first use is read before somebody waits for an answer.
                screen.find(SOME_NUMBER);
                yield new AnswerScreen(policy.getAnswers(), screen::find);
            }
            case ANSWER_SCREENING_OFF, ANSWER_SCREENING_UNSPECIFIED, UNRECOGNIZED -> NONE;
        };
    }

    /**
     * Answers with what makes one of a sink, and shows it: at once where nothing is looked for, else when it is
     * screened.
     */
    public Answer show(DeltaSink sink, Function<DeltaSink, Answer> answering) {
        if (this == NONE) {
            return answering.apply(sink);
        }
        Answer answer = screened(answering.apply(DeltaSink.NONE));
        sink.accept(answer.getText());
        return answer;
    }

    Answer screened(Answer answer) {
        Set<String> kinds = new TreeSet<>();
        List<Finding> caught = find(answer.getText(), kinds);
        boolean withheld = treatment == AnswerScreening.ANSWER_SCREENING_BLOCK && !caught.isEmpty();
        Answer.Builder screened = answer.toBuilder().clearCitations();
        // Nothing of it was seen before all of it was.
        screened.getTimingsBuilder().setFirstToken(answer.getTimings().getTotal());
        if (withheld) {
            String refusal = Abstention.phrase(Language.of(answer.getQuestion()));
            screened.setText(refusal).setPath(Path.PATH_ABSTAINED).setWithheld(true);
        } else {
            screened.setText(TextScreen.mask(answer.getText(), caught));
            answer.getCitationsList().forEach(citation -> screened.addCitations(masked(citation, kinds)));
        }
        return screened.addAllScreenedKinds(kinds).build();
    }

    private Citation masked(Citation citation, Set<String> kinds) {
        return citation.toBuilder()
                .setText(TextScreen.mask(citation.getText(), find(citation.getText(), kinds)))
                .build();
    }

    private List<Finding> find(String text, Collection<String> kinds) {
        List<Finding> findings = screen.apply(text);
        findings.stream().map(Finding::kind).forEach(kinds::add);
        return findings;
    }
}
