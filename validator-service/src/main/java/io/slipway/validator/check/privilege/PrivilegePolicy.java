package io.slipway.validator.check.privilege;

import io.slipway.validator.check.outcome.Judgement;
import io.slipway.validator.check.outcome.Listing;
import io.slipway.validator.footprint.Footprint;
import java.util.ArrayList;
import java.util.List;

/** Whether a role may do what a plan does. */
final class PrivilegePolicy {
    private PrivilegePolicy() {}

    static Judgement privileges(Role role, Rights rights, Footprint footprint) {
        List<String> missing = new ArrayList<>();
        if (role.readOnly()) {
            missing.add("writing at all (default_transaction_read_only is on)");
        }
        if (!role.superuser()) {
            rights.foreign().forEach(relation -> missing.add("ownership of " + relation));
            missing.addAll(rights.missing());
            rights.closedSchemas().forEach(schema -> missing.add("CREATE on schema " + schema));
            if (footprint.createsSchemas() && !role.createsSchemas()) {
                missing.add("CREATE on the database");
            }
            footprint.powers().forEach((power, statement) -> {
                if (!role.powers().contains(power)) {
                    missing.add("%s for %s".formatted(power, statement));
                }
            });
        }
        if (missing.isEmpty()) {
            return Judgement.passed(
                    "The role '%s' may do what the plan does, as far as its statements tell.".formatted(role.name()));
        }
        if (footprint.changesRole()) {
            return Judgement.unknown(
                    "The plan changes its role on the way, and the role '%s' itself lacks: %s."
                            .formatted(role.name(), Listing.of(missing)),
                    "See to it that the role which the plan changes to has these rights.");
        }
        return Judgement.failed(
                "The role '%s' lacks: %s.".formatted(role.name(), Listing.of(missing)),
                "Grant what is missing, or make the role a member of the owner: GRANT owner TO \"%s\"."
                        .formatted(role.name()));
    }

    static Judgement extensions(Role role, List<OfferedExtension> extensions) {
        List<String> wrong = new ArrayList<>();
        List<String> unsure = new ArrayList<>();
        for (OfferedExtension extension : extensions) {
            String why = why(role, extension);
            if (!why.isEmpty()) {
                boolean perhaps = extension.known() && extension.versionKnown() && role.hostsAdministrator();
                (perhaps ? unsure : wrong)
                        .add("%s (%s)".formatted(extension.wanted().name(), why));
            }
        }
        if (!wrong.isEmpty()) {
            return Judgement.failed(
                    "Extensions that cannot be created: %s.".formatted(Listing.of(wrong)),
                    "Install the package of the extension on the server, or have a superuser create it and write CREATE EXTENSION IF NOT EXISTS.");
        }
        if (!unsure.isEmpty()) {
            return Judgement.unknown(
                    "Only the hosting service knows whether its administrators may create: %s."
                            .formatted(Listing.of(unsure)),
                    "Look into its list of supported extensions.");
        }
        return Judgement.passed("The server has the extensions of the plan, %d of them.".formatted(extensions.size()));
    }

    private static String why(Role role, OfferedExtension extension) {
        if (extension.installed() != null) {
            return extension.wanted().ifMissing() ? "" : "the database has it already, say IF NOT EXISTS";
        }
        if (!extension.known()) {
            return "the server does not have it";
        }
        if (!extension.versionKnown()) {
            return "the server does not have version " + extension.wanted().version();
        }
        boolean allowed = role.superuser()
                || !extension.superuser() && role.createsSchemas()
                || extension.trusted() && role.createsSchemas();
        return allowed
                ? ""
                : extension.superuser() && !extension.trusted()
                        ? "only a superuser may"
                        : "needs CREATE on the database";
    }
}
