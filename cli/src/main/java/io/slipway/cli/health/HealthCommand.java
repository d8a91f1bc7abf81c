package io.slipway.cli.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.slipway.cli.ExitCode;
import io.slipway.cli.SlipwayCommand;
import io.slipway.cli.connect.Service;
import io.slipway.cli.output.Json;
import io.slipway.cli.output.Style;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;

/** Asks all services whether they are up. */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description = "Asks all services whether they are up; exit code 1 when one is not.")
public final class HealthCommand implements Callable<Integer> {
    private final SlipwayCommand slipway;

    public HealthCommand(SlipwayCommand slipway) {
        this.slipway = slipway;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        List<ServiceHealth> services = askAll();
        ExitCode code = services.stream().allMatch(ServiceHealth::up) ? ExitCode.OK : ExitCode.UNEXPECTED;
        if (slipway.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("status", code == ExitCode.OK ? "UP" : "DOWN");
            document.put("services", services);
            document.put("exitCode", code.number());
            slipway.surroundings().out().println(Json.text(document));
        } else {
            Style style = new Style(slipway.surroundings().colours());
            services.forEach(service ->
                    service.lines(style).forEach(slipway.surroundings().out()::println));
        }
        return code.number();
    }

    private List<ServiceHealth> askAll() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<ServiceHealth>> asked = Arrays.stream(Service.values())
                    .map(service -> CompletableFuture.supplyAsync(
                            () -> ServiceHealth.ask(service, slipway.addresses()), threads))
                    .toList();
            return asked.stream().map(CompletableFuture::join).toList();
        }
    }
}
