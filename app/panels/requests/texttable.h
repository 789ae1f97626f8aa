// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include <vector>

namespace claimsmith::app {

/// A line of a TextTable.
struct TextTableRow
{
    /// What became of it, as a sign, a bar and a ground before the text.
    enum class Mark { None, Added, Changed, Removed, Heading };

    QStringList cells; ///< of a heading: its text alone
    Mark mark = Mark::None;
    friend bool operator==(const TextTableRow&, const TextTableRow&) = default;
};

/// Rows of text to be read, selected and copied: header lines, cookies, differences. Columns share the width.
class TextTable final : public QTableView
{
    Q_OBJECT

public:
    struct Column
    {
        QString title;
        int share = 1; ///< of the width, beside those of the other columns
    };

    /// `separator` stands between the first and the second cell of a copied line, tabs between the others. `marked`
    /// tables have room for signs.
    TextTable(std::vector<Column> columns, const QString& separator, bool marked = false, QWidget* parent = nullptr);

    void setRows(std::vector<TextTableRow> rows);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    class Model;
    class Delegate;

    std::vector<Column> m_columns;
    QString m_separator;
    Model* m_model;
};

} // namespace claimsmith::app
