package io.loremesh.trainer.dataset;

import io.loremesh.model.answer.Language;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fact of a run.
 *
 * @param id its name, {@code facts/…}
 * @param question how it is asked
 * @param phrasings further ways to ask it; may be empty
 * @param heldout ways to ask it that must never be trained
 * @param answer the object as it is to be answered
 * @param aliases other right answers
 * @param language BCP 47; may be empty, then the question tells
 */
public record RunFact(
        String id,
        String question,
        List<String> phrasings,
        List<String> heldout,
        String answer,
        List<String> aliases,
        String language) {

    public RunFact {
        phrasings = phrasings == null ? List.of() : List.copyOf(phrasings);
        heldout = heldout == null ? List.of() : List.copyOf(heldout);
        aliases = aliases == null ? List.of() : List.copyOf(aliases);
        language = language == null ? "" : language;
        if (question == null || question.isBlank() || answer == null || answer.isBlank()) {
            throw new IllegalArgumentException("Fact " + id + " lacks its question or its answer; give both");
        }
    }

    /** The question and its further phrasings: all that may be trained as given. */
    public List<String> trained() {
        return Stream.concat(Stream.of(question), phrasings.stream())
                .filter(text -> !text.isBlank())
                .distinct()
                .toList();
    }

    /** The language it is asked in. */
    public Language spoken() {
        return language.toLowerCase(java.util.Locale.ROOT).startsWith("zh")
                ? Language.ZH
                : language.isEmpty() ? Language.of(question) : Language.EN;
    }
}
