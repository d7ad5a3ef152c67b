/** Making the demo base from nothing but the world generator: a command line of the trainer, run as its own process. */
package io.loremesh.cli.pretrain;
