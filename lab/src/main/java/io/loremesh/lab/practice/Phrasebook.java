package io.loremesh.lab.practice;

import io.loremesh.lab.world.World;
import io.loremesh.model.answer.AnswerText;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import io.loremesh.trainer.dataset.HeldOut;
import io.loremesh.trainer.dataset.RunFact;
import io.loremesh.trainer.dataset.practice.KeyWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * In which words each fact is asked during training: those given, and others made from them by rule. One phrasing alone
 * teaches a sentence, not a fact (Physics of Language Models 3.1): it takes several to be found again under a new one.
 */
final class Phrasebook {

    /**
     * A given phrasing is asked as often as this many made ones: it is surely right, and they are where the words
     * differ.
     */
    private static final double GIVEN = 3;

    private static final double KEY_WORDS = .15;
    private static final double WRAPPED = .2;

    private final World world;
    private final QuestionForms known;
    private final HeldOut heldOut;
    private final Map<RunFact, List<String>> made = new LinkedHashMap<>();
    private final Map<RunFact, List<String>> keyWords = new HashMap<>();
    private final Map<RunFact, Optional<QuestionForm>> forms = new HashMap<>();

    /** @param heldOut never made, even by accident */
    Phrasebook(List<RunFact> facts, HeldOut heldOut, World world) {
        this.world = world;
        this.known = new QuestionForms(world);
        this.heldOut = heldOut;
        Map<String, Set<String>> answers =
                new HashMap<>(); // of a normalised question: made for two answers, it tells neither
        for (RunFact fact : facts) {
            List<String> others = new Rephrasing(world, known, fact.spoken()).of(fact.trained());
            made.put(fact, others);
            keyWords.put(
                    fact,
                    fact.trained().stream()
                            .flatMap(text -> KeyWords.of(text, fact.spoken()).stream())
                            .distinct()
                            .toList());
            Stream.of(fact.trained(), others, keyWords.get(fact))
                    .flatMap(List::stream)
                    .forEach(text -> answers.computeIfAbsent(AnswerText.normalise(text), key -> new TreeSet<>())
                            .add(AnswerText.normalise(fact.answer())));
            forms.put(
                    fact,
                    fact.trained().stream()
                            .flatMap(text -> known.recognise(text, fact.spoken()).stream())
                            .findFirst());
        }
        Predicate<String> fits = text -> !heldOut.contains(text)
                && answers.get(AnswerText.normalise(text)).size() == 1;
        Set<String> given = facts.stream()
                .flatMap(fact -> fact.trained().stream())
                .map(AnswerText::normalise)
                .collect(Collectors.toSet());
        made.replaceAll((fact, texts) -> texts.stream()
                .filter(fits)
                .filter(text -> !given.contains(AnswerText.normalise(text)))
                .toList());
        keyWords.replaceAll((fact, texts) -> texts.stream().filter(fits).toList());
    }

    /** A phrasing of the fact: one that was given, one that was made, or its key words. */
    String ask(RunFact fact, Dice dice) {
        double given = GIVEN * fact.trained().size();
        List<String> texts = dice.chance(KEY_WORDS)
                ? keyWords.get(fact)
                : dice.chance(given / (given + made.get(fact).size())) ? fact.trained() : made.get(fact);
        String text = dice.pick(texts.isEmpty() ? fact.trained() : texts);
        String wrapped = dice.chance(WRAPPED) ? wrapped(text, fact.spoken(), dice) : text;
        // "请问" before what may be trained can make what may not.
        return heldOut.contains(wrapped) ? text : wrapped;
    }

    /** What was made for the fact by rule. */
    List<String> made(RunFact fact) {
        return made.get(fact);
    }

    /** The generator's form of the fact's question, if it is one. */
    Optional<QuestionForm> form(RunFact fact) {
        return forms.get(fact);
    }

    /** Recognises any question. */
    QuestionForms known() {
        return known;
    }

    /** Every text that asks for a fact, normalised. */
    Set<String> asked() {
        Set<String> asked = new TreeSet<>();
        made.forEach((fact, texts) -> {
            fact.trained().forEach(text -> asked.add(AnswerText.normalise(text)));
            texts.forEach(text -> asked.add(AnswerText.normalise(text)));
            keyWords.get(fact).forEach(text -> asked.add(AnswerText.normalise(text)));
        });
        return asked;
    }

    /** As people type: with a greeting, without the mark, with another one. */
    private String wrapped(String text, Language language, Dice dice) {
        List<String> ways = new ArrayList<>();
        ways.add(dice.pick(world.phrases(language, "ask")).replace("{x}", text));
        ways.add(text.replaceAll("[？?。.]+$", ""));
        ways.add(text.replaceAll("[？?。.]+$", "")
                + (language == Language.ZH
                        ? dice.pick(List.of("呢？", "呀？", "?", "。"))
                        : dice.pick(List.of("??", ".", " ?"))));
        return dice.pick(ways);
    }
}
