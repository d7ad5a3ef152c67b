package io.loremesh.retriever.index;

import com.google.protobuf.util.Timestamps;
import io.loremesh.knowledge.FactRules;
import io.loremesh.model.answer.StatedAnswer;
import io.loremesh.proto.knowledge.v1.Passage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether a document's passage says what a fact no longer says. All of these must hold: the document was last
 * updated before the fact changed; the passage states an answer that was given up, and none that holds; it is about the
 * fact's subject; and its vector is near the question.
 *
 * <p>The subject is the fact's own where it is set; else the names in its questions (words in Latin letters of a
 * Chinese question, capitalised words of an English one), all of them from one phrasing; else the words that its
 * phrasings share, at least half of them. A passage that names its subject by a pronoun alone is left as it is.
 *
 * @param minSimilarity cosine of passage and question, for the nearest phrasing
 */
public record SupersedeRule(double minSimilarity) {
    private static final Pattern LATIN_WORD = Pattern.compile("[\\p{IsLatin}][\\p{IsLatin}\\p{N}'’-]*");
    private static final PassageAnalyzer ANALYZER = new PassageAnalyzer();

    boolean supersedes(Claim claim, Passage passage, double similarity) {
        return similarity >= minSimilarity
                && Timestamps.toMillis(passage.getUpdateTime()) < claim.since().toEpochMilli()
                && StatedAnswer.anyIn(passage.getText(), claim.superseded())
                && !StatedAnswer.anyIn(passage.getText(), FactRules.acceptedAnswers(claim.fact()))
                && isAbout(claim, passage);
    }

    private static boolean isAbout(Claim claim, Passage passage) {
        String text = passage.getTitle() + " " + passage.getText();
        if (!claim.fact().getSubject().isEmpty()) {
            return StatedAnswer.in(text, claim.fact().getSubject());
        }
        Set<String> terms = ANALYZER.terms(text);
        List<String> phrasings = FactRules.trainedPhrasings(claim.fact());
        List<Set<String>> names = phrasings.stream()
                .map(SupersedeRule::names)
                .filter(found -> !found.isEmpty())
                .toList();
        if (!names.isEmpty()) {
            return names.stream().anyMatch(terms::containsAll);
        }
        Set<String> shared = sharedTerms(phrasings);
        long held = shared.stream().filter(terms::contains).count();
        return 2 * held >= shared.size();
    }

    private static Set<String> names(String question) {
        boolean english = question.codePoints().noneMatch(Character::isIdeographic);
        List<String> names = new ArrayList<>();
        Matcher words = LATIN_WORD.matcher(question);
        while (words.find()) {
            if (!english || Character.isUpperCase(words.group().charAt(0))) {
                names.add(words.group());
            }
        }
        Set<String> terms = ANALYZER.terms(String.join(" ", names));
        terms.removeIf(QuestionWords::contains);
        return terms;
    }

    private static Set<String> sharedTerms(List<String> phrasings) {
        Set<String> shared = new LinkedHashSet<>(ANALYZER.terms(phrasings.getFirst()));
        phrasings.forEach(phrasing -> shared.retainAll(ANALYZER.terms(phrasing)));
        shared.removeIf(QuestionWords::contains);
        return shared;
    }
}
