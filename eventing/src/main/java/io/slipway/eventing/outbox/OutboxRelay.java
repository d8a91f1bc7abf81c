package io.slipway.eventing.outbox;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.slipway.eventing.Lost;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;

/**
 * Takes the head of the outbox to Kafka and deletes what was acknowledged.
 *
 * <p>Two transactions may commit against the order of their sequence numbers, and then the later number goes out first.
 * That is harmless: the events of one key are written by one listener or task at a time, so within a key the order of
 * numbers is the order of commits. A process that dies between acknowledgement and commit publishes a batch twice; the
 * inbox of every reader drops the repeat, and the first occurrence of each event still comes in order.
 */
@ApplicationScoped
class OutboxRelay {
    /** What a cycle did; also the tag of its metric. */
    enum Outcome {
        PUBLISHED,
        EMPTY,
        NOT_LEADER
    }

    private final OutboxStore outbox;
    private final RecordPublisher publisher;
    private final OutboxConfig config;

    OutboxRelay(OutboxStore outbox, RecordPublisher publisher, OutboxConfig config) {
        this.outbox = outbox;
        this.publisher = publisher;
        this.config = config;
    }

    Outcome cycle() {
        int seconds = Math.toIntExact(config.publishTimeout().multipliedBy(3).toSeconds());
        return QuarkusTransaction.requiringNew().timeout(Math.max(1, seconds)).call(this::takeHead);
    }

    private Outcome takeHead() throws InterruptedException {
        try {
            if (!outbox.tryLead()) {
                return Outcome.NOT_LEADER;
            }
            List<OutboxRecord> batch =
                    outbox.next(config.batchSize(), config.batchBytes().asLongValue());
            if (batch.isEmpty()) {
                return Outcome.EMPTY;
            }
            publisher.publishAndAwait(batch);
            outbox.remove(batch);
            return Outcome.PUBLISHED;
        } catch (SQLException e) {
            throw new Lost("The outbox could not be read", e);
        }
    }
}
