package io.slipway.eventing.inbox;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.slipway.contracts.cloudevents.UnreadableEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/**
 * Tries a transaction until it commits. While the control-plane database is away, the calling thread waits; anything else
 * that fails it is given up on after some attempts.
 */
@ApplicationScoped
public class Transactions {
    private static final Logger LOG = Logger.getLogger(Transactions.class);

    private final InboxConfig config;

    Transactions(InboxConfig config) {
        this.config = config;
    }

    /** Tries as often as the settings say. */
    public <T> T untilDone(Callable<T> work) {
        return untilDone(config.attempts(), work);
    }

    /**
     * @param attempts how often it may fail for a reason that is no outage; outages do not count
     */
    public <T> T untilDone(int attempts, Callable<T> work) {
        Duration pause = config.firstPause();
        int failures = 0;
        boolean away = false;
        while (true) {
            try {
                T result = QuarkusTransaction.requiringNew().call(work);
                if (away) {
                    LOG.info("The control-plane database is back");
                }
                return result;
            } catch (UnreadableEvent e) {
                throw e;
            } catch (RuntimeException e) {
                if (Outage.causes(e)) {
                    if (!away) {
                        LOG.warn("The control-plane database is away; what came in waits and is tried again", e);
                    }
                    away = true;
                } else if (++failures >= attempts) {
                    throw e;
                } else {
                    LOG.warn("An event could not be taken in; it is tried again", e);
                }
            }
            pause = await(pause);
        }
    }

    private Duration await(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopping(e);
        }
        Duration next = pause.multipliedBy(2);
        return next.compareTo(config.longestPause()) < 0 ? next : config.longestPause();
    }
}
