/**
 * Where the parts of a mesh are reached, and the plain gRPC and Kafka clients to them. Read
 * {@link io.loremesh.cli.connect.MeshAddress} first.
 */
package io.loremesh.cli.connect;
