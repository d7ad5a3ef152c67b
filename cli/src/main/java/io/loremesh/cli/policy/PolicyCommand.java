package io.loremesh.cli.policy;

import picocli.CommandLine.Command;

@Command(
        name = "policy",
        description = "The gates that judge a model's versions: show them, change them, look back.",
        subcommands = {PolicyShowCommand.class, PolicySetCommand.class, PolicyHistoryCommand.class},
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh policy show > policy.yaml",
            "  ./mesh policy set policy.yaml --because \"the demo may be slower\""
        })
public final class PolicyCommand {}
