// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

class QPushButton;

namespace claimsmith::app {

/// What a sample workspace shows of itself.
struct SampleDescription
{
    QString name; ///< of its folder below resources/samples
    QString title;
    QString sentence;
    QString requests; ///< "4 requests"
    /// Who asks, which plugin decides, who answers.
    QString consumer;
    QString plugin;
    QString service;
    QStringList keywords;
};

/// The samples that this build holds, in the order of the welcome page.
QList<SampleDescription> samples();

/// A sample as a card: a button of its own, so that Enter opens the one with the focus.
class SampleCard final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit SampleCard(const SampleDescription& sample, QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void paintPath(QPainter& painter, int top) const;

    SampleDescription m_sample;
    QPushButton* m_open;
};

} // namespace claimsmith::app
