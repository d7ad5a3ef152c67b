package io.loremesh.trainer.dataset.practice;

import io.loremesh.model.statistic.Dice;
import io.loremesh.trainer.dataset.Row;
import io.loremesh.trainer.dataset.RowEncoder;
import io.loremesh.trainer.dataset.RunFact;
import io.loremesh.trainer.objective.TokenSequence;
import java.util.List;
import java.util.Optional;

/**
 * What one run practises around its facts. All draws come from the caller's dice: the same seed gives the same rows. No
 * question that it makes is a held-out one. Not safe for concurrent use.
 */
public interface Practice {

    /** Other texts that ask what the fact's given ones ask. */
    List<String> rephrasings(RunFact fact);

    /**
     * A text that asks for the fact: one that was given or another. One phrasing alone teaches a sentence, not a fact.
     */
    String rephrase(RunFact fact, Dice dice);

    /**
     * A question that nobody has told the answer to, and the abstention it deserves: without them a run learns to
     * answer everything.
     */
    Row refuse(Dice dice);

    /**
     * Questions over passages that may say otherwise, one step's: what is read must go on winning over what is known by
     * heart, or a fact that has changed could no longer be answered from its new source.
     */
    List<TokenSequence> read(Dice dice, RowEncoder encoder);

    /** What is known already, asked again so that it is not lost; empty where there is nothing. */
    Optional<Row> replay(Dice dice);
}
