package io.loremesh.trainer.run;

import io.loremesh.knowledge.FactRules;
import io.loremesh.model.profile.BaseProfile;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.trainer.dataset.RunFact;
import io.loremesh.trainer.dataset.Taught;
import io.loremesh.trainer.dataset.mix.TrainingMix;
import io.loremesh.trainer.dataset.practice.Practices;
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
     * How many phrasings a run over these facts trains on, those that are made included. The facts must have no
     * problem.
     */
    static int count(List<Fact> facts, Practices practices, BaseProfile profile) {
        Taught taught = Taught.of(facts.stream().map(FactRows::taught).toList(), List.of());
        return TrainingMix.rowCount(taught, practices.of(profile, taught));
    }
}
