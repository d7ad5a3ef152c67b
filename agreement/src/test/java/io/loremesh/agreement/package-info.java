/**
 * What separate services promise to each other. Start at {@link io.loremesh.agreement.TrainerAndGeneratorAgreeTest}.
 */
package io.loremesh.agreement;
