package io.loremesh.registry.live;

import io.loremesh.proto.generator.v1.Answer;

/** A user was answered: told within the service, of every answer that this replica reads, before any is sampled. */
public record AnswerHeard(Answer answer) {}
