package io.loremesh.evaluation.world;

import io.loremesh.model.prompt.Language;
import java.util.Map;
import java.util.Objects;

/**
 * What can be said of a kind of subject.
 *
 * @param id its name, unique in a context
 * @param subjectKind the kind of its subjects ({@link Names})
 * @param valueKind the kind of its objects ({@link Values})
 * @param word the relation's word where the phrasings leave it open ("the {r} of {s}"), else empty
 * @param phrasings by language; an open relation has only that of its word
 */
public record Relation(
        String id, String subjectKind, String valueKind, String word, Map<Language, Phrasings> phrasings) {

    public Phrasings in(Language language) {
        return Objects.requireNonNull(
                phrasings.get(language), () -> "Relation " + id + " has no phrasings in " + language);
    }

    public boolean speaks(Language language) {
        return phrasings.containsKey(language);
    }

    public boolean open() {
        return !word.isEmpty();
    }
}
