// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

namespace claimsmith::app {

/// The plurals of the texts in the sources, which are English and write "%n request(s)": "1 request", "2 requests".
/// Install it first, so that translations into other languages, installed later, are asked before it.
class EnglishPlurals final : public QTranslator
{
    Q_OBJECT

public:
    using QTranslator::QTranslator;

    /// Null for texts without "(s)", which Qt then takes as they are. `n` below 0: the text has no number.
    QString translate(const char* context, const char* source, const char* disambiguation, int n) const override;

    bool isEmpty() const override { return false; }
};

} // namespace claimsmith::app
