package io.slipway.backup.catalogue;

import io.slipway.contracts.TargetId;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalogue over HTTP. */
@Path("/api/v1/backups")
@Produces(MediaType.APPLICATION_JSON)
public class BackupsResource {
    private static final int MAX = 500;

    private final CatalogueStore catalogue;

    BackupsResource(CatalogueStore catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * The newest first.
     *
     * @param target all targets when absent
     * @param limit 1 to 500
     */
    @GET
    public List<CataloguedBackup> list(
            @QueryParam("target") @Nullable String target, @QueryParam("limit") @DefaultValue("50") int limit)
            throws SQLException {
        if (limit < 1 || limit > MAX) {
            throw refused("'limit' must be 1 to %d, but is %d.".formatted(MAX, limit));
        }
        return catalogue.list(target == null ? null : id(target), limit);
    }

    private static TargetId id(String name) {
        try {
            return new TargetId(name);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static BadRequestException refused(String detail) {
        var status = Response.Status.BAD_REQUEST;
        return new BadRequestException(
                detail,
                Response.status(status)
                        .type("application/problem+json")
                        .entity(new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail))
                        .build());
    }

    /**
     * Why a call was not answered, after RFC 9457.
     *
     * @param detail what was expected and what was found
     */
    public record Problem(String type, String title, int status, String detail) {}
}
