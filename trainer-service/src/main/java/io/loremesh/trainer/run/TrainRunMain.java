package io.loremesh.trainer.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.profile.BaseProfile;
import io.loremesh.model.tokenizer.TextTokenizer;
import io.loremesh.trainer.dataset.RunSpec;
import io.loremesh.trainer.dataset.Taught;
import io.loremesh.trainer.dataset.mix.TrainingMix;
import io.loremesh.trainer.dataset.practice.Practices;
import io.loremesh.trainer.decoder.Weights;
import io.loremesh.trainer.lora.FineTune;
import io.loremesh.trainer.lora.LoraAdapter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The process of one run: {@code TrainRunMain SPEC.json}. Standard output carries its protocol, one JSON object a line
 * ({@code progress}, then {@code succeeded} or {@code failed}); standard error its log. Exit status 0 only after
 * {@code succeeded}.
 */
public final class TrainRunMain {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FAILED = 1;

    private final PrintStream protocol;

    private TrainRunMain(PrintStream protocol) {
        this.protocol = protocol;
    }

    public static void main(String[] args) {
        ParentWatch.start();
        PrintStream protocol = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // native libraries and loggers may write; the protocol is nobody else's
        System.exit(new TrainRunMain(protocol).run(args));
    }

    private int run(String[] args) {
        try {
            if (args.length != 1) {
                throw new IllegalArgumentException(
                        "A run takes one argument, the file of its specification; got " + args.length);
            }
            train(RunSpec.read(Path.of(args[0])));
            return 0;
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
            say("failed", Map.of("reason", e.getMessage() == null ? e.toString() : e.getMessage()));
            return FAILED;
        } catch (InterruptedException e) {
            say("failed", Map.of("reason", "The run was interrupted"));
            return FAILED;
        }
    }

    private void train(RunSpec spec) throws IOException, InterruptedException {
        try (Checkpoint base = Checkpoint.open(spec.baseDir());
                Weights weights = Weights.of(base)) {
            LoraAdapter adapter = adapter(spec, base, weights);
            TrainingMix mix = mix(spec);
            FineTune.Outcome outcome = new FineTune(
                            base.config(), weights, adapter, mix, spec.learningRate(), spec.threads())
                    .run(this::progress);
            Files.createDirectories(spec.outDir());
            adapter.write(spec.outDir(), base.digest());
            Map<String, Object> success = new LinkedHashMap<>();
            success.put("adapter", spec.outDir().toString());
            success.put("digest", Adapter.open(spec.outDir()).digest());
            success.put("steps", outcome.steps());
            success.put("loss", outcome.loss());
            success.put("trainedAccuracy", outcome.trainedAccuracy());
            say("succeeded", success);
        }
    }

    private static TrainingMix mix(RunSpec spec) throws IOException {
        BaseProfile profile = BaseProfile.of(spec.baseDir());
        Taught taught = Taught.of(spec);
        return new TrainingMix(
                spec,
                taught,
                Practices.ofThisProcess().of(profile, taught),
                profile.exposures(),
                TextTokenizer.open(spec.baseDir()));
    }

    private static LoraAdapter adapter(RunSpec spec, Checkpoint base, Weights weights) throws IOException {
        if (spec.parent().isEmpty()) {
            return LoraAdapter.fresh(base.config(), weights, spec.rank(), spec.alpha(), spec.seed());
        }
        Adapter parent = Adapter.open(spec.parent().get());
        parent.requireFits(base);
        if (parent.config().rank() != spec.rank() || parent.config().alpha() != spec.alpha()) {
            throw new IllegalArgumentException(
                    "The parent adapter has rank " + parent.config().rank() + " and alpha "
                            + parent.config().alpha() + ", the run asks for " + spec.rank() + " and " + spec.alpha()
                            + "; a run goes on with its parent's, so ask for those or start from the base");
        }
        return LoraAdapter.from(parent, weights);
    }

    private void progress(FineTune.Progress progress) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("step", progress.step());
        event.put("totalSteps", progress.totalSteps());
        event.put("loss", progress.loss());
        event.put("tokensPerSecond", Math.round(progress.tokensPerSecond()));
        event.put("etaSeconds", Math.round(progress.etaSeconds()));
        say("progress", event);
    }

    private void say(String event, Map<String, Object> content) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event);
        line.putAll(content);
        try {
            protocol.println(JSON.writeValueAsString(line));
        } catch (IOException e) {
            throw new UncheckedIOException("The event " + event + " cannot be written as JSON", e);
        }
    }
}
