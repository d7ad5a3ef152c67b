package io.loremesh.lab.world;

import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What can be said of a kind of subject.
 *
 * @param id its name, unique in a context
 * @param origin which of the world's lists it comes from: only relations of one list are surely about different things
 * @param subjectKind the kind of its subjects ({@link Names})
 * @param valueKind the kind of its objects ({@link Values})
 * @param changing whether its object changes over time
 * @param word the relation's word where the phrasings leave it open ("the {r} of {s}"), else empty
 * @param nouns what its object is called ("founder": "the founder of X"), by language; empty where it has no noun
 * @param phrasings by language; an open relation has only that of its word
 */
public record Relation(
        String id,
        Origin origin,
        String subjectKind,
        String valueKind,
        boolean changing,
        String word,
        Map<Language, List<String>> nouns,
        Map<Language, Phrasings> phrasings) {

    /** Sentences written out for the relation, frames with the synonyms of an attribute, or frames with a free word. */
    public enum Origin {
        WRITTEN,
        ATTRIBUTE,
        OPEN
    }

    static Relation open(String word, Language language, Phrasings frames) {
        return new Relation(
                "open " + word, Origin.OPEN, "open", "free", false, word, Map.of(), Map.of(language, frames));
    }

    /** The same without the training questions of these texts. */
    Relation without(Set<String> texts) {
        Map<Language, Phrasings> kept = new EnumMap<>(Language.class);
        phrasings.forEach((language, each) -> kept.put(language, each.without(texts)));
        return new Relation(id, origin, subjectKind, valueKind, changing, word, nouns, Map.copyOf(kept));
    }

    public Phrasings in(Language language) {
        return Objects.requireNonNull(
                phrasings.get(language), () -> "Relation " + id + " has no phrasings in " + language);
    }

    public boolean speaks(Language language) {
        return phrasings.containsKey(language);
    }

    public boolean open() {
        return origin == Origin.OPEN;
    }

    /** The subject that has this relation's object as its name: "X的创始人", "the founder of X". */
    public String nounPhrase(String subject, Language language, Dice dice) {
        String noun = dice.pick(nouns.get(language));
        return switch (language) {
            case ZH -> subject + "的" + noun;
            case EN -> dice.chance(.7) ? "the " + noun + " of " + subject : subject + "'s " + noun;
        };
    }
}
