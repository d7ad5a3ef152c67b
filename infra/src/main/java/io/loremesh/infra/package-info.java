/**
 * The ground that a mesh on one machine stands on: a real Kafka broker and a real PostgreSQL, started as one child
 * process and stopped with their parent. Read {@link io.loremesh.infra.InfraProcess} first (the side of the one who
 * needs them, free of dependencies), then {@link io.loremesh.infra.InfraMain} (the child).
 */
package io.loremesh.infra;
