package io.loremesh.cli.eval;

import io.loremesh.evaluation.metric.Answered;
import io.loremesh.evaluation.suite.Ability;
import io.loremesh.model.answer.Language;

/** A probe of the suite with the answer that the engine gave. */
record Asked(Ability ability, Language language, Answered answered) {}
