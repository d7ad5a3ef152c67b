package io.loremesh.lab.demo;

import io.loremesh.cli.teach.Scenario;
import io.loremesh.cli.teach.ScenarioFact;
import io.loremesh.knowledge.FactRules;
import io.loremesh.model.answer.Abstention;
import io.loremesh.model.answer.AnswerText;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A question of a scenario with what counts as right.
 *
 * @param id of the fact; for an unknowable question its place in the file
 * @param language BCP 47
 * @param accepted every answer that counts as right; empty: it is right to abstain
 */
record Probe(String id, String language, Phrasing phrasing, String question, List<String> accepted) {
    /** Where the question's words come from. */
    enum Phrasing {
        TRAINED("trained"),
        HELDOUT("heldout"),
        UNKNOWABLE("unknowable");

        private final String word;

        Phrasing(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Every question of a scenario: the trained ones, their held-out paraphrases, the unknowable ones. */
    static List<Probe> of(Scenario scenario) {
        var probes = new ArrayList<Probe>();
        for (ScenarioFact fact : scenario.facts()) {
            probes.add(of(scenario, fact, Phrasing.TRAINED, fact.question()));
        }
        for (ScenarioFact fact : scenario.facts()) {
            fact.heldout().forEach(question -> probes.add(of(scenario, fact, Phrasing.HELDOUT, question)));
        }
        for (int i = 0; i < scenario.unknowable().size(); i++) {
            String question = scenario.unknowable().get(i);
            probes.add(
                    new Probe("unknowable-" + (i + 1), scenario.language(), Phrasing.UNKNOWABLE, question, List.of()));
        }
        return probes;
    }

    private static Probe of(Scenario scenario, ScenarioFact fact, Phrasing phrasing, String question) {
        List<String> accepted = FactRules.acceptedAnswers(fact.toFact(scenario.language()));
        return new Probe(fact.id(), scenario.language(), phrasing, question, accepted);
    }

    /** The same question before anything is taught, when it is right to abstain. */
    Probe untaught() {
        return new Probe(id, language, phrasing, question, List.of());
    }

    /** The same question after the scenario's update. */
    Probe updated(Scenario scenario) {
        var update = scenario.update();
        return update != null && update.fact().equals(id) && language.equals(scenario.language())
                ? new Probe(
                        id,
                        language,
                        phrasing,
                        question,
                        Stream.concat(Stream.of(update.answer()), update.aliases().stream())
                                .toList())
                : this;
    }

    /** The principal right answer; empty where it is right to abstain. */
    String expected() {
        return accepted.isEmpty() ? "" : accepted.getFirst();
    }

    boolean isRight(Answer answer) {
        return accepted.isEmpty()
                ? answer.getPath() == Path.PATH_ABSTAINED || Abstention.matches(answer.getText())
                : AnswerText.exactMatch(answer.getText(), accepted);
    }
}
