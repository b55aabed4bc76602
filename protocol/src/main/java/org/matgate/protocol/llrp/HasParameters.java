package org.matgate.protocol.llrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message or parameter that holds parameters, in the order in which they are on the wire. */
public interface HasParameters {
    /** The parameters directly within. */
    List<LlrpParameter> parameters();

    /** The first parameter of this kind at any depth, each looked at before those within it. */
    default <P extends LlrpParameter> Optional<P> first(Class<P> kind) {
        for (LlrpParameter parameter : parameters()) {
            if (kind.isInstance(parameter)) {
                return Optional.of(kind.cast(parameter));
            }
            if (parameter instanceof HasParameters holder) {
                Optional<P> within = holder.first(kind);
                if (within.isPresent()) {
                    return within;
                }
            }
        }
        return Optional.empty();
    }

    /** All parameters of this kind at any depth, in order; empty if there is none. */
    default <P extends LlrpParameter> List<P> all(Class<P> kind) {
        List<P> all = new ArrayList<>();
        for (LlrpParameter parameter : parameters()) {
            if (kind.isInstance(parameter)) {
                all.add(kind.cast(parameter));
            }
            if (parameter instanceof HasParameters holder) {
                all.addAll(holder.all(kind));
            }
        }
        return all;
    }
}
