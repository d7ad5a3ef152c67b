package io.loremesh.trainer.run;

import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.trainer.dataset.RunFact;
import io.loremesh.trainer.dataset.TrainingMix;
import java.util.List;

/** Facts of the contract as the training process takes them. */
final class FactRows {
    private FactRows() {}

    static RunFact taught(Fact fact) {
        return new RunFact(
                FactRules.named(fact).getName(),
                fact.getQuestion(),
                fact.getPhrasingsList(),
                fact.getHeldoutPhrasingsList(),
                fact.getAnswer(),
                fact.getAliasesList(),
                fact.getLanguage());
    }

    /**
     * How many phrasings a run over these facts trains on, those made by rule included. The facts must have no problem.
     */
    static int count(List<Fact> facts) {
        return TrainingMix.rowCount(facts.stream().map(FactRows::taught).toList(), List.of());
    }
}
