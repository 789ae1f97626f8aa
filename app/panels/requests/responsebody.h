// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "document/value.h"

#include <QString>
#include <QWidget>

#include <memory>

class QStackedWidget;
class QTimer;

namespace claimsmith::app {

class ChipLabel;
class CodeEditor;
class ElidedLabel;
class FindBar;
class SearchField;
class UpstreamPathRow;
struct FilteredBody;
class Segment;

/// A body made ready to be read. Made on any thread.
struct ReadableBody
{
    QString raw;    ///< bytes as text; what is no UTF-8 is replaced
    QString pretty; ///< indented, when it is JSON; else equal to raw
    bool isJson = false;
    bool isCut = false;                                ///< only the beginning is shown
    int lines = 0;                                     ///< of `pretty`
    std::shared_ptr<const document::Value> value = {}; ///< of JSON
};

/// Shows at most `limit` bytes.
ReadableBody makeReadable(const Bytes& body, const QString& contentType, std::size_t limit = 8U << 20U);

/// The Body tab of a response: laid out or raw, filtered by a JSONPath, with a search. Bodies over 64 kB are made ready
/// and filtered on another thread; the old text stays until then.
class ResponseBody final : public QWidget
{
    Q_OBJECT

public:
    explicit ResponseBody(QWidget* parent = nullptr);

    void setBody(Bytes body, const QString& contentType);
    UpstreamPathRow& upstreamPath() const noexcept { return *m_path; }
    /// Ctrl F: looks for text in what is shown.
    void find();

private:
    void show(const ReadableBody& body);
    void refresh();
    void showWhole();
    void filter();
    void showFiltered(const FilteredBody& filtered);

    ReadableBody m_body;
    quint64 m_latest = 0; ///< an older body that is ready later is dropped
    quint64 m_size = 0;
    quint64 m_latestFilter = 0;
    Segment* m_form;
    SearchField* m_filter;
    QTimer* m_filterPause;
    FindBar* m_find;
    ChipLabel* m_type;
    CodeEditor* m_view;
    QStackedWidget* m_pages;
    UpstreamPathRow* m_path;
    ElidedLabel* m_footer;
};

} // namespace claimsmith::app
