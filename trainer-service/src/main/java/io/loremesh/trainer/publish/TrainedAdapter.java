package io.loremesh.trainer.publish;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a run has made.
 *
 * @param dir the adapter in PEFT layout
 * @param run {@code runs/{run}}
 * @param parent version that it grew from; empty for the base
 * @param facts what it was taught, {@code facts/{fact}}
 * @param training how it was trained, for the reader
 */
public record TrainedAdapter(Path dir, String run, String parent, List<String> facts, Map<String, String> training) {
    public TrainedAdapter {
        facts = List.copyOf(facts);
        training = Map.copyOf(training);
    }
}
