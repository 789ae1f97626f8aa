// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"

#include <QLabel>

namespace claimsmith::app {

/// A small JSON object in colours, two levels deep at most, for inline details: selectable, read-only, follows the
/// theme.
class JsonLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit JsonLabel(QWidget* parent = nullptr);

    /// At most `maximumLines` lines; what does not fit is replaced by an ellipsis.
    void setObject(const document::Object& object, int maximumLines);
    /// What cannot be shown as an object: text in the colour of comments.
    void setPlain(const QString& text);

    static constexpr int lineHeight = 18;

private:
    void render();

    document::Object m_object;
    QString m_plain;
    int m_maximumLines = 0;
};

} // namespace claimsmith::app
