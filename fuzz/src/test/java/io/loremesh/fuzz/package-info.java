/**
 * A running mesh is sent a great many messages, made from the descriptors of its own contracts: each ends in an answer,
 * a status with words or a dead letter, and afterwards the mesh works as before. Start at
 * {@link io.loremesh.fuzz.FuzzIT}.
 */
package io.loremesh.fuzz;
