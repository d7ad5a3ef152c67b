/**
 * The door for MLflow's clients: registered models, versions, aliases, tags and artifacts as MLflow's REST API names
 * them, each led to the registry's own steps. Read {@link io.loremesh.registry.mlflow.ModelVersions} first.
 */
package io.loremesh.registry.mlflow;
