package io.loremesh.cli.version;

import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.terminal.Times;
import io.loremesh.proto.knowledge.v1.Source;
import io.loremesh.proto.registry.v1.FactChange;
import io.loremesh.proto.registry.v1.KnowledgeDelta;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.ModuleNorm;
import io.loremesh.proto.registry.v1.PairedTest;
import io.loremesh.proto.registry.v1.Share;
import io.loremesh.proto.registry.v1.Transition;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A knowledge diff for people to read: changes first, as in a diff of lines, then the figures. */
public final class DiffText {
    private static final String SHADES = " ▁▂▃▄▅▆▇█";
    private static final int SHORT_DIGEST = 12;
    private static final int MOST_DELTAS = 12;

    private final KnowledgeDiff diff;
    private final Terminal terminal;

    private DiffText(KnowledgeDiff diff, Terminal terminal) {
        this.diff = diff;
        this.terminal = terminal;
    }

    public static void print(KnowledgeDiff diff, Terminal terminal) {
        new DiffText(diff, terminal).print();
    }

    private void print() {
        terminal.line(terminal.bold(
                "%s → %s".formatted(VersionNames.brief(diff.getBase()), VersionNames.brief(diff.getCandidate()))));
        section("+ gained", diff.getGainedList(), diff.getGainedTotal(), terminal::good);
        section("- lost", diff.getLostList(), diff.getLostTotal(), terminal::bad);
        section("~ altered", diff.getAlteredList(), diff.getAlteredTotal(), terminal::notable);
        section("! stale", diff.getStaleList(), diff.getStaleTotal(), terminal::notable);
        terminal.line("  %d unchanged", diff.getUnchangedCount());
        if (diff.hasSignificance()) {
            significance(diff.getSignificance());
        }
        if (diff.getTransitionsCount() > 0) {
            matrix();
        }
        if (diff.getDeltasCount() > 0) {
            deltas();
        }
        norms();
    }

    private void section(String title, List<FactChange> changes, int total, UnaryOperator<String> style) {
        String line = "  %s: %d".formatted(title, total);
        terminal.line(total > 0 ? style.apply(line) : terminal.faint(line));
        changes.forEach(change -> change(change, title.substring(0, 1), style));
        if (changes.size() < total) {
            terminal.line(terminal.faint("      … and %d more; --all shows them".formatted(total - changes.size())));
        }
    }

    private void change(FactChange change, String sign, UnaryOperator<String> style) {
        terminal.line(style.apply("    %s %s".formatted(sign, change.getFact().getQuestion())) + "  "
                + terminal.faint(change.getFact().getName()));
        terminal.line(
                "        %s → %s   %s → %s, %.0f %% → %.0f %% right",
                LedgerWords.quoted(change.getAnswerBefore()),
                LedgerWords.quoted(change.getAnswerAfter()),
                LedgerWords.of(change.getBefore()),
                LedgerWords.of(change.getAfter()),
                100 * change.getAccuracyBefore(),
                100 * change.getAccuracyAfter());
        String origin = origin(change);
        if (!origin.isEmpty()) {
            terminal.line(terminal.faint("        " + origin));
        }
    }

    /** Where it is stated, which version changed it, by which run, when. */
    static String origin(FactChange change) {
        Source source = change.getFact().getSource();
        String digest = source.getSha256();
        return Stream.of(
                        source.getUri(),
                        digest.isEmpty()
                                ? ""
                                : "sha256 " + digest.substring(0, Math.min(SHORT_DIGEST, digest.length())),
                        change.getChangedBy().isEmpty() ? "" : "by " + VersionNames.brief(change.getChangedBy()),
                        change.getRun(),
                        change.hasChangeTime() ? Times.local(change.getChangeTime()) : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private void significance(PairedTest test) {
        terminal.line(
                "  held: %s → %s of %d facts probed in both; %d only before, %d only after, McNemar p = %.2g",
                share(test.getBase()),
                share(test.getCandidate()),
                test.getN(),
                test.getOnlyBase(),
                test.getOnlyCandidate(),
                test.getPValue());
    }

    static String share(Share share) {
        return "%.1f %% [%.1f, %.1f]".formatted(100 * share.getValue(), 100 * share.getLow(), 100 * share.getHigh());
    }

    private void matrix() {
        terminal.heading("From (rows) to (columns)");
        String[] head = Stream.concat(Stream.of(""), LedgerWords.ALL.stream().map(LedgerWords::of))
                .toArray(String[]::new);
        var table = new Table(head);
        for (KnowledgeState before : LedgerWords.ALL) {
            table.row(Stream.concat(
                            Stream.of(LedgerWords.of(before)),
                            LedgerWords.ALL.stream().map(after -> cell(count(diff, before, after))))
                    .toArray());
        }
        table.print(terminal);
    }

    private static String cell(int count) {
        return count == 0 ? "·" : String.valueOf(count);
    }

    static int count(KnowledgeDiff diff, KnowledgeState before, KnowledgeState after) {
        return diff.getTransitionsList().stream()
                .filter(transition -> transition.getBefore() == before && transition.getAfter() == after)
                .mapToInt(Transition::getCount)
                .sum();
    }

    private void deltas() {
        terminal.heading("By relation or source");
        var table = new Table("GROUP", "LANGUAGE", "N", "RIGHT", "ΔA", "Δm", "P");
        diff.getDeltasList().stream().limit(MOST_DELTAS).forEach(delta -> table.row(cells(delta)));
        table.print(terminal);
        if (diff.getDeltasCount() > MOST_DELTAS) {
            terminal.line(terminal.faint("… and %d more groups; --json and --html hold them"
                    .formatted(diff.getDeltasCount() - MOST_DELTAS)));
        }
    }

    static Object[] cells(KnowledgeDelta delta) {
        return new Object[] {
            delta.getGroup().isEmpty() ? "–" : delta.getGroup(),
            delta.getLanguage(),
            delta.getN(),
            "%.0f %% → %.0f %%".formatted(100 * delta.getAccuracyBefore(), 100 * delta.getAccuracyAfter()),
            "%+.3f".formatted(delta.getAccuracyAfter() - delta.getAccuracyBefore()),
            delta.hasMarginChange() ? "%+.2f".formatted(delta.getMarginChange()) : "–",
            "%.2g".formatted(delta.getPValue())
        };
    }

    private void norms() {
        if (!diff.getModuleNormsProblem().isEmpty()) {
            terminal.line(terminal.faint("  what the adapter changed cannot be told: " + diff.getModuleNormsProblem()));
        }
        if (diff.getModuleNormsCount() == 0) {
            return;
        }
        terminal.heading("What the adapter changed, ‖scaling · B · A‖ by layer and module");
        HeatMap map = HeatMap.of(diff.getModuleNormsList());
        var table = new Table(
                Stream.concat(Stream.of("LAYER"), map.modules().stream()).toArray(String[]::new));
        for (Map.Entry<Integer, Map<String, ModuleNorm>> row : map.rows().entrySet()) {
            table.row(Stream.concat(
                            Stream.of(HeatMap.layer(row.getKey())),
                            map.modules().stream().map(module -> map.at(row.getKey(), module)
                                    .map(norm -> "%s %.3f".formatted(shade(map.heat(norm)), norm.getNorm()))
                                    .orElse("")))
                    .toArray());
        }
        table.print(terminal);
    }

    private static char shade(double heat) {
        return SHADES.charAt((int) Math.round(heat * (SHADES.length() - 1)));
    }
}
