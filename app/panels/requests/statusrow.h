// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/requests/responsefacts.h"

#include <QWidget>

class QHBoxLayout;

namespace claimsmith::app {

class ChipLabel;
class IconButton;
class Label;
class PillLabel;

/// The row above an answer, 40 high: status, times, size, who took part. Where it is narrow the split of the time goes
/// first, then the chips from the right.
class StatusRow final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusRow(QWidget* parent = nullptr);

    void showFacts(const ResponseFacts& facts);
    /// Quieter, while another answer is on its way.
    void setDimmed(bool dimmed);
    /// What the button that compares is called; empty: there is nothing to compare with.
    void setComparable(const QString& name);

signals:
    void entityClicked(const std::string& pointer);
    void copyRequested();
    void saveRequested();
    void compareRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    ResponseFacts m_facts;
    PillLabel* m_status;
    Label* m_total;
    Label* m_split;
    Label* m_size;
    QWidget* m_line;
    QHBoxLayout* m_chipLayout;
    std::vector<ChipLabel*> m_chips;
    Label* m_sentAt;
    IconButton* m_compare;
    QWidget* m_end;
};

} // namespace claimsmith::app
