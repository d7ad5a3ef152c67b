package io.loremesh.lab.eval;

import io.loremesh.lab.metric.Answered;
import io.loremesh.model.answer.Language;
import io.loremesh.proto.registry.v1.Verdict;
import java.util.List;

/**
 * A fine-tune with what its version answers.
 *
 * @param steps optimiser steps that it took
 * @param verdict of the registry's gates
 */
record Tuned(Tuning tuning, int steps, Verdict verdict, List<Recalled> answers) {
    Tuned {
        answers = List.copyOf(answers);
    }

    /** A question to the version with its answer. */
    record Recalled(Recall recall, Language language, Answered answered) {}
}
