package io.loremesh.generator.base;

import io.loremesh.generator.inference.EngineLimits;
import io.loremesh.generator.inference.InferenceEngine;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.model.profile.BaseProfile;
import io.loremesh.model.prompt.PromptFormat;
import io.loremesh.model.tokenizer.TextTokenizer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * The base model of this process, opened once at start. A directory that cannot be used does not stop the service: it
 * stays up, not ready, and says what is wrong. Safe for concurrent use.
 */
@Startup
@ApplicationScoped
public class ServedBase {
    private static final Logger LOG = Logger.getLogger(ServedBase.class);

    private final InferenceConfig inference;
    private final LoadedBase loaded;
    private final Exception problem;

    public ServedBase(BaseConfig config, InferenceConfig inference) {
        this.inference = inference;
        LoadedBase base = null;
        Exception failure = null;
        try {
            base = load(config, inference);
        } catch (IOException | ModelFormatException | IllegalStateException unusable) {
            LOG.errorf("The base model in %s cannot be served: %s", config.modelDir(), unusable.getMessage());
            failure = unusable;
        }
        this.loaded = base;
        this.problem = failure;
    }

    private static LoadedBase load(BaseConfig config, InferenceConfig inference) throws IOException {
        long start = System.nanoTime();
        Path dir = config.modelDir().toAbsolutePath().normalize();
        Checkpoint checkpoint = Checkpoint.open(dir);
        try {
            TextTokenizer tokenizer = TextTokenizer.open(dir);
            PromptFormat format = PromptFormat.of(tokenizer);
            BaseProfile profile = BaseProfile.of(dir);
            EngineLimits limits = inference.limits(checkpoint.config());
            InferenceEngine engine = new InferenceEngine(checkpoint, limits);
            engine.warmUp();
            LOG.infof(
                    "Serving %s from %s (%s, %d tokens of context) after %d ms",
                    config.model(),
                    dir,
                    checkpoint.digest(),
                    limits.context(),
                    (System.nanoTime() - start) / 1_000_000);
            return new LoadedBase(config.model(), checkpoint, tokenizer, format, profile, engine);
        } catch (IOException | RuntimeException failure) {
            checkpoint.close();
            throw failure;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The process was stopped while it started", stopping);
        }
    }

    /** @throws BaseUnavailableException if no model could be loaded */
    public LoadedBase get() {
        if (loaded == null) {
            throw new BaseUnavailableException("No model is loaded: " + problem.getMessage(), problem);
        }
        return loaded;
    }

    public boolean available() {
        return loaded != null;
    }

    // ONNX Runtime crashes the process if it is torn down while it runs, so the engine ends before the JVM does.
    void drain(@Observes ShutdownEvent stop) {
        if (loaded != null) {
            loaded.engine().close(inference.drain());
            loaded.checkpoint().close();
        }
    }
}
