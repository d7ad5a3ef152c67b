package io.loremesh.registry.artifact;

import io.loremesh.registry.RealParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(RealParts.class)
class ArtifactIT extends ArtifactBehaviour {}
