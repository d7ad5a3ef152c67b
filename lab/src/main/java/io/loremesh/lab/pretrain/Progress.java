package io.loremesh.lab.pretrain;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * How far a run is: with the weights and the optimiser's state, all that it needs to go on as if it had never stopped.
 *
 * @param command what makes this base; only the same command may go on with it
 * @param phase number of the phase under way, from 0; the number of phases when all are done
 * @param steps of that phase
 * @param tokens of that phase
 * @param tokensSeen in all phases
 * @param seconds that this phase has taken
 * @param flops that this phase's steps needed
 * @param losses the plot so far
 */
record Progress(
        String command,
        int phase,
        long steps,
        long tokens,
        long tokensSeen,
        double seconds,
        double flops,
        List<LossPlot.Point> losses) {

    Progress {
        losses = List.copyOf(losses);
        if (phase < 0 || steps < 0 || tokens < 0 || tokensSeen < tokens) {
            throw new IllegalArgumentException("A run cannot stand at phase " + phase + ", step " + steps + ", token "
                    + tokens + " of " + tokensSeen + "; its state is damaged");
        }
    }

    static Progress start(String command) {
        return new Progress(command, 0, 0, 0, 0, 0, 0, List.of());
    }

    Progress nextPhase(List<LossPlot.Point> plotted) {
        return new Progress(command, phase + 1, 0, 0, tokensSeen, 0, 0, plotted);
    }

    static Progress read(Path file) throws IOException {
        return new ObjectMapper().readValue(file.toFile(), Progress.class);
    }

    void write(Path file) throws IOException {
        new ObjectMapper().writeValue(file.toFile(), this);
    }
}
