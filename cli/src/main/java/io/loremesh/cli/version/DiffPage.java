package io.loremesh.cli.version;

import io.loremesh.cli.connect.VersionNames;
import io.loremesh.proto.registry.v1.FactChange;
import io.loremesh.proto.registry.v1.KnowledgeDelta;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.ModuleNorm;
import io.loremesh.proto.registry.v1.PairedTest;
import java.util.List;
import java.util.stream.Collectors;

/** A knowledge diff as one page of HTML that needs nothing beside it: no script, no image, no other file. */
final class DiffPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; font: 15px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; }
            body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            th, td { padding: .25rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid #8884; }
            td.n, th.n { text-align: right; }
            .gained { color: light-dark(#116329, #56d364); } .lost { color: light-dark(#a40e26, #ff7b72); }
            .altered, .stale { color: light-dark(#7d4e00, #e3b341); }
            .counts span { margin-right: 1.2rem; font-weight: 600; }
            .origin { color: #777; font-size: .85em; } .same { opacity: .55; }
            td.heat { background: color-mix(in srgb, #d1242f calc(var(--heat) * 1%), transparent); text-align: right; }
            """;

    private final KnowledgeDiff diff;
    private final StringBuilder page = new StringBuilder();

    private DiffPage(KnowledgeDiff diff) {
        this.diff = diff;
    }

    static String of(KnowledgeDiff diff) {
        return new DiffPage(diff).write();
    }

    private String write() {
        String title = "%s → %s".formatted(VersionNames.brief(diff.getBase()), VersionNames.brief(diff.getCandidate()));
        line("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Knowledge diff %s</title>", title);
        page.append("<style>\n").append(STYLE).append("</style></head><body>\n");
        line("<h1>Knowledge diff %s</h1><p class=\"origin\">%s → %s</p>", title, diff.getBase(), diff.getCandidate());
        line(
                "<p class=\"counts\"><span class=\"gained\">+ %d gained</span><span class=\"lost\">- %d lost</span>"
                        + "<span class=\"altered\">~ %d altered</span><span class=\"stale\">! %d stale</span>"
                        + "<span>%d unchanged</span></p>",
                diff.getGainedTotal(),
                diff.getLostTotal(),
                diff.getAlteredTotal(),
                diff.getStaleTotal(),
                diff.getUnchangedCount());
        if (diff.hasSignificance()) {
            significance(diff.getSignificance());
        }
        matrix();
        changes("Gained", "gained", diff.getGainedList(), diff.getGainedTotal());
        changes("Lost", "lost", diff.getLostList(), diff.getLostTotal());
        changes("Altered", "altered", diff.getAlteredList(), diff.getAlteredTotal());
        changes("Stale", "stale", diff.getStaleList(), diff.getStaleTotal());
        deltas();
        heatMap();
        return page.append("</body></html>\n").toString();
    }

    private void significance(PairedTest test) {
        line(
                "<p>Held: %s → %s of %d facts probed in both, 95 %% Wilson intervals. %d only before, %d only after:"
                        + " exact McNemar p = %.3g.</p>",
                DiffText.share(test.getBase()),
                DiffText.share(test.getCandidate()),
                test.getN(),
                test.getOnlyBase(),
                test.getOnlyCandidate(),
                test.getPValue());
    }

    private void matrix() {
        page.append("<h2>Transitions</h2><table><thead><tr><th scope=\"col\">from, to</th>");
        LedgerWords.ALL.forEach(state -> line("<th scope=\"col\" class=\"n\">%s</th>", LedgerWords.of(state)));
        page.append("</tr></thead><tbody>");
        for (KnowledgeState before : LedgerWords.ALL) {
            line("<tr><th scope=\"row\">%s</th>", LedgerWords.of(before));
            for (KnowledgeState after : LedgerWords.ALL) {
                line("<td class=\"n %s\">%d</td>", before == after ? "same" : "", DiffText.count(diff, before, after));
            }
            page.append("</tr>\n");
        }
        page.append("</tbody></table>\n");
    }

    private void changes(String title, String style, List<FactChange> changes, int total) {
        if (total == 0) {
            return;
        }
        line("<h2 class=\"%s\">%s (%d)</h2>", style, title, total);
        page.append("<table><thead><tr><th scope=\"col\">question</th><th scope=\"col\">before</th>"
                + "<th scope=\"col\">after</th><th scope=\"col\">states</th></tr></thead><tbody>\n");
        for (FactChange change : changes) {
            line(
                    "<tr><td>%s<div class=\"origin\">%s · %s</div></td><td>%s<div "
                            + "class=\"origin\">%.0f %% right</div></td>"
                            + "<td>%s<div class=\"origin\">%.0f %% right</div></td><td>%s → %s</td></tr>",
                    change.getFact().getQuestion(),
                    change.getFact().getName(),
                    DiffText.origin(change),
                    LedgerWords.quoted(change.getAnswerBefore()),
                    100 * change.getAccuracyBefore(),
                    LedgerWords.quoted(change.getAnswerAfter()),
                    100 * change.getAccuracyAfter(),
                    LedgerWords.of(change.getBefore()),
                    LedgerWords.of(change.getAfter()));
        }
        page.append("</tbody></table>\n");
        if (changes.size() < total) {
            line("<p class=\"origin\">%d more; --all writes them.</p>", total - changes.size());
        }
    }

    private void deltas() {
        if (diff.getDeltasCount() == 0) {
            return;
        }
        page.append("<h2>By relation or source</h2><table><thead><tr>");
        List.of("group", "language", "n", "right", "ΔA", "Δm, nats", "p")
                .forEach(head -> line("<th scope=\"col\">%s</th>", head));
        page.append("</tr></thead><tbody>\n");
        for (KnowledgeDelta delta : diff.getDeltasList()) {
            page.append("<tr>");
            for (Object cell : DiffText.cells(delta)) {
                line("<td>%s</td>", cell);
            }
            page.append("</tr>\n");
        }
        page.append("</tbody></table>\n");
    }

    private void heatMap() {
        if (!diff.getModuleNormsProblem().isEmpty()) {
            line("<p class=\"origin\">What the adapter changed cannot be told: %s</p>", diff.getModuleNormsProblem());
        }
        if (diff.getModuleNormsCount() == 0) {
            return;
        }
        HeatMap map = HeatMap.of(diff.getModuleNormsList());
        page.append(
                "<h2>What the adapter changed, ‖scaling · B · A‖</h2><table><thead><tr><th scope=\"col\">layer</th>");
        map.modules().forEach(module -> line("<th scope=\"col\">%s</th>", module));
        page.append("</tr></thead><tbody>\n");
        map.rows().forEach((layer, modules) -> {
            line("<tr><th scope=\"row\">%s</th>", HeatMap.layer(layer));
            page.append(map.modules().stream()
                    .map(module ->
                            map.at(layer, module).map(norm -> cell(map, norm)).orElse("<td></td>"))
                    .collect(Collectors.joining()));
            page.append("</tr>\n");
        });
        page.append("</tbody></table>\n");
    }

    private static String cell(HeatMap map, ModuleNorm norm) {
        String base = norm.hasBaseNorm() ? " title=\"%.4f before\"".formatted(norm.getBaseNorm()) : "";
        return "<td class=\"heat\" style=\"--heat:%.0f\"%s>%.3f</td>"
                .formatted(70 * map.heat(norm), base, norm.getNorm());
    }

    /** Formats with every argument escaped: questions and answers come from outside. */
    private void line(String format, Object... arguments) {
        var safe = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            safe[i] = arguments[i] instanceof String text ? escaped(text) : arguments[i];
        }
        page.append(format.formatted(safe)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
