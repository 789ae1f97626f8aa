// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/headerdiffmodel.h"
#include "widgets/jwtinlineview.h"

#include <QTreeView>

#include <functional>

namespace claimsmith::app {

/// What the client sent beside what the upstream received. Tokens open below their row; the chip at the right names who
/// changed a header and leads there.
class HeaderDiffView final : public QTreeView
{
    Q_OBJECT

public:
    /// What to say about a token's signature and life; asked when a row opens.
    using TokenJudge = std::function<std::vector<TokenRemark>(const QString& token)>;

    explicit HeaderDiffView(QWidget* parent = nullptr);

    HeaderDiffModel& differences() const { return *m_model; }
    void setTokenJudge(TokenJudge judge);
    /// Opens the first token that was added or changed by a plugin.
    void openFirstToken();

signals:
    void authorClicked(const claimsmith::gateway::Author& author);
    void openTokenRequested(const QString& token);

protected:
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void onExpanded(const QModelIndex& index);
    void spanChildren();
    void copySelection() const;
    const gateway::Author* authorAt(const QPoint& point) const;

    HeaderDiffModel* m_model;
    TokenJudge m_judge;
};

} // namespace claimsmith::app

Q_DECLARE_METATYPE(claimsmith::gateway::Author)
