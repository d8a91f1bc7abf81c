package io.slipway.cli.connect;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.CommandFailed;
import io.slipway.cli.ExitCode;

/** A service answers that it will not, with the reason that it gives as {@code application/problem+json}. */
public final class ServiceRefused extends CommandFailed {
    private static final long serialVersionUID = 1L;

    private final int status;

    private ServiceRefused(int status, ExitCode meaning, String title, String detail, String remedy) {
        super(meaning, title, detail, remedy);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    static ServiceRefused of(Service service, int status, JsonNode problem) {
        String title = problem.path("title").asText("HTTP " + status);
        return new ServiceRefused(
                status,
                meaning(status, problem.path("code").asText()),
                title,
                problem.path("detail").asText("The %s service answers: %s".formatted(service.label(), title)),
                problem.path("remedy").asText(remedy(status)));
    }

    /** What an HTTP status, and the code of its problem, is to the caller of the command. */
    private static ExitCode meaning(int status, String code) {
        return switch (status) {
            case 400, 403, 413, 415, 422, 429 -> ExitCode.REFUSED;
            case 404 -> code.equals("UNKNOWN_RUN") ? ExitCode.REFUSED : ExitCode.UNEXPECTED;
            case 409 -> code.equals("NOT_CANCELLABLE") ? ExitCode.REFUSED : ExitCode.CONFLICT;
            default -> ExitCode.UNEXPECTED;
        };
    }

    private static String remedy(int status) {
        return status == 401 || status == 403 ? "Put a token that the service accepts into SLIPWAY_TOKEN." : "";
    }
}
