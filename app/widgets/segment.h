// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/claimstyle.h"

#include <QList>
#include <QWidget>

class QGridLayout;
class QRadioButton;

namespace claimsmith::app {

/// One of a few, side by side on a track. The parts are radio buttons to the keyboard and to screen readers: Tab enters
/// and leaves in one step, arrows move inside.
class Segment final : public QWidget
{
    Q_OBJECT

public:
    /// Heights as of controls; `columns` above 0 breaks the parts into rows of that many.
    explicit Segment(ControlSize size = ControlSize::Normal, int columns = 0, QWidget* parent = nullptr);

    /// Appends a part; the first one becomes current.
    void addItem(const QString& text, QLatin1String icon = {});

    /// Breaks the parts into rows of that many, above 0, which share the width.
    void setColumns(int columns);

    int count() const { return static_cast<int>(m_items.size()); }

    QString itemText(int index) const;
    void setItemEnabled(int index, bool enabled, const QString& reason = {});

    int currentIndex() const;
    /// Emits currentIndexChanged() when it changes.
    void setCurrentIndex(int index);

signals:
    void currentIndexChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ControlSize m_size;
    int m_columns;
    QGridLayout* m_layout;
    QList<QRadioButton*> m_items;
};

} // namespace claimsmith::app
