package io.loremesh.trainer.run;

import io.loremesh.model.profile.BaseProfile;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.trainer.v1.CreateRunRequest;
import io.loremesh.trainer.dataset.practice.Practices;
import io.loremesh.trainer.publish.BaseModelFiles;
import io.loremesh.trainer.publish.Registry;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Turns a request into a run, or refuses it: what cannot be trained is told before it waits in the queue. */
final class RunAdmission {
    private static final String ACTIVE = "/versions/active";

    private final Registry registry;
    private final BaseModelFiles base;
    private final Practices practices;
    private final Function<BaseProfile, RunSettings> defaultSettings;

    /** @param defaultSettings by the base's profile */
    RunAdmission(
            Registry registry,
            BaseModelFiles base,
            Practices practices,
            Function<BaseProfile, RunSettings> defaultSettings) {
        this.registry = registry;
        this.base = base;
        this.practices = practices;
        this.defaultSettings = defaultSettings;
    }

    /**
     * @throws TrainerException where the request is wrong or nothing can be learned
     * @throws io.loremesh.model.checkpoint.ModelFormatException where there is no base, or not what its profile names
     * @throws io.loremesh.trainer.publish.RegistryException where the registry is away
     */
    Run admit(CreateRunRequest request) {
        String model = model(request);
        requireLora(request);
        RunSettings defaults = defaultSettings.apply(base.profile());
        // Figures that are wrong by themselves are refused before the registry is asked for anything.
        RunSettings.of(request.getHyperparameters(), defaults);
        // A registry that does not know the base could not tell what the base has not learned.
        registry.ensureBaseModel(base.id(), base.describe());
        practices.require(base.profile());
        Instant now = Instant.now();
        String name = Run.nameAt(now);
        TrainingMaterial material =
                TrainingMaterial.gather(registry, model, parent(request, model), request.getFactsList(), name);
        RunSettings settings = RunSettings.of(
                request.getHyperparameters(),
                material.parent()
                        .map(Version::getTrainingMap)
                        .map(defaults::goingOn)
                        .orElse(defaults));
        return Run.queued(
                        name,
                        request.getRequestId(),
                        model,
                        material.parent().map(Version::getName).orElse(""),
                        material.factNames(),
                        settings,
                        now)
                .over(material.factNames(), material.keptOut());
    }

    /** How many phrasings a run over these facts, which have no problem, trains on. */
    int rowCount(List<Fact> facts) {
        return FactRows.count(facts, practices, base.profile());
    }

    private String model(CreateRunRequest request) {
        String own = "models/" + base.id();
        if (!request.getModel().isEmpty() && !request.getModel().equals(own)) {
            throw new TrainerException.InvalidRequest(
                    "this trainer holds %s, not \"%s\"; leave `model` empty or start a trainer with loremesh.model-id"
                            .formatted(own, request.getModel()));
        }
        return own;
    }

    private static void requireLora(CreateRunRequest request) {
        switch (request.getTechnique()) {
            case TECHNIQUE_UNSPECIFIED, TECHNIQUE_LORA -> {}
            case UNRECOGNIZED ->
                throw new TrainerException.InvalidRequest(
                        "technique %d is not known; this trainer does LoRA (1)".formatted(request.getTechniqueValue()));
        }
    }

    private String parent(CreateRunRequest request, String model) {
        if (!request.getParent().isEmpty()) {
            if (!request.getParent().startsWith(model + "/versions/")) {
                throw new TrainerException.InvalidRequest(
                        "parent \"%s\" is no version of %s; write `%s/versions/{version}`"
                                .formatted(request.getParent(), model, model));
            }
            return request.getParent();
        }
        return registry.findVersion(model + ACTIVE).map(Version::getName).orElse("");
    }
}
