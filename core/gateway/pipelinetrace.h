// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/chain.h"
#include "gateway/exchange.h"
#include "gateway/pipeline.h"

#include <string_view>

namespace claimsmith::gateway {

/// The pipeline's half that writes into exchange.trace; each call is one comparison when there is none. Private to the
/// pipeline.
class PipelineTrace final
{
public:
    static void begin(Exchange& exchange);
    static void routed(Exchange& exchange, const Answer* answer);
    /// The step for a plugin that is about to run; null when not traced. Valid until the next step is made.
    static Step* enter(Exchange& exchange, const PluginInstance& instance, Phase phase);
    static void leave(Exchange& exchange, Step::Verdict verdict, const Answer* answer);
    /// The plugin whose step is open broke in a response phase.
    static void broke(Exchange& exchange, const std::string& reason);
    static void notRun(Exchange& exchange, const PluginInstance& instance);
    static void upstream(Exchange& exchange, Pipeline::UpstreamReport report);
    static void response(Exchange& exchange, http::ResponseHead head, BytesView answer);

    /// Lets a plugin write into its step while a response phase of it runs, and notes what became of the response head
    /// when it goes.
    class ResponseWatch final
    {
    public:
        ResponseWatch(Exchange& exchange, const PluginInstance& instance);
        ResponseWatch(const ResponseWatch&) = delete;
        ResponseWatch& operator=(const ResponseWatch&) = delete;
        ~ResponseWatch();

    private:
        Exchange& m_exchange;
        http::HeaderMap m_before;
        int m_status = 0;
    };

    /// The same for the body.
    class BodyWatch final
    {
    public:
        BodyWatch(Exchange& exchange, const PluginInstance& instance, const BodyPiece& piece, BodyUse use);
        BodyWatch(const BodyWatch&) = delete;
        BodyWatch& operator=(const BodyWatch&) = delete;
        ~BodyWatch();

    private:
        Exchange& m_exchange;
        const BodyPiece& m_piece;
        bool m_compares;
        Bytes m_before;
    };

    static ResponseWatch watchResponse(Exchange& exchange, const PluginInstance& instance)
    {
        return {exchange, instance};
    }

    static BodyWatch watchBody(Exchange& exchange, const PluginInstance& instance, const BodyPiece& piece, BodyUse use)
    {
        return {exchange, instance, piece, use};
    }

private:
    static Step& add(Exchange& exchange, Step step);
    static Step& addPlugin(Exchange& exchange, const PluginInstance& instance, Phase phase = Phase::Access);
    static Step& stepOf(Exchange& exchange, const PluginInstance& instance);
    static void nameParticipants(Exchange& exchange);
    static std::chrono::nanoseconds elapsed(const Exchange& exchange);
};

} // namespace claimsmith::gateway
