// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/attack/attackrun.h"
#include "panels/tokens/subpage.h"

#include <QSet>

class QComboBox;
class QPushButton;
class QTableView;

namespace claimsmith::app {

class AttackDetail;
class AttackModel;
class ElidedLabel;
class Label;
class PillLabel;
class ProgressTrack;
class TokenBench;

/// Forged forms of the shown token, tried at every place where a token can travel, and what the target did with each.
/// Targets are the routes of the embedded gateway, the chosen key without any request, and URLs that a person
/// confirmed; none is tried before Run is pressed.
class AttackPage final : public SubPage
{
    Q_OBJECT

public:
    explicit AttackPage(TokenBench& bench, QWidget* parent = nullptr);

    AttackRun& run() noexcept { return m_run; }

    /// Aims at a server elsewhere; nothing is sent before it is run, and not to other machines before they are
    /// confirmed.
    void takeUrl(const QString& url);

    void focusMain() override;
    void runPrimary() override;
    bool cancel() override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeSummary();
    QWidget* makeTable();
    void fillTargets();
    void chooseTarget(int index);
    void askForUrl();
    std::optional<AttackTarget> chosenTarget() const;
    void prepare();
    void startIfConfirmed();
    void start();
    void showProgress();
    void showDetail();
    void openExportMenu();
    void save(const QString& suffix, const std::string& text);
    void applyFix();

    TokenBench& m_bench;
    AttackRun m_run;
    AttackModel* m_model;
    QTableView* m_table = nullptr;
    AttackDetail* m_detail;
    QComboBox* m_targets;
    QPushButton* m_export;
    QPushButton* m_stop;
    QPushButton* m_start;
    ProgressTrack* m_track = nullptr;
    Label* m_count = nullptr;
    PillLabel* m_refused = nullptr;
    PillLabel* m_accepted = nullptr;
    PillLabel* m_expected = nullptr;
    QString m_url;
    QSet<QString> m_confirmed; ///< hosts that a person said may be tested, for as long as the program runs
    std::string m_token;       ///< that the rows were forged from
};

} // namespace claimsmith::app
