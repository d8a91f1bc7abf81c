package io.slipway.cli.connect;

import io.slipway.cli.CommandFailed;
import io.slipway.cli.ExitCode;
import java.net.URI;

/** A service that does not answer now; it may later. */
public final class ServiceAway extends CommandFailed {
    private static final long serialVersionUID = 1L;

    private final boolean connected;

    /**
     * Says who is away.
     *
     * @param connected whether there was a connection, so that the request may have arrived
     */
    ServiceAway(Service service, URI address, String why, boolean connected) {
        super(
                ExitCode.UNEXPECTED,
                "Service away",
                "The %s service does not answer at %s: %s".formatted(service.label(), address, why),
                "Start the local stack with './slipway start', or say where the service is with --%s or %s."
                        .formatted(service.label(), service.variable()));
        this.connected = connected;
    }

    /** Whether the question may have arrived although there is no answer. */
    public boolean connected() {
        return connected;
    }
}
