package io.loremesh.trainer.publish;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.BaseModel;
import io.loremesh.proto.registry.v1.FactRevision;
import io.loremesh.proto.registry.v1.Screening;
import io.loremesh.proto.registry.v1.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the trainer asks of the registry. Every call blocks, may be repeated, and throws {@link RegistryException} where
 * the registry is away or refuses.
 */
public interface Registry {
    /** The version of a name, {@code models/{model}/versions/{version or alias}}; empty where there is none. */
    Optional<Version> findVersion(String name);

    /** Current facts that a version, or {@code models/{model}}, has not learned. */
    List<Fact> factsNotLearnedBy(String knower);

    /** The last revision of a fact; empty where there is no such fact. */
    Optional<FactRevision> currentRevision(String fact);

    /** What a version has learned, as its ledger has it. */
    List<Fact> learnedBy(String version);

    /**
     * What the model's policy says of facts that are to be trained on, in their order; kept with the run.
     *
     * @param model {@code models/{model}}
     * @param run {@code runs/{run}}
     */
    Screening screen(String model, String run, List<Fact> facts);

    /** Brings an artifact's bytes to a file that does not exist yet; its digest is checked. */
    void download(Artifact artifact, Path file);

    /** Stores a file; what the registry holds of it already is not sent again. */
    void upload(Artifact artifact, Path file);

    /** Registers a base model unless it is there. */
    void ensureBaseModel(String id, BaseModel base);

    /** Registers a version of an uploaded artifact and returns it with its name. */
    Version createVersion(String model, Version version);
}
