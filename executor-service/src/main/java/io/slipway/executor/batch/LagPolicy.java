package io.slipway.executor.batch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether the next batch may begin, by how far the replicas are behind. */
final class LagPolicy {
    private static final int LONGEST_NAME = 60;

    private LagPolicy() {}

    /** Why it has to wait, in words; empty when it may begin. */
    static Optional<String> obstacle(List<Standby> standbys, Duration maxLag) {
        return standbys.stream()
                .filter(standby ->
                        "catchup".equals(standby.state()) || standby.lag().compareTo(maxLag) > 0)
                .findFirst()
                .map(LagPolicy::words);
    }

    /** How many there are of which the role is not told how far they are. */
    static long hidden(List<Standby> standbys) {
        return standbys.stream().filter(standby -> standby.state() == null).count();
    }

    private static String words(Standby standby) {
        String name = standby.name().substring(0, Math.min(standby.name().length(), LONGEST_NAME));
        return "catchup".equals(standby.state())
                ? "replica '%s' is still catching up".formatted(name)
                : "replica '%s' is %d s behind".formatted(name, standby.lag().toSeconds());
    }
}
