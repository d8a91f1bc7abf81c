package io.slipway.benchmarks.validator;

import io.slipway.benchmarks.figures.Benchmark;
import io.slipway.benchmarks.figures.Figure;
import io.slipway.benchmarks.figures.Goal;
import io.slipway.benchmarks.figures.Machine;
import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.machine.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./slipway bench validator} */
@Command(
        name = "validator",
        description =
                "The analysis of generated migrations: time, memory, and a cold start of 'slipway validate --offline' "
                        + "beside squawk.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ValidatorCommand extends Benchmark {

    private static final Goal COLD_MILLIS = new Goal(1_500);
    private static final int COLD_FILES = 50;

    /** Without findings, and with them. */
    private static final Set<Integer> SLIPWAY_EXIT_CODES = Set.of(0, 2);

    private static final Set<Integer> SQUAWK_EXIT_CODES = Set.of(0, 1);

    @Option(
            names = "--files",
            defaultValue = "1000",
            description = "Migrations of ten statements; default: ${DEFAULT-VALUE}.")
    private int files;

    @Option(names = "--starts", defaultValue = "5", description = "Cold starts of each; default: ${DEFAULT-VALUE}.")
    private int starts;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (files < 1 || starts < 1) {
            throw new IllegalArgumentException("--files and --starts must be at least 1");
        }
        var checkout = Checkout.locate();
        var folder = folder();
        var machine = Machine.here();
        say("analysing %d files of %d statements, several times".formatted(files, GeneratedMigrations.STATEMENTS));
        var figures = new ArrayList<>(AnalysisProcess.figures(files, folder));
        var scratch = Folders.temporary("slipway-bench-");
        try {
            GeneratedMigrations.of(COLD_FILES).writeTo(scratch);
            figures.addAll(coldStarts(checkout, folder, scratch));
        } finally {
            Folders.delete(scratch);
        }
        return report(machine, figures);
    }

    private List<Figure> coldStarts(Checkout checkout, Path folder, Path scripts)
            throws IOException, InterruptedException {
        var log = folder.resolve("validator-start.log");
        say("starting 'slipway validate --offline' on %d files".formatted(COLD_FILES));
        var slipway = ColdStart.measure(
                List.of(checkout.root().resolve("slipway").toString(), "validate", "--offline", scripts.toString()),
                starts,
                SLIPWAY_EXIT_CODES,
                log);
        var figures = new ArrayList<Figure>();
        figures.add(Figure.of(
                "slipway validate --offline, %d files, cold: median".formatted(COLD_FILES),
                slipway.median(),
                "ms",
                COLD_MILLIS));
        say("looking for squawk");
        var squawk = Squawk.fetchedInto(Folders.create(folder.resolve("squawk")));
        if (squawk.isEmpty()) {
            say("npm could not fetch squawk, so there is no figure of it");
            return figures;
        }
        var peer = ColdStart.measure(command(squawk.get(), scripts), starts, SQUAWK_EXIT_CODES, log);
        figures.add(Figure.of("squawk, the same %d files: median".formatted(COLD_FILES), peer.median(), "ms"));
        return figures;
    }

    private static List<String> command(Path squawk, Path scripts) {
        var files = IntStream.rangeClosed(1, COLD_FILES)
                .mapToObj(number ->
                        scripts.resolve("V%d__invoices.sql".formatted(number)).toString());
        return Stream.concat(Stream.of(squawk.toString()), files).toList();
    }
}
