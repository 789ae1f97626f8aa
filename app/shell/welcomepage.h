// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace claimsmith::app {

class ActionRegistry;
class SecretService;

/// What a first start shows, or one without a workspace: what to begin with at the left, samples at the right. Enter
/// opens the first sample.
class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    WelcomePage(ActionRegistry& actions, SecretService& secrets, QWidget* parent = nullptr);

    void focusFirstSample();

signals:
    void sampleChosen(const QString& name);
    void unlockRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* makeStart(ActionRegistry& actions, SecretService& secrets);
    QWidget* makeSamples();

    QWidget* m_firstSample = nullptr;
};

} // namespace claimsmith::app
