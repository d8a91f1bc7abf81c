package io.slipway.cli.connect;

import io.slipway.cli.CommandFailed;
import io.slipway.cli.Surroundings;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where the services are: as the options say, else the environment, else the local stack, else the usual ports here. */
public final class Addresses {
    private final Surroundings surroundings;
    private final @Nullable String planner;
    private final @Nullable String audit;

    public Addresses(Surroundings surroundings, @Nullable String planner, @Nullable String audit) {
        this.surroundings = surroundings;
        this.planner = planner;
        this.audit = audit;
    }

    public ServiceClient client(Service service) {
        return new ServiceClient(service, of(service), surroundings.variable("SLIPWAY_TOKEN"));
    }

    URI of(Service service) {
        String option =
                switch (service) {
                    case PLANNER -> planner;
                    case AUDIT -> audit;
                    case VALIDATOR, BACKUP, EXECUTOR -> null;
                };
        if (option != null) {
            return uri("--" + service.label(), option);
        }
        String variable = surroundings.variable(service.variable());
        if (variable != null) {
            return uri(service.variable(), variable);
        }
        return StackState.addressOf(service, surroundings.directory())
                .orElseGet(() -> URI.create("http://127.0.0.1:" + service.port()));
    }

    private static URI uri(String source, String text) {
        try {
            URI uri = URI.create(text.replaceAll("/+$", ""));
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw unusable(source, text);
        }
        throw unusable(source, text);
    }

    private static CommandFailed unusable(String source, String text) {
        return CommandFailed.usage(
                "%s must be an http or https address, but is '%s'.".formatted(source, text),
                "For instance http://127.0.0.1:8081.");
    }
}
