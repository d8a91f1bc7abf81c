package io.slipway.validator.footprint;

import io.slipway.sql.ast.Name;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What a plan does to which objects of the target, as far as its statements say it. What the plan itself creates is left
 * out.
 *
 * @param uses by relation; a name without a schema is one that the search path decides
 * @param createsIn schemas that get something new; {@link #OWN_SCHEMA} among them
 * @param createsSchemas whether the database gets a new schema
 * @param powers what the statements ask for, each with the first statement that does, such as {@code ALTER SYSTEM}
 * @param changesRole whether a script goes on as another role
 * @param words every identifier of the scripts, wherever it stands; more than the relations, and never less
 */
public record Footprint(
        SequencedMap<Name, Set<Use>> uses,
        Set<String> createsIn,
        boolean createsSchemas,
        List<WantedExtension> extensions,
        Map<Power, String> powers,
        boolean changesRole,
        Set<String> words,
        List<ReadScript> scripts) {

    /** Stands for the schema that the connection would choose, which only the target can tell. */
    public static final String OWN_SCHEMA = "";

    public Footprint {
        uses = new LinkedHashMap<>(uses);
        createsIn = Set.copyOf(createsIn);
        extensions = List.copyOf(extensions);
        powers = Map.copyOf(powers);
        words = Set.copyOf(words);
        scripts = List.copyOf(scripts);
    }

    public Collection<Name> relations() {
        return uses.keySet();
    }
}
