package io.slipway.benchmarks.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.slipway.contracts.cloudevents.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What one benchmark found. */
public record Result(String name, Machine machine, List<Figure> figures) {

    public Result {
        figures = List.copyOf(figures);
    }

    /** A table for a person to read. */
    public String table() {
        var width = figures.stream()
                .mapToInt(figure -> figure.name().length())
                .max()
                .orElse(0);
        var text = new StringBuilder(machine.describe()).append(System.lineSeparator());
        for (var figure : figures) {
            text.append(System.lineSeparator())
                    .append(("  %-" + width + "s  %10s %-5s %s")
                            .formatted(figure.name(), number(figure.value()), figure.unit(), verdict(figure))
                            .stripTrailing());
        }
        return text.toString();
    }

    private static String verdict(Figure figure) {
        if (figure.goal() == null) {
            return "";
        }
        return "  goal: at most " + number(figure.goal()) + (Boolean.TRUE.equals(figure.met()) ? ", met" : ", MISSED");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }

    /** Writes {@code NAME.json} into the folder and gives its path. */
    public Path write(Path folder) {
        var file = folder.resolve(name + ".json");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, json() + System.lineSeparator());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    String json() throws JsonProcessingException {
        return EventJson.mapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(this);
    }
}
