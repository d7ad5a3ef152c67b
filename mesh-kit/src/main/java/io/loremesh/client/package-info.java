/** What each part needs to call the registry. First class: {@link io.loremesh.client.RegistryStubs}. */
package io.loremesh.client;
