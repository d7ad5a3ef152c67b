/**
 * Figures of a whole mesh, in the shape that every benchmark of the project has. Read {@link
 * io.loremesh.lab.bench.MeshBenchCommand}.
 */
package io.loremesh.lab.bench;
