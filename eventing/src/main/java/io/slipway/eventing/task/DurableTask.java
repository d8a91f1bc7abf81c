package io.slipway.eventing.task;

/** A kind of work that is kept in PostgreSQL until it is done. Implementations are application-scoped beans. */
public interface DurableTask {
    /** Names the kind of work; unique in the service and stable over releases, because rows carry it. */
    String name();

    /**
     * Does the work. Not in a transaction and of any length; idempotent, because a process that died may have done it.
     *
     * @param id what was scheduled
     * @throws Exception to be run again later, after a pause that grows
     */
    void run(String id) throws Exception;

    /** Ends the work after its last attempt, in the transaction that also removes it. */
    void giveUp(String id, Exception last);

    /** How often the work is tried before it is given up. */
    default int maxAttempts() {
        return 8;
    }
}
