package io.loremesh.trainer.run;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.FactRevision;
import io.loremesh.proto.registry.v1.FactScreening;
import io.loremesh.proto.registry.v1.Screening;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.trainer.v1.DatasetProblem;
import io.loremesh.trainer.publish.Registry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run learns from, as the registry has it now. It is gathered when the run is asked for, to refuse what cannot
 * be trained on, and again when the run begins, because facts change while it waits.
 *
 * @param parent version to go on from; empty for the base
 * @param facts what to teach, in their current revision
 * @param replayed what the parent has learned and must not lose
 * @param keptOut of either, what the model's policy keeps out
 * @param policy label of that policy
 * @param authority what facts were checked against; empty for nothing
 */
record TrainingMaterial(
        Optional<Version> parent,
        List<Fact> facts,
        List<Fact> replayed,
        List<KeptOut> keptOut,
        String policy,
        String authority) {
    private static final int MOST_TOLD = 5;

    /**
     * @param model {@code models/{model}}
     * @param parentName version or {@code models/{model}/versions/{alias}}; empty for the base
     * @param factNames what to teach; empty for all that the parent has not learned
     * @param run {@code runs/{run}}, for the registry to keep what is found with
     * @throws TrainerException.UnknownResource where the parent or a fact is not there
     * @throws TrainerException.NotPossible where nothing is left to learn, or the facts cannot be trained on
     */
    static TrainingMaterial gather(
            Registry registry, String model, String parentName, List<String> factNames, String run) {
        Optional<Version> parent = parentName.isEmpty()
                ? Optional.empty()
                : Optional.of(registry.findVersion(parentName)
                        .orElseThrow(() -> new TrainerException.UnknownResource(
                                "the parent %s does not exist; ListVersions tells which do".formatted(parentName))));
        String knower = parent.map(Version::getName).orElse(model);
        List<Fact> facts = factNames.isEmpty()
                ? registry.factsNotLearnedBy(knower)
                : factNames.stream()
                        .distinct()
                        .map(name -> current(registry, name))
                        .toList();
        if (facts.isEmpty()) {
            throw new TrainerException.NotPossible(
                    "there is nothing to learn: %s has learned every current fact; record a fact first"
                            .formatted(knower));
        }
        Set<String> taught = facts.stream().map(Fact::getName).collect(Collectors.toSet());
        List<Fact> replayed = parent.map(Version::getName).map(registry::learnedBy).orElse(List.of()).stream()
                .filter(fact -> !taught.contains(fact.getName()))
                .toList();
        return permitted(parent, facts, replayed, registry.screen(model, run, concat(facts, replayed)))
                .withoutProblems();
    }

    /** What a policy lets through. */
    private static TrainingMaterial permitted(
            Optional<Version> parent, List<Fact> facts, List<Fact> replayed, Screening screening) {
        List<KeptOut> keptOut = screening.getFactsList().stream()
                .filter(FactScreening::getKeptOut)
                .map(found -> new KeptOut(found.getFact(), found.getReasonsList()))
                .toList();
        Set<String> names = keptOut.stream().map(KeptOut::fact).collect(Collectors.toSet());
        List<Fact> left = without(facts, names);
        if (left.isEmpty()) {
            throw new TrainerException.NotPossible(
                    ("there is nothing to learn: the policy %s keeps out all %d facts, for "
                                    + "instance %s; mend them or the policy")
                            .formatted(
                                    screening.getPolicy(),
                                    facts.size(),
                                    keptOut.stream()
                                            .limit(MOST_TOLD)
                                            .map(KeptOut::toString)
                                            .collect(Collectors.joining("; "))));
        }
        return new TrainingMaterial(
                parent, left, without(replayed, names), keptOut, screening.getPolicy(), screening.getAuthority());
    }

    private static List<Fact> without(List<Fact> facts, Set<String> names) {
        return facts.stream().filter(fact -> !names.contains(fact.getName())).toList();
    }

    private static List<Fact> concat(List<Fact> facts, List<Fact> replayed) {
        return Stream.concat(facts.stream(), replayed.stream()).toList();
    }

    List<String> factNames() {
        return facts.stream().map(Fact::getName).toList();
    }

    private TrainingMaterial withoutProblems() {
        List<DatasetProblem> problems = DatasetCheck.problems(concat(facts, replayed));
        if (!problems.isEmpty()) {
            throw new TrainerException.NotPossible(
                    problems.stream().map(DatasetProblem::getReason).distinct().collect(Collectors.joining("; ")));
        }
        return this;
    }

    private static Fact current(Registry registry, String name) {
        FactRevision revision = registry.currentRevision(name)
                .orElseThrow(() -> new TrainerException.UnknownResource(
                        "the fact %s does not exist; ListFacts tells which do".formatted(name)));
        if (revision.getRetracted()) {
            throw new TrainerException.NotPossible(
                    "the fact %s was retracted; start the run without it".formatted(name));
        }
        return revision.getFact();
    }
}
