package io.slipway.audit.event;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.slipway.audit.run.Runs;
import io.slipway.contracts.cloudevents.DecodedEvent;
import io.slipway.contracts.cloudevents.EventCodec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Works the whole history out again from the stored events; nothing else is needed after its rules have changed. */
@ApplicationScoped
class Rebuild {
    private static final Logger LOG = Logger.getLogger(Rebuild.class);

    /** A plan may be 5 MiB, and a page is held in memory. */
    private static final int PAGE = 20;

    private final EventCodec codec = new EventCodec();
    private final EventStore events;
    private final Runs runs;
    private final RebuildConfig config;

    Rebuild(EventStore events, Runs runs, RebuildConfig config) {
        this.events = events;
        this.runs = runs;
        this.config = config;
    }

    void atStart(@Observes StartupEvent start) {
        if (config.onStart()) {
            LOG.infof("history rebuilt events=%d", run());
        }
    }

    /**
     * In one transaction, so that readers see the old history until the new one is complete; new events wait meanwhile.
     *
     * @return how many events were told again
     */
    long run() {
        int seconds = Math.toIntExact(config.timeout().toSeconds());
        return QuarkusTransaction.requiringNew().timeout(seconds).call(this::tellAgain);
    }

    private long tellAgain() {
        events.holdAppends();
        runs.forget();
        long told = 0;
        List<EventStore.Replayed> page = events.after(0, PAGE);
        while (!page.isEmpty()) {
            runs.learn(page.stream().flatMap(this::known).toList());
            told += page.size();
            page = events.after(page.getLast().seq(), PAGE);
        }
        return told;
    }

    private Stream<DecodedEvent.Known> known(EventStore.Replayed stored) {
        return switch (codec.decode(stored.headers(), stored.body())) {
            case DecodedEvent.Known known -> Stream.of(known);
            case DecodedEvent.Unknown _ -> Stream.empty();
        };
    }
}
