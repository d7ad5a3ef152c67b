package io.loremesh.lab.demo;

import io.loremesh.cli.ask.Asking;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.terminal.TextWidth;
import io.loremesh.lab.demo.DemoReport.Given;
import io.loremesh.lab.demo.DemoReport.Stage;
import io.loremesh.proto.generator.v1.GenerateAnswerRequest;
import io.loremesh.proto.generator.v1.Routing;
import java.util.ArrayList;
import java.util.List;

/** Asks all questions of a stage, a line of the table as each answer comes. */
final class Examination {
    private static final int QUESTION_COLUMNS = 46;
    private static final int ANSWER_COLUMNS = 18;
    private static final int PATH_COLUMNS = 10;

    private final MeshClients clients;
    private final Terminal terminal;

    Examination(MeshClients clients, Terminal terminal) {
        this.clients = clients;
        this.terminal = terminal;
    }

    /** @param version that answers; empty: the active one */
    Stage ask(String stage, List<Probe> probes, String version) {
        return ask(stage, probes, version, Routing.ROUTING_AUTO);
    }

    /** @param routing the way that every question takes */
    Stage ask(String stage, List<Probe> probes, String version, Routing routing) {
        terminal.line(terminal.faint("    %s %s %s %s"
                .formatted(
                        TextWidth.fit("question", QUESTION_COLUMNS),
                        TextWidth.fit("answer", ANSWER_COLUMNS),
                        TextWidth.fit("path", PATH_COLUMNS),
                        "     ms  phrasing")));
        var given = new ArrayList<Given>();
        for (Probe probe : probes) {
            terminal.replaceable("  … " + probe.question(), false);
            Given answer = Given.of(probe, ask(probe, version, routing));
            given.add(answer);
            terminal.replaceable(row(answer), true);
            terminal.endReplaceable();
        }
        return new Stage(stage, given);
    }

    Asking ask(Probe probe, String version) {
        return ask(probe, version, Routing.ROUTING_AUTO);
    }

    private Asking ask(Probe probe, String version, Routing routing) {
        var request = GenerateAnswerRequest.newBuilder()
                .setQuestion(probe.question())
                .setVersion(version)
                .setRouting(routing)
                .build();
        return Asking.ask(clients.generator(), request, delta -> {});
    }

    private String row(Given answer) {
        return "  %s %s %s %s %7.1f  %s"
                .formatted(
                        terminal.mark(answer.correct()),
                        TextWidth.fit(answer.question(), QUESTION_COLUMNS),
                        TextWidth.fit(answer.answer(), ANSWER_COLUMNS),
                        TextWidth.fit(answer.path(), PATH_COLUMNS),
                        answer.latencyMs(),
                        answer.phrasing());
    }
}
