package io.loremesh.generator.answer;

import io.loremesh.generator.completion.DeltaSink;
import io.loremesh.model.answer.Abstention;

/** Shows an answer only once it can no longer be an abstention: after one, the passages have a say. Not thread-safe. */
final class HeldBack implements DeltaSink {
    private final DeltaSink sink;
    private final StringBuilder held = new StringBuilder();
    private boolean released;

    HeldBack(DeltaSink sink) {
        this.sink = sink;
    }

    @Override
    public void accept(String delta) {
        if (released) {
            sink.accept(delta);
            return;
        }
        held.append(delta);
        if (!Abstention.mayBecome(held.toString())) {
            release();
        }
    }

    /** Shows what is still held; to be called when the answer is complete and is no abstention. */
    void release() {
        if (!released) {
            released = true;
            if (!held.isEmpty()) {
                sink.accept(held.toString());
            }
        }
    }
}
