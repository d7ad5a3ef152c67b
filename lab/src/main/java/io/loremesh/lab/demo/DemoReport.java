package io.loremesh.lab.demo;

import io.loremesh.cli.ask.Asking;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Citation;
import io.loremesh.proto.registry.v1.FactChange;
import io.loremesh.proto.registry.v1.GateResult;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import java.util.List;
import java.util.Map;

/**
 * What {@code mesh demo --json} writes. A figure that was not reached is absent.
 *
 * @param eventToAnswerSeconds from the first event to the first right answer; the slowest language counts
 * @param updateToAnswerSeconds from the changed fact's event to its new answer; the slowest language counts
 * @param promotionToAnswerSeconds from the alias's move to the first answer of the new version
 * @param tuneSeconds from the request for a run to its published version
 * @param readySeconds from the first process to the last readiness
 * @param rssMiB resident memory of each part at the end, and their total
 */
public record DemoReport(
        List<Stage> stages,
        Double eventToAnswerSeconds,
        Double updateToAnswerSeconds,
        Double promotionToAnswerSeconds,
        Double tuneSeconds,
        Double readySeconds,
        Map<String, Long> rssMiB,
        List<Gate> gates,
        Diff diff) {
    /** Median latency of a stage's answers by one path, ms; NaN where there are none. */
    public double p50(String stageName, String path) {
        double[] sorted = stages.stream()
                .filter(stage -> stage.name().equals(stageName))
                .flatMap(stage -> stage.answers().stream())
                .filter(given -> given.path().equals(path))
                .mapToDouble(Given::latencyMs)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** All questions, asked at one point of the story: before, taught, tuned, updated. */
    public record Stage(String name, List<Given> answers) {}

    /**
     * One question and what came back.
     *
     * @param phrasing trained, heldout or unknowable
     * @param expected empty where it is right to abstain
     * @param path WEIGHTS, RETRIEVAL, BOTH or ABSTAINED
     * @param latencyMs as the asker sees it
     * @param citations texts of the passages that the model read, best first
     */
    public record Given(
            String id,
            String language,
            String phrasing,
            String question,
            String expected,
            String answer,
            boolean correct,
            String path,
            String version,
            double latencyMs,
            List<String> citations) {

        static Given of(Probe probe, Asking asking) {
            Answer answer = asking.answer();
            return new Given(
                    probe.id(),
                    probe.language(),
                    probe.phrasing().word(),
                    probe.question(),
                    probe.expected(),
                    answer.getText(),
                    probe.isRight(answer),
                    answer.getPath().name().replace("PATH_", ""),
                    answer.getVersion(),
                    Math.round(asking.latencyMs() * 10) / 10.0,
                    answer.getCitationsList().stream().map(Citation::getText).toList());
        }
    }

    /** @param value absent where it could not be measured */
    public record Gate(String name, Double value, double threshold, int n, boolean passed) {
        static Gate of(GateResult gate) {
            return new Gate(
                    gate.getGate(),
                    gate.hasValue() ? gate.getValue() : null,
                    gate.getThreshold(),
                    gate.getN(),
                    gate.getPassed());
        }
    }

    /** From the bare base to the promoted version. */
    public record Diff(List<Change> gained, List<Change> lost, List<Change> altered, List<Change> stale) {
        static Diff of(KnowledgeDiff diff) {
            return new Diff(
                    changes(diff.getGainedList()),
                    changes(diff.getLostList()),
                    changes(diff.getAlteredList()),
                    changes(diff.getStaleList()));
        }

        private static List<Change> changes(List<FactChange> changes) {
            return changes.stream()
                    .map(change -> new Change(
                            change.getFact().getName(),
                            change.getFact().getQuestion(),
                            change.getAnswerBefore(),
                            change.getAnswerAfter()))
                    .toList();
        }
    }

    public record Change(String fact, String question, String before, String after) {}
}
