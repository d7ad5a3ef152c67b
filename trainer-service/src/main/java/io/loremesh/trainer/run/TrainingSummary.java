package io.loremesh.trainer.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How a version was trained, for the reader of the registry. */
final class TrainingSummary {
    private TrainingSummary() {}

    /** @param now when training ended */
    static Map<String, String> of(
            Run run, TrainingMaterial material, TrainingProcess.Outcome.Trained trained, Instant now) {
        RunSettings settings = run.settings();
        Map<String, String> summary = new TreeMap<>(Map.of(
                "technique",
                "lora",
                RunSettings.RANK,
                Integer.toString(settings.rank()),
                RunSettings.ALPHA,
                Double.toString(settings.alpha()),
                "learning_rate",
                Double.toString(settings.learningRate()),
                "max_steps",
                Integer.toString(settings.maxSteps()),
                "seed",
                Long.toString(settings.seed()),
                "facts",
                Integer.toString(material.facts().size()),
                "replayed_facts",
                Integer.toString(material.replayed().size()),
                "seconds",
                Long.toString(Duration.between(run.createTime(), now).toSeconds())));
        summary.put(Provenance.DATASET, Provenance.dataset(material));
        summary.put(Provenance.CODE, Provenance.code());
        summary.put("screening_policy", material.policy());
        if (!material.authority().isEmpty()) {
            summary.put("authority", material.authority());
        }
        if (!run.keptOut().isEmpty()) {
            summary.put("kept_out_facts", Integer.toString(run.keptOut().size()));
        }
        if (!Double.isNaN(trained.trainedAccuracy())) {
            summary.put("trained_accuracy", String.format(Locale.ROOT, "%.3f", trained.trainedAccuracy()));
        }
        run.state().progress().ifPresent(progress -> {
            summary.put("steps", Integer.toString(progress.step()));
            summary.put("final_loss", String.format(Locale.ROOT, "%.4f", progress.loss()));
        });
        return summary;
    }
}
