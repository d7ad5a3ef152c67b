package io.loremesh.trainer.pretrain;

import io.loremesh.evaluation.curriculum.Curriculum;
import io.loremesh.evaluation.world.WorldSeeds;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code mesh pretrain}: makes the demo base. Exit status 0: the base stands in {@code --out}; 3: a phase's check failed,
 * and the run stopped with that phase saved (begin it again with {@code --go-on} to continue all the same; a run with
 * {@code --steps-scale} below 1 does by itself).
 */
@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        description = "Makes the small bilingual base from the world generator alone.",
        footer = {"", "Example: pretrain --recipe demo --out base --seed 1"})
public final class PretrainMain implements Callable<Integer> {

    private static final int CHECK_FAILED = 3;

    @Option(names = "--recipe", defaultValue = "demo", description = "The curriculum; there is one: demo.")
    private String recipe;

    @Option(names = "--out", required = true, description = "Folder of the base; a run begun again in it goes on.")
    private Path out;

    @Option(names = "--seed", defaultValue = "1", description = "Weights and data follow from it (default: 1).")
    private long seed;

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
            names = "--minutes",
            description = "Ends within this time, whatever the tokens; the seed then no longer decides alone.")
    private Double minutes;

    @Option(names = "--threads", defaultValue = "2", description = "Worker threads (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--go-on", description = "Goes on although a phase's check fails.")
    private boolean goOn;

    public static void main(String[] args) {
        System.exit(new CommandLine(new PretrainMain()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!recipe.equals("demo")) {
            System.err.println("There is no recipe " + recipe + "; use --recipe demo");
            return CommandLine.ExitCode.USAGE;
        }
        CheckpointStore store = new CheckpointStore(out, seed);
        TextTokenizer tokenizer = TextTokenizer.open(store.vocabulary());
        ModelConfig config = DemoRecipe.shape(layers, tokenizer.vocabSize());
        Curriculum curriculum = Curriculum.demo(WorldSeeds.DEMO, tokenizer.vocabSize(), scale);
        Optional<Duration> time = Optional.ofNullable(minutes).map(limit -> Duration.ofSeconds(Math.round(limit * 60)));
        PretrainReport report = new PretrainReport(command(), seed, config);
        boolean throughChecks = goOn || scale < 1;
        Pretraining run =
                new Pretraining(curriculum, config, tokenizer::encode, store, seed, threads, throughChecks, report);
        if (!run.run(time, Curriculum.checks(WorldSeeds.DEMO))) {
            System.err.println("Stopped: that check failed. The phase is saved in " + out
                    + "; the same command with --go-on continues after it.");
            return CHECK_FAILED;
        }
        try (Checkpoint made = Checkpoint.open(out)) {
            report.write(out, made.digest(), run.parameters());
            System.out.println("The base stands in " + out + ", " + made.digest());
        }
        return CommandLine.ExitCode.OK;
    }

    private String command() {
        return "mesh pretrain --recipe demo --seed %d --layers %d --steps-scale %s%s"
                .formatted(seed, layers, scale, minutes == null ? "" : " --minutes " + minutes);
    }
}
