package io.loremesh.cli.exchange;

import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.version.LedgerWords;
import io.loremesh.proto.registry.v1.Comparison;
import io.loremesh.proto.registry.v1.FactChange;
import io.loremesh.proto.registry.v1.FactRevision;
import io.loremesh.proto.registry.v1.GateResult;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.Lineage;
import io.loremesh.proto.registry.v1.Verdict;
import io.loremesh.proto.registry.v1.Version;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The README of an exported version, as the Hugging Face Hub reads it (front matter in YAML, then Markdown; Mitchell et
 * al. 2019): above all what the adapter made its base know, fact by fact.
 */
final class ModelCard {
    private final Lineage lineage;
    private final KnowledgeDiff diff;

    /** @param diff from the version's parent to it, every change listed */
    ModelCard(Lineage lineage, KnowledgeDiff diff) {
        this.lineage = lineage;
        this.diff = diff;
    }

    String text() {
        return frontMatter() + heading() + changes() + verdict() + training() + use();
    }

    private String frontMatter() {
        String languages = lineage.getFactsList().stream()
                .map(revision -> revision.getFact().getLanguage())
                .filter(language -> language.matches("[a-zA-Z-]{2,35}"))
                .distinct()
                .sorted()
                .map("  - %s\n"::formatted)
                .collect(Collectors.joining());
        return """
                ---
                library_name: peft
                base_model: "%s"
                base_model_relation: adapter
                tags:
                  - lora
                  - knowledge-update
                  - loremesh
                %s---

                """.formatted(
                        lineage.getVersion().getBaseDigest(), languages.isEmpty() ? "" : "language:\n" + languages);
    }

    private String heading() {
        Version version = lineage.getVersion();
        return """
                # %s

                A LoRA adapter on the base `%s` (%s, `%s`). It grew from %s and was registered at %s%s.

                """.formatted(
                        version.getName(),
                        lineage.getBase().getName(),
                        lineage.getBase().getArchitecture(),
                        version.getBaseDigest(),
                        version.getParent().isEmpty() ? "the bare base" : "`" + version.getParent() + "`",
                        Instant.ofEpochSecond(version.getCreateTime().getSeconds()),
                        version.getRun().isEmpty() ? ", imported from outside" : " by `" + version.getRun() + "`");
    }

    private String changes() {
        return "## What it changed\n\nFrom %s to %s: %d gained, %d lost, %d altered, %d stale, %d unchanged. "
                        .formatted(
                                VersionNames.brief(diff.getBase()),
                                VersionNames.brief(diff.getCandidate()),
                                diff.getGainedTotal(),
                                diff.getLostTotal(),
                                diff.getAlteredTotal(),
                                diff.getStaleTotal(),
                                diff.getUnchangedCount())
                + "Judged from answers that the serving engine generated.\n\n"
                + section("Gained", diff.getGainedList())
                + section("Lost", diff.getLostList())
                + section("Altered", diff.getAlteredList())
                + section("Stale (the source says otherwise by now)", diff.getStaleList());
    }

    private static String section(String title, List<FactChange> changes) {
        if (changes.isEmpty()) {
            return "";
        }
        return "### %s\n\n| question | before | after | source | fact |\n|---|---|---|---|---|\n".formatted(title)
                + changes.stream()
                        .map(change -> "| %s | %s | %s | %s | `%s` |\n"
                                .formatted(
                                        cell(change.getFact().getQuestion()),
                                        cell(change.getAnswerBefore()),
                                        cell(change.getAnswerAfter()),
                                        cell(change.getFact().getSource().getUri()),
                                        change.getFact().getName()))
                        .collect(Collectors.joining())
                + "\n";
    }

    private String verdict() {
        Version version = lineage.getVersion();
        if (!version.hasVerdict()) {
            return "## Verdict\n\nIt was never judged.\n\n";
        }
        Verdict verdict = version.getVerdict();
        String decision = LedgerWords.of(verdict.getDecision());
        return "## Verdict\n\n**%s** by the policy `%s`%s.\n\n"
                        .formatted(decision, verdict.getPolicy(), approval(verdict))
                + "| gate | value | asked | n | 95 % | passed |\n|---|---|---|---|---|---|\n"
                + verdict.getGatesList().stream().map(ModelCard::row).collect(Collectors.joining())
                + "\n";
    }

    private static String approval(Verdict verdict) {
        return verdict.hasApproval()
                ? ", approved by %s (%s)"
                        .formatted(
                                cell(verdict.getApproval().getActor()),
                                cell(verdict.getApproval().getReason()))
                : "";
    }

    private static String row(GateResult gate) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s %.4f | %d | %s | %s |\n",
                gate.getGate(),
                gate.hasValue() ? String.format(Locale.ROOT, "%.4f", gate.getValue()) : "not measured",
                gate.getComparison() == Comparison.COMPARISON_AT_MOST ? "≤" : "≥",
                gate.getThreshold(),
                gate.getN(),
                gate.hasLow() ? String.format(Locale.ROOT, "%.3f to %.3f", gate.getLow(), gate.getHigh()) : "",
                gate.getPassed() ? "yes" : "no");
    }

    private String training() {
        var rows = new StringBuilder("## Training\n\n| | |\n|---|---|\n");
        new TreeMap<>(lineage.getVersion().getTrainingMap())
                .forEach((key, value) -> rows.append("| %s | %s |\n".formatted(cell(key), cell(value))));
        rows.append("| taught facts | %d, `%s` |\n".formatted(lineage.getFactsCount(), lineage.getFactsDigest()));
        String sources = lineage.getFactsList().stream()
                .map(FactRevision::getFact)
                .map(fact -> fact.getSource().getUri())
                .filter(uri -> !uri.isEmpty())
                .distinct()
                .sorted()
                .map(ModelCard::cell)
                .collect(Collectors.joining(", "));
        return rows.append("| sources | %s |\n\n".formatted(sources)).toString();
    }

    private String use() {
        return """
                ## Use

                `adapter_config.json` and `adapter_model.safetensors` are in PEFT's layout; `base_model_name_or_path` is
                the digest of the base's files, so tell PEFT where the base lies. `lineage.json` holds everything above
                for machines.
                `./mesh import DIR` brings it into another mesh with the same base.
                """;
    }

    /** Text of others, in a cell: no bar, no line break, no markup. */
    private static String cell(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("([\\\\|`*_<>\\[\\]])", "\\\\$1");
    }
}
