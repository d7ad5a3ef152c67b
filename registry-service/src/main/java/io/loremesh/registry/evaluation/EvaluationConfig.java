package io.loremesh.registry.evaluation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalDouble;

/** How versions are probed, and the thresholds of the policy that judges them. */
@ConfigMapping(prefix = "loremesh.evaluation")
public interface EvaluationConfig {
    /** Name of the policy; verdicts record it. Give changed thresholds a name of their own. */
    @WithDefault("default")
    String policy();

    /** Requests to the generator at a time. */
    @WithDefault("8")
    int inFlight();

    /** Longest wait for one answer of the generator. */
    @WithDefault("30s")
    Duration answerTimeout();

    /** Phrasings of a fact that are asked at most, of the held-out and of the trained ones each. */
    @WithDefault("8")
    int phrasings();

    /** Wrong answers that the right one is weighed against, at most. */
    @WithDefault("3")
    int distractors();

    /**
     * Share of all facts that is probed in full whatever the glance at them says, drawn by the candidate's digest: 0 to
     * 1.
     */
    @WithDefault("0.05")
    double auditShare();

    /**
     * Facts that the parent had learned and that stand for the neighbours where the facts trained on name none: at
     * most.
     */
    @WithDefault("200")
    int neighbours();

    /**
     * Answers that one evaluation may generate: one that needs more is refused, and changes beyond it stay unconfirmed.
     */
    @WithDefault("200000")
    long maxGenerations();

    /** How often a neighbour that is away is looked for. */
    @WithDefault("2s")
    Duration pause();

    /**
     * How long a process that works on an evaluation may be silent before another takes it over; it speaks every two
     * seconds.
     */
    @WithDefault("30s")
    Duration lease();

    /** Tokens that the parent generates for a neutral question, at most: what drift is measured over. */
    @WithDefault("32")
    int neutralTokens();

    Thresholds thresholds();

    /** A candidate passes a gate at its threshold or better. */
    interface Thresholds {
        /** Mean accuracy over the facts that the version was trained on: at least. */
        @WithDefault("0.85")
        double factualConsistency();

        /** Accuracy on trained minus held-out phrasings: at most. */
        @WithDefault("0.10")
        double extractionGap();

        /** Accuracy that facts learned at the parent lose: at most. */
        @WithDefault("0.02")
        double forgetting();

        /** Share of neighbours' answers that stay as they were: at least. */
        @WithDefault("0.95")
        double locality();

        /** Rise, from the parent, of answers to questions that nobody can answer: at most. */
        @WithDefault("0.05")
        double hallucination();

        /** Share of abstentions on learned facts: at most. */
        @WithDefault("0.05")
        double overRefusal();

        /** 95th percentile of the time of an answer, milliseconds: at most. */
        @WithDefault("500")
        double latency();

        /** Mean KL(parent ‖ candidate) over neutral questions, nats per token: at most. */
        @WithDefault("0.20")
        double drift();

        /** Drift above which a passed gate says so, nats per token. */
        @WithDefault("0.05")
        double driftWarning();

        /**
         * Share of the active version's answers that are not what they were at promotion: above it it is rolled back.
         */
        @WithDefault("0.20")
        double changedAnswers();

        /** Share of changed answers above which a measurement of drift says so. */
        @WithDefault("0.05")
        double changedAnswersWarning();

        /** Rise of the perplexity on general text: at most. Not part of the policy unless set. */
        OptionalDouble perplexity();
    }
}
