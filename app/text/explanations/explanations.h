// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <span>
#include <string_view>

/// The source texts behind explanationtext.h, as data: one file for each plugin, one for the gateway itself. To explain
/// something new is to add a row; to explain a new plugin, a file and a line in all.cpp. Texts are marked with
/// QT_TRANSLATE_NOOP in the context "Explanation", where explanationtext.cpp looks them up.
namespace claimsmith::app {

/// A title, sentence, label or note. `{name}` stands for a parameter, see explanationtext.h.
struct SentenceText
{
    std::string_view id;
    const char* text;
};

/// What a check looks at, in the form that holds when it passes.
struct CheckText
{
    std::string_view id;
    const char* text;
    const char* value; ///< pattern of what stands beside it, or null
};

struct ExplanationTexts
{
    std::span<const SentenceText> sentences;
    std::span<const CheckText> checks;
};

std::span<const ExplanationTexts> allExplanations();

ExplanationTexts gatewayExplanations();
ExplanationTexts aclExplanations();
ExplanationTexts basicAuthExplanations();
ExplanationTexts botDetectionExplanations();
ExplanationTexts corsExplanations();
ExplanationTexts hmacAuthExplanations();
ExplanationTexts ipRestrictionExplanations();
ExplanationTexts jwtExplanations();
ExplanationTexts keyAuthExplanations();
ExplanationTexts mtlsAuthExplanations();
ExplanationTexts openidConnectExplanations();
ExplanationTexts preFunctionExplanations();
ExplanationTexts proxyCacheExplanations();
ExplanationTexts rateLimitingExplanations();
ExplanationTexts requestSizeLimitingExplanations();
ExplanationTexts requestTransformerExplanations();
ExplanationTexts responseRatelimitingExplanations();
ExplanationTexts responseTransformerExplanations();
ExplanationTexts xCustomJwtExplanations();

/// Null for an unknown id.
const SentenceText* findSentence(std::string_view id) noexcept;
const CheckText* findCheck(std::string_view id) noexcept;

} // namespace claimsmith::app
