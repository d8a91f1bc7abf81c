package io.slipway.planner.door;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.slipway.contracts.RunId;
import io.slipway.planner.intake.Answer;
import io.slipway.planner.intake.Door;
import io.slipway.planner.intake.Intake;
import io.slipway.planner.intake.Rejection;
import io.slipway.planner.run.RunQueries;
import io.slipway.planner.run.RunState;
import io.slipway.planner.run.RunView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Hands what came over HTTP to the intake, and says what became of it in HTTP's terms. */
@ApplicationScoped
class HttpIntake {
    private final Intake intake;
    private final RunQueries runs;

    HttpIntake(Intake intake, RunQueries runs) {
        this.intake = intake;
        this.runs = runs;
    }

    Response take(HttpRequest http) {
        Answer answer =
                QuarkusTransaction.requiringNew().call(() -> intake.take(Door.HTTP, http.envelope(), http.request()));
        return switch (answer) {
            case Answer.Accepted accepted -> receipt(202, accepted.run(), accepted.state(), http);
            case Answer.Repeated repeated -> receipt(200, repeated.run(), stateOf(repeated.run()), http);
            case Answer.Rejected rejected -> problem(rejected.rejection()).response();
        };
    }

    private RunState stateOf(RunId run) {
        return runs.find(run).map(RunView::state).orElse(RunState.QUEUED);
    }

    private static Response receipt(int status, RunId run, RunState state, HttpRequest http) {
        return Response.status(status)
                .header(HttpHeaders.LOCATION, Receipt.path(run))
                .entity(Receipt.of(run, http.envelope().id(), http.request().target(), state))
                .build();
    }

    private static Problem problem(Rejection rejection) {
        return switch (rejection.reason()) {
            case UNKNOWN_TARGET -> Problem.of(422, "Unknown target", rejection.failure());
            case NOT_OFFERED -> Problem.of(422, "Not offered", rejection.failure());
            case TOO_LARGE -> Problem.of(413, "Too large", rejection.failure());
            case UNKNOWN_RUN -> Problem.of(404, "Unknown run", rejection.failure());
            case NOT_CANCELLABLE -> Problem.of(409, "Too late", rejection.failure());
            case NOT_AWAITED -> Problem.of(409, "Not awaited", rejection.failure());
            case OTHER_PLAN -> Problem.of(409, "Another plan", rejection.failure());
            case OWN_REQUEST, NOT_ENTITLED -> Problem.of(403, "Not entitled", rejection.failure());
            case RESERVED_SOURCE -> Problem.of(403, "Reserved source", rejection.failure());
            case EXPIRED -> Problem.of(422, "Expired", rejection.failure());
            case QUEUE_FULL -> Problem.of(429, "Too many runs", rejection.failure());
            case KEY_CONFLICT -> Problem.of(409, "Conflicting content", rejection.failure());
        };
    }
}
