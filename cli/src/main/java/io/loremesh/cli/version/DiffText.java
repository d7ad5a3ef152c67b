package io.loremesh.cli.version;

import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.FactChange;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import java.util.List;

/** A knowledge diff for people to read. */
public final class DiffText {
    private DiffText() {}

    public static void print(KnowledgeDiff diff, Terminal terminal) {
        terminal.line(terminal.bold(
                "%s → %s".formatted(VersionNames.brief(diff.getBase()), VersionNames.brief(diff.getCandidate()))));
        section("+ gained", diff.getGainedList(), terminal);
        section("- lost", diff.getLostList(), terminal);
        section("~ altered", diff.getAlteredList(), terminal);
        section("! stale", diff.getStaleList(), terminal);
        terminal.line("  %d unchanged", diff.getUnchangedCount());
    }

    private static void section(String title, List<FactChange> changes, Terminal terminal) {
        terminal.line("  %s: %d", title, changes.size());
        for (FactChange change : changes) {
            terminal.line(
                    "      %s  %s → %s",
                    change.getFact().getQuestion(), quoted(change.getAnswerBefore()), quoted(change.getAnswerAfter()));
        }
    }

    private static String quoted(String answer) {
        return answer.isEmpty() ? "(nothing)" : "“" + answer + "”";
    }
}
