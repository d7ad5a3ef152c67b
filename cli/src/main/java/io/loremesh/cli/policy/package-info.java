/**
 * What a version must pass before it answers, and who has to agree. Read {@link io.loremesh.cli.policy.PolicyCommand}
 * first.
 */
package io.loremesh.cli.policy;
