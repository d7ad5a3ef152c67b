package io.loremesh.trainer.dataset.practice;

import io.loremesh.model.answer.AnswerText;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import io.loremesh.trainer.dataset.HeldOut;
import io.loremesh.trainer.dataset.RunFact;
import io.loremesh.trainer.dataset.Taught;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** In which words the facts are asked: as given, in key words, and with the marks that people type. */
final class Wordings {

    private static final double KEY_WORDS = .15;
    private static final double TYPED = .2;

    private final HeldOut heldOut;
    private final Map<RunFact, List<String>> keyWords = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>(); // normalised

    Wordings(Taught taught) {
        this.heldOut = taught.heldOut();
        Map<String, Set<String>> answers =
                new HashMap<>(); // of a normalised text: made for two answers, it tells neither
        for (RunFact fact : taught.all()) {
            keyWords.put(
                    fact,
                    fact.trained().stream()
                            .flatMap(text -> KeyWords.of(text, fact.spoken()).stream())
                            .distinct()
                            .toList());
            Stream.concat(fact.trained().stream(), keyWords.get(fact).stream())
                    .map(AnswerText::normalise)
                    .forEach(text -> answers.computeIfAbsent(text, key -> new HashSet<>())
                            .add(AnswerText.normalise(fact.answer())));
        }
        asked.addAll(answers.keySet());
        Predicate<String> fits = text -> !heldOut.contains(text)
                && answers.get(AnswerText.normalise(text)).size() == 1;
        keyWords.replaceAll((fact, texts) -> texts.stream().filter(fits).toList());
    }

    /** What was made for the fact. */
    List<String> made(RunFact fact) {
        return keyWords.get(fact);
    }

    String draw(RunFact fact, Dice dice) {
        List<String> texts = dice.chance(KEY_WORDS) ? keyWords.get(fact) : fact.trained();
        String text = dice.pick(texts.isEmpty() ? fact.trained() : texts);
        return dice.chance(TYPED) ? typed(text, fact.spoken(), dice) : text;
    }

    /** Whether the text asks for one of the facts, or is held out by one. */
    boolean asksForAFact(String text) {
        return asked.contains(AnswerText.normalise(text)) || heldOut.contains(text);
    }

    /** Without its mark, or with another one: the same text as far as held-out ones are compared. */
    private static String typed(String text, Language language, Dice dice) {
        List<String> marks =
                switch (language) {
                    case ZH -> List.of("", "呢？", "?", "。");
                    case EN -> List.of("", "??", ".", " ?");
                };
        return text.replaceAll("[？?。.]+$", "") + dice.pick(marks);
    }
}
