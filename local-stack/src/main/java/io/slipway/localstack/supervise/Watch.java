package io.slipway.localstack.supervise;

import io.slipway.localstack.machine.ProcessFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Looks after a stack that nobody else kills: a service that ends is reported and started again, since its work is
 * durable; one that ends again soon, or a server that ends, is the end of the stack.
 */
final class Watch {

    /** A service that lives shorter than this after a restart will not live at all. */
    private static final Duration TOO_SOON = Duration.ofSeconds(60);

    private final LocalStack stack;
    private final Consumer<String> reports;
    private final Map<Service, Instant> revivals = new EnumMap<>(Service.class);

    Watch(LocalStack stack, Consumer<String> reports) {
        this.stack = stack;
        this.reports = reports;
    }

    enum Outcome {
        ALL_WELL,
        REVIVED,
        LOST,
        STOPPING
    }

    Outcome cycle(Instant now) {
        if (stack.isStopping()) {
            return Outcome.STOPPING;
        }
        var outcome = Outcome.ALL_WELL;
        for (var service : stack.services()) {
            if (!service.isAlive() && !stack.isStopping()) {
                report(service.service().title(), service.logTail());
                if (!revive(service, now)) {
                    return Outcome.LOST;
                }
                outcome = Outcome.REVIVED;
            }
        }
        return serversAreLost() ? Outcome.LOST : outcome;
    }

    private boolean revive(ServiceProcess service, Instant now) {
        var last = revivals.put(service.service(), now);
        if (last != null && last.plus(TOO_SOON).isAfter(now)) {
            return false;
        }
        reports.accept("starting " + service.service().title() + " again");
        try {
            stack.revive(service);
            return true;
        } catch (ProcessFailed | IllegalStateException e) {
            reports.accept(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private boolean serversAreLost() {
        if (stack.isStopping()) {
            return false;
        }
        if (!stack.kafka().isAlive()) {
            report("Kafka", stack.kafka().logTail());
            return true;
        }
        if (!stack.postgres().isAlive()) {
            report("PostgreSQL", stack.postgres().logTail());
            return true;
        }
        return false;
    }

    private void report(String name, List<String> tail) {
        reports.accept(name + " has ended unexpectedly. The end of its log:\n" + String.join("\n", tail));
    }
}
