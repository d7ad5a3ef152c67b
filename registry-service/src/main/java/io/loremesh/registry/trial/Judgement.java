package io.loremesh.registry.trial;

import io.loremesh.proto.registry.v1.TrialFigure;
import io.loremesh.proto.registry.v1.TrialState;
import java.util.List;

/** What figures say of a version on trial. */
sealed interface Judgement {
    List<TrialFigure> figures();

    /** Why the trial ends with it; empty while it goes on. */
    String why();

    TrialState state();

    /** Nothing is decided yet. */
    record Open(List<TrialFigure> figures) implements Judgement {
        @Override
        public String why() {
            return "";
        }

        @Override
        public TrialState state() {
            return TrialState.TRIAL_STATE_RUNNING;
        }
    }

    /** Every figure is within its limit, over enough requests. */
    record Passed(List<TrialFigure> figures, String why) implements Judgement {
        @Override
        public TrialState state() {
            return TrialState.TRIAL_STATE_PROMOTED;
        }
    }

    /** A figure crossed its limit, or the version may no longer be promoted. */
    record Failed(List<TrialFigure> figures, String why) implements Judgement {
        @Override
        public TrialState state() {
            return TrialState.TRIAL_STATE_WITHDRAWN;
        }
    }

    /** Nothing can be said: too few requests, or somebody ended it. */
    record Undecided(List<TrialFigure> figures, String why) implements Judgement {
        @Override
        public TrialState state() {
            return TrialState.TRIAL_STATE_UNDECIDED;
        }
    }
}
