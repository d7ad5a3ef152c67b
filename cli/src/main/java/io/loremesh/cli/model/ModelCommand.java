package io.loremesh.cli.model;

import picocli.CommandLine.Command;

@Command(
        name = "model",
        description = "Bases of your own: take one in, list, show, remove.",
        subcommands = {ModelAddCommand.class, ModelListCommand.class, ModelShowCommand.class, ModelRemoveCommand.class},
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh model add qwen2.5-coder-0.5b-instruct-q4_k_m.gguf --name qwen", "  ./mesh up --model qwen"})
public final class ModelCommand {}
