package io.loremesh.lab.eval;

import io.loremesh.lab.metric.Answered;
import io.loremesh.lab.suite.Ability;
import io.loremesh.model.answer.Language;

/** A probe of the suite with the answer that the engine gave. */
record Asked(Ability ability, Language language, Answered answered) {}
