/**
 * Starting and stopping a mesh on this machine: Kafka and PostgreSQL first, then the services, each its own process.
 * Read {@link io.loremesh.cli.launch.UpCommand} first, then {@link io.loremesh.cli.launch.RunningMesh}.
 */
package io.loremesh.cli.launch;
