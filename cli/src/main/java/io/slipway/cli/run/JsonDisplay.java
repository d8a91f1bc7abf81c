package io.slipway.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.cli.ExitCode;
import io.slipway.cli.connect.ServiceAway;
import io.slipway.cli.output.Json;
import java.io.PrintStream;

/** One document at the end: the run as the planner shows it, and the exit code. */
record JsonDisplay(PrintStream out, PrintStream err) implements RunDisplay {
    @Override
    public void accepted(Accepted accepted) {}

    @Override
    public void changed(RunView run) {}

    @Override
    public void away(ServiceAway away) {
        err.println("slipway: " + away.detail() + " Trying again.");
    }

    @Override
    public void ended(RunView run, ExitCode code) {
        print(run.document().deepCopy(), code);
    }

    @Override
    public void stopped(Stopped stopped, ExitCode code) {
        ObjectNode document =
                stopped.last().map(run -> run.document().deepCopy()).orElseGet(() -> accepted(stopped));
        document.put("stoppedWaiting", stopped.why());
        print(document, code);
        err.println("slipway: " + stopped.text());
    }

    private static ObjectNode accepted(Stopped stopped) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("runId", stopped.accepted().runId())
                .put("requestId", stopped.accepted().requestId())
                .put("target", stopped.accepted().target())
                .put("state", stopped.accepted().state());
    }

    private void print(ObjectNode document, ExitCode code) {
        document.put("exitCode", code.number());
        try {
            out.println(Json.text(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A document that was read as JSON cannot be written as JSON.", e);
        }
    }
}
