package io.loremesh.generator.adapter;

import io.loremesh.generator.inference.LoraWeights;
import io.loremesh.generator.routing.KnownFacts;
import java.time.Instant;

/**
 * A version that can answer now.
 *
 * @param name `models/{model}/versions/{version}`; `models/{model}` for the bare base
 * @param digest of its artifact; of the base where it has none
 * @param facts what it has learned, as the registry's ledger told when it was loaded
 */
public record ServedVersion(String name, String digest, LoraWeights weights, KnownFacts facts, Instant loadTime) {}
