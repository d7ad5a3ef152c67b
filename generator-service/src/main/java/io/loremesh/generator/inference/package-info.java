/**
 * The step that decodes: a checkpoint becomes an ONNX graph written here, and many requests share its batches. Free of
 * Quarkus. Start at {@link io.loremesh.generator.inference.InferenceEngine}, then
 * {@link io.loremesh.generator.inference.Decoder} and {@link io.loremesh.generator.inference.DecoderGraph}.
 */
package io.loremesh.generator.inference;
