/**
 * The events that the services exchange over Kafka: CloudEvents 1.0 (written in binary mode) whose payload is the
 * proto3 JSON form of a resource. Read {@link io.loremesh.events.EventType} first, then {@link
 * io.loremesh.events.EventCodec}.
 */
package io.loremesh.events;
