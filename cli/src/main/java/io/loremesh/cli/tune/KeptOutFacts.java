package io.loremesh.cli.tune;

import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.trainer.v1.KeptOutFact;
import java.util.List;

/** Says what a run is not taught, by name alone: what the fact says may be what nobody is to read. */
final class KeptOutFacts {
    private static final int MOST_SHOWN = 20;

    private KeptOutFacts() {}

    static void print(List<KeptOutFact> facts, Terminal terminal) {
        if (facts.isEmpty()) {
            return;
        }
        terminal.line("  %d more kept out of training by the policy:", facts.size());
        facts.stream()
                .limit(MOST_SHOWN)
                .forEach(fact -> terminal.line("    %s: %s", fact.getFact(), String.join("; ", fact.getReasonsList())));
        if (facts.size() > MOST_SHOWN) {
            terminal.line("    … and %d more; `mesh lineage` of the version has them all", facts.size() - MOST_SHOWN);
        }
    }
}
