package io.loremesh.trainer.run;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.FactRevision;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.trainer.v1.DatasetProblem;
import io.loremesh.trainer.publish.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run learns from, as the registry has it now. It is gathered when the run is asked for, to refuse what cannot be
 * trained on, and again when the run begins, because facts change while it waits.
 *
 * @param parent version to go on from; empty for the base
 * @param facts what to teach, in their current revision
 * @param replayed what the parent has learned and must not lose
 */
record TrainingMaterial(Optional<Version> parent, List<Fact> facts, List<Fact> replayed) {

    /**
     * @param model {@code models/{model}}
     * @param parentName version or {@code models/{model}/versions/{alias}}; empty for the base
     * @param factNames what to teach; empty for all that the parent has not learned
     * @throws TrainerException.UnknownResource where the parent or a fact is not there
     * @throws TrainerException.NotPossible where nothing is left to learn, or the facts cannot be trained on
     */
    static TrainingMaterial gather(Registry registry, String model, String parentName, List<String> factNames) {
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
        return new TrainingMaterial(parent, facts, replayed).screened();
    }

    List<String> factNames() {
        return facts.stream().map(Fact::getName).toList();
    }

    private TrainingMaterial screened() {
        List<Fact> all = new ArrayList<>(facts);
        all.addAll(replayed);
        List<DatasetProblem> problems = FactScreening.problems(all);
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
