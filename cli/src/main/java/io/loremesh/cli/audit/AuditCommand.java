package io.loremesh.cli.audit;

import picocli.CommandLine.Command;

@Command(
        name = "audit",
        description = "The registry's append-only log: read it, verify it.",
        subcommands = {AuditListCommand.class, AuditVerifyCommand.class},
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh audit list --about v3", "  ./mesh audit verify"})
public final class AuditCommand {}
