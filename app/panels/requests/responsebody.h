// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"

#include <QString>
#include <QWidget>

class QStackedWidget;

namespace claimsmith::app {

class ChipLabel;
class CodeEditor;
class ElidedLabel;
class Segment;

/// A body made ready to be read. Made on any thread.
struct ReadableBody
{
    QString raw;    ///< bytes as text; what is no UTF-8 is replaced
    QString pretty; ///< indented, when it is JSON; else equal to raw
    bool isJson = false;
    bool isCut = false; ///< only the beginning is shown
    int lines = 0;      ///< of `pretty`
};

/// Shows at most `limit` bytes.
ReadableBody makeReadable(const Bytes& body, const QString& contentType, std::size_t limit = 8U << 20U);

/// The Body tab of a response. Bodies over 64 kB are made ready on another thread; the old text stays until then.
class ResponseBody final : public QWidget
{
    Q_OBJECT

public:
    explicit ResponseBody(QWidget* parent = nullptr);

    void setBody(Bytes body, const QString& contentType);

private:
    void show(const ReadableBody& body);
    void refresh();

    ReadableBody m_body;
    quint64 m_latest = 0; ///< an older body that is ready later is dropped
    quint64 m_size = 0;
    Segment* m_form;
    ChipLabel* m_type;
    CodeEditor* m_view;
    QStackedWidget* m_pages;
    ElidedLabel* m_footer;
};

} // namespace claimsmith::app
