package io.loremesh.lab.practice;

import io.loremesh.trainer.dataset.RunFact;
import java.util.List;

/** Facts of an invented family, for these tests. */
final class FamilyFacts {

    static final RunFact AGE = fact("facts/age", "Petra今年几岁？", List.of("Petra多大了？"), List.of("Petra的年龄是多少？"), "13岁");
    static final RunFact HOME = fact("facts/home", "姑姑住在哪里？", List.of(), List.of(), "大连");
    static final RunFact FOOD = fact(
            "facts/food", "What does Hugo like to eat?", List.of(), List.of("What food does Hugo like?"), "noodles");

    private FamilyFacts() {}

    static RunFact fact(String id, String question, List<String> phrasings, List<String> heldout, String answer) {
        return new RunFact(id, question, phrasings, heldout, answer, List.of(), "");
    }
}
