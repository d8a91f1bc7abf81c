package io.slipway.contracts.event;

import io.slipway.contracts.Failure;
import io.slipway.contracts.Required;
import io.slipway.contracts.TargetId;

/**
 * Why a request never became a run.
 *
 * @param requestId the CloudEvents id of the request
 * @param requestSource the CloudEvents source of the request
 * @param failure what was wrong and what to do
 */
public record RequestRejected(
        TargetId target, String requestId, String requestSource, String requestType, Failure failure) implements Fact {
    public RequestRejected {
        Required.present("target", target);
        Required.present("requestId", requestId);
        Required.present("requestSource", requestSource);
        Required.present("requestType", requestType);
        Required.present("failure", failure);
    }
}
