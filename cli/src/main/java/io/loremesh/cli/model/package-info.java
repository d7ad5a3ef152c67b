/** Bases of one's own: a checkpoint or GGUF file is taken into this machine's store and served by its name. */
package io.loremesh.cli.model;
