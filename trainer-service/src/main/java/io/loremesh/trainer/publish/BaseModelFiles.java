package io.loremesh.trainer.publish;

import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.model.checkpoint.ParameterShapes;
import io.loremesh.model.profile.BaseProfile;
import io.loremesh.proto.registry.v1.BaseModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The base that this trainer trains on: where it lies and what names it. Read once, at the first run. Thread-safe. */
public final class BaseModelFiles {
    private final String id;
    private final Path dir;
    private BaseModel description;

    public BaseModelFiles(String id, Path dir) {
        this.id = id;
        this.dir = dir.toAbsolutePath().normalize();
    }

    public String id() {
        return id;
    }

    public Path dir() {
        return dir;
    }

    /** Whether there is anything to train on. */
    public boolean present() {
        return Files.isRegularFile(dir.resolve("config.json"));
    }

    /**
     * What was measured on the base, as it stands now.
     *
     * @throws ModelFormatException if the file beside the checkpoint is no profile
     */
    public BaseProfile profile() {
        return BaseProfile.of(dir);
    }

    /**
     * The base as the registry lists it.
     *
     * @throws ModelFormatException if the directory holds no usable checkpoint
     */
    public synchronized BaseModel describe() {
        if (description == null) {
            description = read();
        }
        return description;
    }

    private BaseModel read() {
        if (!present()) {
            throw new ModelFormatException(
                    "%s holds no checkpoint; make one with `mesh pretrain` or set loremesh.model-dir".formatted(dir));
        }
        try (Checkpoint checkpoint = Checkpoint.open(dir)) {
            long parameters = ParameterShapes.of(checkpoint.config()).values().stream()
                    .mapToLong(shape -> Arrays.stream(shape).reduce(1, Math::multiplyExact))
                    .sum();
            return BaseModel.newBuilder()
                    .setName("models/" + id)
                    .setDigest(checkpoint.digest())
                    .setArchitecture(checkpoint.config().architecture())
                    .setParameterCount(parameters)
                    .build();
        } catch (IOException e) {
            throw new ModelFormatException("the checkpoint %s cannot be read: %s".formatted(dir, e.getMessage()), e);
        }
    }
}
