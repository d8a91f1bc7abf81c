package io.slipway.targets;

import java.util.List;
import java.util.stream.Collectors;

/** The settings of the targets cannot be used; names all that is wrong, not only the first. */
public final class InvalidSettings extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<InvalidSetting> all;

    InvalidSettings(List<InvalidSetting> all) {
        super(all.stream()
                .map(setting -> System.lineSeparator() + "  " + setting)
                .collect(Collectors.joining(
                        "", "%d setting(s) of the targets cannot be used:".formatted(all.size()), "")));
        this.all = List.copyOf(all);
    }

    public List<InvalidSetting> all() {
        return all;
    }
}
