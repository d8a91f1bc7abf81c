package io.slipway.acceptance.fault;

import static org.awaitility.Awaitility.await;

import io.slipway.acceptance.stack.Sql;
import io.slipway.acceptance.stack.Stack;
import io.slipway.contracts.RunId;
import io.slipway.contracts.event.RunEnded;
import io.slipway.localstack.supervise.Service;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What is done to the executor and its surroundings while runs are at work, and made good again. */
enum Fault {
    EXECUTOR_KILLED {
        @Override
        void strike(Stack stack, Collection<RunId> runs) {
            stack.service(Service.EXECUTOR).kill();
            stack.service(Service.EXECUTOR).start();
        }
    },

    SESSIONS_ENDED {
        @Override
        void strike(Stack stack, Collection<RunId> runs) {
            targets(stack)
                    .rows("select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where application_name like 'slipway/%'");
        }
    },

    TARGET_STOPPED {
        /** As {@code pg_ctl stop -m immediate} does: clients are told, unlike by a SIGKILL. */
        @Override
        void strike(Stack stack, Collection<RunId> runs) {
            try {
                targets(stack).execute("copy (select 1) to program 'kill -QUIT $(head -1 postmaster.pid)'");
            } catch (IllegalStateException e) {
                // The session ends with the server.
            }
            await("the server's end").until(() -> !stack.targetServer().isAlive());
            stack.targetServer().restart();
        }
    },

    /** For no longer than a start takes, unless {@code -Dslipway.faults.broker-away=60} says for how many seconds. */
    BROKER_LOST {
        private static final int AWAY = Integer.getInteger("slipway.faults.broker-away", 0);

        @Override
        void strike(Stack stack, Collection<RunId> runs) {
            stack.services().kafka().kill();
            CompletableFuture.runAsync(
                            () -> stack.services().kafka().restart(),
                            CompletableFuture.delayedExecutor(AWAY, TimeUnit.SECONDS))
                    .join();
        }
    },

    /** The runs at work are given out again, as if their executor were dead; it is only slow. */
    RUNS_GIVEN_TO_ANOTHER {
        @Override
        void strike(Stack stack, Collection<RunId> runs) {
            new Sql(stack.services().postgres().database("slipway")).execute("""
                    update executor.scheduled_tasks
                       set picked = false, picked_by = null, last_heartbeat = null, execution_time = now(), version = version + 1
                     where task_name = 'execute' and picked
                    """);
        }
    },

    EVENTS_REPEATED {
        private static final int DELIVERIES = 5;

        @Override
        void strike(Stack stack, Collection<RunId> runs) {
            for (RunId run : runs) {
                var facts = stack.events().facts(run).stream()
                        .filter(fact -> !(fact.event() instanceof RunEnded))
                        .toList();
                for (int delivery = 1; delivery < DELIVERIES; delivery++) {
                    facts.forEach(stack.requests()::repeat);
                }
            }
        }
    };

    /** Strikes once; what was taken away is back, or on its way, when this returns. */
    abstract void strike(Stack stack, Collection<RunId> runs);

    private static Sql targets(Stack stack) {
        return new Sql(stack.targetServer().database("postgres"));
    }
}
