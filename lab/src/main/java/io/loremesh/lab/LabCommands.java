package io.loremesh.lab;

import io.loremesh.cli.CommandProvider;
import io.loremesh.lab.bench.BenchCommand;
import io.loremesh.lab.demo.DemoCommand;
import io.loremesh.lab.eval.EvalCommand;
import io.loremesh.lab.pretrain.PretrainCommand;
import java.util.List;

/** The lab's commands of {@code mesh}. */
public final class LabCommands implements CommandProvider {

    @Override
    public List<Class<?>> commands() {
        return List.of(DemoCommand.class, PretrainCommand.class, BenchCommand.class, EvalCommand.class);
    }
}
