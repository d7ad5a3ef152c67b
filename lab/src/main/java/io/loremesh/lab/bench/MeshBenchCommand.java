package io.loremesh.lab.bench;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.launch.MeshLayout;
import io.loremesh.cli.launch.RunningMesh;
import io.loremesh.cli.teach.KnowledgePublisher;
import io.loremesh.cli.teach.Scenario;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.lab.demo.DemoFlow;
import io.loremesh.lab.demo.DemoReport;
import io.loremesh.lab.report.Report;
import io.loremesh.lab.report.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "mesh",
        description = "Run the demo's story on a mesh of its own and report its times and its memory.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh bench mesh --json bench.json",
            "",
            "Let nothing else run meanwhile: the figures are of the whole machine."
        })
final class MeshBenchCommand implements Callable<Integer> {
    private static final int EVENTS = 200;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file.")
    private Path json;

    @Option(
            names = "--port-base",
            defaultValue = "${env:LOREMESH_PORT_BASE:-7100}",
            description = "Ports are counted from here (default: $LOREMESH_PORT_BASE or 7100).")
    private int portBase;

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.standard();
        Path root = MeshLayout.repository();
        List<Scenario> scenarios = List.of(
                Scenario.read(root.resolve("examples/family.zh.json")),
                Scenario.read(root.resolve("examples/family.en.json")));
        var layout = new MeshLayout(root, root.resolve(".mesh/bench"), new MeshAddress("localhost", portBase));
        try (var mesh = RunningMesh.startFresh(layout, terminal);
                var clients = new MeshClients(layout.address());
                var publisher = new KnowledgePublisher(layout.address(), "/mesh/bench")) {
            var flow = new DemoFlow(mesh, clients, publisher, "models/demo", scenarios, terminal);
            flow.run();
            double[] searchable = SearchableLatency.seconds(clients, publisher, EVENTS);
            var report = new Report("mesh", Machine.commit(root), Machine.describe(), rows(flow.report(), searchable));
            terminal.heading("Figures");
            terminal.line(report.table());
            write(report);
        }
        return 0;
    }

    private static List<Row> rows(DemoReport demo, double[] searchable) {
        double retrieval = demo.p50("taught", "RETRIEVAL");
        double weights = demo.p50("tuned", "WEIGHTS");
        var rows = new ArrayList<Row>();
        rows.add(Row.of("all parts ready", demo.readySeconds(), "s").atMost(30));
        rows.add(Row.of("event to searchable, p50", Quantile.of(searchable, 0.5), "s"));
        rows.add(Row.of("event to searchable, p95", Quantile.of(searchable, 0.95), "s")
                .atMost(1));
        rows.add(reached("event to first right answer", demo.eventToAnswerSeconds()));
        rows.add(reached("changed fact to its new answer", demo.updateToAnswerSeconds())
                .atMost(2));
        rows.add(reached("tune of the demo's families", demo.tuneSeconds()).atMost(180));
        rows.add(reached("promotion to first answer of the version", demo.promotionToAnswerSeconds())
                .atMost(1));
        rows.add(Row.of("answer by retrieval, p50", retrieval, "ms"));
        rows.add(Row.of("answer from the weights, p50", weights, "ms"));
        rows.add(Row.of("retrieval's time over the weights'", retrieval / weights, "×")
                .atLeast(2));
        demo.rssMiB().forEach((part, miB) -> rows.add(Row.of("resident memory, " + part, miB.doubleValue(), "MiB")));
        rows.set(rows.size() - 1, rows.getLast().atMost(2048));
        return rows;
    }

    private static Row reached(String measure, Double seconds) {
        return seconds == null
                ? new Row(measure, null, "s", null, null, null, null, null, null, null, "not reached")
                : Row.of(measure, seconds, "s");
    }

    private void write(Report report) throws IOException {
        if (json != null) {
            report.writeJson(json);
        }
    }
}
