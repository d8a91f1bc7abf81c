package io.slipway.planner.door;

import io.slipway.planner.PlannerConfig;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Requests over HTTP. */
@Path("/api/v1/requests")
@Tag(name = "requests")
public class RequestsResource {
    private final HttpIntake intake;
    private final PlannerConfig config;

    RequestsResource(HttpIntake intake, PlannerConfig config) {
        this.intake = intake;
        this.config = config;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Asks for something",
            description =
                    "CloudEvents 1.0 in binary mode: the attributes are headers, the body is the request as JSON. "
                            + "The same key with the same content gives the same run, however often it is sent.")
    @Parameter(
            name = "ce-type",
            in = ParameterIn.HEADER,
            required = true,
            description =
                    "MigrationRequested, RollbackRequested, ApprovalGiven or CancellationRequested; or the full name",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "Idempotency-Key",
            in = ParameterIn.HEADER,
            description =
                    "names the request, together with ce-source; ce-id does as well; generated when both are absent",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "ce-source",
            in = ParameterIn.HEADER,
            description = "who sends it; /http when absent",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "202",
            description = "Accepted; Location leads to the run",
            content = @Content(schema = @Schema(implementation = Receipt.class)))
    @APIResponse(responseCode = "200", description = "Accepted before, with the same content")
    @APIResponse(responseCode = "400", description = "Not a valid request")
    @APIResponse(responseCode = "403", description = "This person's approval does not count")
    @APIResponse(responseCode = "404", description = "No such run to cancel or approve")
    @APIResponse(
            responseCode = "409",
            description = "The key has another content; the run has ended; or it waits for no approval of this plan")
    @APIResponse(responseCode = "413", description = "Too large; the detail names the sizes")
    @APIResponse(responseCode = "415", description = "Not the binary mode of CloudEvents")
    @APIResponse(responseCode = "429", description = "As many runs wait for the target as its policy allows")
    @APIResponse(responseCode = "422", description = "Unknown target, or nothing that this version can do")
    public Response request(
            @Context HttpHeaders headers,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Parameter(hidden = true) @Nullable Long length,
            InputStream body)
            throws IOException {
        int most = config.maxRequestBytes();
        if (length != null && length > most) {
            return tooLarge("has %d bytes".formatted(length)).response();
        }
        if (structured(headers)) {
            return Problem.of(
                            415,
                            "Unsupported form",
                            "UNSUPPORTED_FORM",
                            "The content type is that of CloudEvents' structured mode; only the binary mode is taken.",
                            "Send the attributes as 'ce-' headers and the request alone as the body, as application/json.")
                    .response();
        }
        byte[] bytes = body.readNBytes(most + 1);
        if (bytes.length > most) {
            return tooLarge("has more").response();
        }
        return switch (HttpRequest.read(headers, bytes)) {
            case HttpRequest.Read.Unreadable unreadable -> unreadable.problem().response();
            case HttpRequest.Read.Readable readable -> intake.take(readable.request());
        };
    }

    private Problem tooLarge(String found) {
        return Problem.of(
                413,
                "Too large",
                "TOO_LARGE",
                "The body %s, but at most %d bytes are taken.".formatted(found, config.maxRequestBytes()),
                "Leave out versions that every target has already, or name a directory that the planner may read.");
    }

    private static boolean structured(HttpHeaders headers) {
        String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        return type != null && type.startsWith("application/cloudevents");
    }
}
