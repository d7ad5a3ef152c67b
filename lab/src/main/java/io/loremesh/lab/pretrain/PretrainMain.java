package io.loremesh.lab.pretrain;

import io.loremesh.lab.curriculum.Curriculum;
import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.profile.BaseProfile;
import io.loremesh.model.tokenizer.TextTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code mesh pretrain}: makes the demo base. Exit status 0: the base stands in {@code --out}; 3: a phase's check
 * failed, and the run stopped with that phase saved (begin it again with {@code --go-on} to continue all the same; a
 * run with {@code --steps-scale} below 1 does by itself).
 */
@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        description = "Makes the small bilingual base from the world generator alone.",
        footer = {"", "Example: pretrain --recipe demo --out base --seed 1"})
public final class PretrainMain implements Callable<Integer> {

    private static final int CHECK_FAILED = 3;
    private static final int STOPPED = 143; // what a shell reports of a process that SIGTERM ended

    @Option(names = "--recipe", defaultValue = "demo", description = "The curriculum; there is one: demo.")
    private String recipe;

    @Option(names = "--out", required = true, description = "Folder of the base; a run begun again in it goes on.")
    private Path out;

    @Option(names = "--seed", defaultValue = "1", description = "Weights and data follow from it (default: 1).")
    private long seed;

    @Option(
            names = "--hidden",
            defaultValue = "192",
            description = "Width of the model, a multiple of 64 (default: ${DEFAULT-VALUE}).")
    private int hidden;

    @Option(names = "--layers", defaultValue = "6", description = "Decoder blocks (default: ${DEFAULT-VALUE}).")
    private int layers;

    @Option(
            names = "--steps-scale",
            defaultValue = "1",
            description =
                    "Multiplies every phase's tokens (default: 1). Below 1 a failed check is told and does not stop"
                            + " the run: what the checks ask for takes all the tokens.")
    private double scale;

    @Option(
            names = "--step-tokens",
            defaultValue = "4500",
            description = "Tokens of one optimiser step (default: ${DEFAULT-VALUE}).")
    private int stepTokens;

    @Option(names = "--threads", defaultValue = "2", description = "Worker threads (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--precision",
            description =
                    "What a step multiplies: ${COMPLETION-CANDIDATES} (bf16 keeps weights and sums in fp32; default:"
                            + " the faster of the two on this processor).")
    private Precision precision;

    @Option(names = "--go-on", description = "Goes on although a phase's check fails.")
    private boolean goOn;

    public static void main(String[] args) {
        System.exit(new CommandLine(new PretrainMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!recipe.equals("demo")) {
            System.err.println("There is no recipe " + recipe + "; use --recipe demo");
            return CommandLine.ExitCode.USAGE;
        }
        if (precision == null) {
            precision = Precision.fastest();
        }
        CheckpointStore store = new CheckpointStore(out, seed);
        TextTokenizer tokenizer = TextTokenizer.open(store.vocabulary());
        ModelConfig config = DemoRecipe.shape(hidden, layers, tokenizer.vocabSize());
        Curriculum curriculum = Curriculum.demo(WorldSeeds.DEMO, tokenizer.vocabSize(), scale);
        RunSettings settings = new RunSettings(command(), seed, stepTokens, threads, precision, goOn || scale < 1);
        PretrainReport report = new PretrainReport(command(), seed, config);
        Pretraining run = new Pretraining(curriculum, config, tokenizer::encode, store, settings, report);
        try (StopSignal stop = StopSignal.listen()) {
            return switch (run.run(stop)) {
                case FINISHED -> finished(run, report);
                case CHECK_FAILED -> {
                    System.err.println("Stopped: that check failed. The phase is saved in " + out
                            + "; the same command with --go-on continues after it.");
                    yield CHECK_FAILED;
                }
                case STOPPED -> {
                    System.err.println("Stopped as asked. The same command goes on from here.");
                    yield STOPPED;
                }
            };
        }
    }

    private int finished(Pretraining run, PretrainReport report) throws IOException {
        try (InputStream profile = PretrainMain.class.getResourceAsStream(BaseProfile.FILE);
                Checkpoint made = Checkpoint.open(out)) {
            Files.copy(profile, out.resolve(BaseProfile.FILE), StandardCopyOption.REPLACE_EXISTING);
            report.write(out, made.digest(), run.parameters());
            System.out.println("The base stands in " + out + ", " + made.digest());
        }
        return CommandLine.ExitCode.OK;
    }

    /** All that decides which base comes out. */
    private String command() {
        return ("mesh pretrain --recipe demo --seed %d --hidden %d --layers %d --step-tokens %d "
                        + "--steps-scale %s --threads %d --precision %s")
                .formatted(seed, hidden, layers, stepTokens, scale, threads, precision);
    }
}
