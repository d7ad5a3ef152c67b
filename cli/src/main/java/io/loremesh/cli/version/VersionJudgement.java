package io.loremesh.cli.version;

import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.terminal.ProgressBar;
import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.Comparison;
import io.loremesh.proto.registry.v1.EvaluateVersionRequest;
import io.loremesh.proto.registry.v1.EvaluateVersionResponse;
import io.loremesh.proto.registry.v1.Evaluation;
import io.loremesh.proto.registry.v1.EvaluationProgress;
import io.loremesh.proto.registry.v1.GateResult;
import io.loremesh.proto.registry.v1.Verdict;
import io.loremesh.proto.registry.v1.Version;
import java.util.Iterator;
import java.util.List;

/** The gates: the registry probes a version through the generator and judges it. */
public final class VersionJudgement {
    private VersionJudgement() {}

    /**
     * Has the version judged and prints the gates with their figures.
     *
     * @param unknowable questions that nobody can answer, beside the registry's own
     * @return the version with its new verdict
     */
    public static Version of(MeshClients clients, String version, List<String> unknowable, Terminal terminal) {
        Iterator<EvaluateVersionResponse> responses = clients.watchRegistry()
                .evaluations()
                .evaluateVersion(EvaluateVersionRequest.newBuilder()
                        .setVersion(version)
                        .addAllUnknowableQuestions(unknowable)
                        .build());
        var bar = new ProgressBar(terminal, 1);
        Version judged = Version.getDefaultInstance();
        Evaluation evaluation = Evaluation.getDefaultInstance();
        while (responses.hasNext()) {
            EvaluateVersionResponse response = responses.next();
            evaluation = response.getEvaluation();
            if (response.hasVersion()) {
                judged = response.getVersion();
            } else {
                EvaluationProgress progress = response.getProgress();
                bar.show(progress.getDone(), progress.getTotal(), progress.getStage());
            }
        }
        bar.end();
        terminal.line(
                "  %d facts glanced at (T0), %d probed in full (T1)%s: %,d answers generated, %,d tokens scored",
                evaluation.getT0Count(),
                evaluation.getT1Count(),
                evaluation.getUnconfirmedCount() == 0
                        ? ""
                        : ", %d changes beyond the limit unconfirmed".formatted(evaluation.getUnconfirmedCount()),
                evaluation.getSpent().getGenerationCount(),
                evaluation.getSpent().getScoredTokenCount());
        print(judged.getVerdict(), terminal);
        return judged;
    }

    static void print(Verdict verdict, Terminal terminal) {
        var table = new Table("GATE", "VALUE", "", "THRESHOLD", "N", "95 %", "DETAIL");
        for (GateResult gate : verdict.getGatesList()) {
            table.row(
                    (gate.getPassed() ? "✓ " : "✗ ") + gate.getGate(),
                    gate.hasValue() ? "%.4f".formatted(gate.getValue()) : "not measured",
                    gate.getComparison() == Comparison.COMPARISON_AT_MOST ? "≤" : "≥",
                    "%.4f".formatted(gate.getThreshold()),
                    gate.getN(),
                    gate.hasLow() && gate.hasHigh() ? "%.3f to %.3f".formatted(gate.getLow(), gate.getHigh()) : "",
                    gate.getDetail());
        }
        table.print(terminal);
        terminal.line(
                switch (verdict.getDecision()) {
                    case DECISION_ACCEPTED -> terminal.good("accepted") + approval(verdict);
                    case DECISION_AWAITING_APPROVAL -> terminal.bold("passed; awaits approval");
                    case DECISION_REJECTED, DECISION_UNSPECIFIED, UNRECOGNIZED -> terminal.bad("rejected");
                });
        verdict.getReasonsList().forEach(reason -> terminal.line("  " + reason));
    }

    private static String approval(Verdict verdict) {
        return verdict.hasApproval()
                ? ", approved by %s: %s"
                        .formatted(
                                verdict.getApproval().getActor(),
                                verdict.getApproval().getReason())
                : "";
    }
}
