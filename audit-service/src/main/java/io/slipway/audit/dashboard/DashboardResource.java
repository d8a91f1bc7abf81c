package io.slipway.audit.dashboard;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.slipway.audit.problem.Parameter;
import io.slipway.audit.run.RunDetail;
import io.slipway.audit.run.RunFilter;
import io.slipway.audit.run.RunPage;
import io.slipway.audit.run.RunStore;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The pages, and the fragments that htmx asks for. A fragment that would show nothing new is answered with 204. */
@Path("/")
@Produces(DashboardResource.HTML)
@Blocking
public class DashboardResource {
    static final String HTML = MediaType.TEXT_HTML + ";charset=UTF-8";
    private static final int ROWS = 50;

    private final RunStore runs;

    DashboardResource(RunStore runs) {
        this.runs = runs;
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance list(@RestQuery @Nullable String target, @RestQuery @Nullable String before) {
        return Templates.runs(read(target, before));
    }

    @GET
    @Path("/runs")
    @Operation(hidden = true)
    public Response rows(@RestQuery @Nullable String target, @RestQuery @Nullable String seen) {
        RunList list = read(target, null);
        return list.seen().equals(seen) ? Response.noContent().build() : page(Templates.runs$rows(list));
    }

    @GET
    @Path("/runs/{id}")
    @Operation(hidden = true)
    public Response run(@RestPath String id) {
        return find(id).map(run -> page(Templates.run(run))).orElseGet(() -> missing(id));
    }

    @GET
    @Path("/runs/{id}/live")
    @Operation(hidden = true)
    public Response live(@RestPath String id, @RestQuery long seen) {
        return find(id).map(run -> run.run().revision() == seen && !run.run().ended()
                        ? Response.noContent().build()
                        : page(Templates.run$live(run)))
                .orElseGet(() -> missing(id));
    }

    @GET
    @Path("/runs/{id}/scripts/{index}")
    @Operation(hidden = true)
    public Response script(@RestPath String id, @RestPath int index) {
        return uuid(id).flatMap(run -> runs.sql(run, index))
                .map(sql -> page(Templates.script(sql)))
                .orElseGet(() -> missing(id));
    }

    private RunList read(@Nullable String target, @Nullable String before) {
        String one = Parameter.target(target);
        UUID older = Parameter.uuid("before", before);
        RunPage page = RunPage.of(runs.page(new RunFilter(one, null, older), ROWS + 1), ROWS);
        return new RunList(page, one, older);
    }

    private Optional<RunDetail> find(String id) {
        return uuid(id).flatMap(runs::detail);
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // what is no UUID names no run
        }
    }

    /** Rendered here, because a template inside a response goes out without the character set. */
    private static Response page(TemplateInstance template) {
        return Response.ok(template.render(), HTML).build();
    }

    private static Response missing(String id) {
        return Response.status(Response.Status.NOT_FOUND)
                .type(HTML)
                .entity(Templates.missing(id).render())
                .build();
    }

    @CheckedTemplate
    static final class Templates {
        private Templates() {}

        static native TemplateInstance runs(RunList list);

        static native TemplateInstance runs$rows(RunList list);

        static native TemplateInstance run(RunDetail detail);

        static native TemplateInstance run$live(RunDetail detail);

        static native TemplateInstance script(String sql);

        static native TemplateInstance missing(String id);
    }
}
