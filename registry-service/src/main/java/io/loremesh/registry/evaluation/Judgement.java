package io.loremesh.registry.evaluation;

import io.loremesh.registry.version.VersionName;
import java.util.Collection;

/**
 * The outcome of an evaluation, as it is written.
 *
 * @param facts what the version knows
 * @param parentFacts what its parent was found to know of facts that its ledger has no line of
 */
record Judgement(
        VersionName version,
        VersionName parent,
        Collection<JudgedFact> facts,
        Collection<JudgedFact> parentFacts,
        Verdict verdict) {}
